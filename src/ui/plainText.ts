import { oneLine } from '../domain/plainText';

/** Text for a title or a row: on one line, cut with an ellipsis where there is no room to say how much is left out. */
export function forTitle(text: string, maxCharacters: number): string {
  const characters = [...oneLine(text)];
  return characters.length > maxCharacters
    ? `${characters
        .slice(0, maxCharacters - 1)
        .join('')
        .trimEnd()}…`
    : characters.join('');
}

/** Text for a place where VS Code turns `$(name)` into an icon (quick picks, CodeLens): shown as written. */
export function forLabel(text: string, maxCharacters = 120): string {
  return forTitle(text, maxCharacters).replaceAll('$(', '\\$(');
}

/** Text for a notification, where VS Code would make `[a](command:b)` a link that runs something. */
export function forNotification(text: string): string {
  return oneLine(text, 600).replace(/\]\s*\(/gu, '] \u200b(');
}
