import { oneLine } from '../domain/plainText';

/** Text for a place where VS Code turns `$(name)` into an icon (quick picks, the status bar): shown as written. */
export function forLabel(text: string, maxCharacters = 120): string {
  return oneLine(text, maxCharacters).replaceAll('$(', '\\$(');
}

/** Text for a notification, where VS Code would make `[a](command:b)` a link that runs something. */
export function forNotification(text: string): string {
  return oneLine(text, 600).replace(/\]\s*\(/gu, '] \u200b(');
}
