import { badArguments } from '../domain/errors';

/** Reads values of options; each throws `badArguments` with what to mend. */

export function finiteNumber(option: string, text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !Number.isFinite(value)) throw badArguments(`${option} takes a number, not "${text}".`);
  return value;
}

export function understood<T>(parse: () => T): T {
  try {
    return parse();
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw badArguments(message.charAt(0).toLowerCase() + (message.split('. ')[0] ?? '').slice(1).replace(/\.?$/, '.'), error);
  }
}

export function wholeNumber(option: string, text: string, least: number, most: number): number {
  const value = Number(text);
  if (!/^\d+$/.test(text) || value < least || value > most)
    throw badArguments(`${option} takes a whole number from ${least} to ${most}, not "${text}".`);
  return value;
}

export function webAddress(text: string): string {
  if (!URL.canParse(text) || !/^https?:$/.test(new URL(text).protocol))
    throw badArguments(`--base-url takes an http or https address, not "${text}".`);
  return text;
}
