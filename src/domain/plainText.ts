/** Longer texts than this are cut before they are shown; a whole stack trace fits. */
export const MAX_SHOWN_CHARACTERS = 4000;

// biome-ignore lint/suspicious/noControlCharactersInRegex: terminal colour codes begin with one
const TERMINAL_CODES = /\u001b(?:\[[0-?]*[ -/]*[@-~]|\][^\u0007\u001b]*(?:\u0007|\u001b\\)?|[@-Z\\-_])/g;

/** Overrides, isolates and marks of the Unicode bidirectional algorithm: they make text read other than it is. */
const BIDI = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

// biome-ignore lint/suspicious/noControlCharactersInRegex: finding control characters is the point
const CONTROLS = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/g;

/** Characters without a shape: zero-width ones, soft hyphen, byte-order mark, language tags. The joiners stay: emoji need them. */
const SHAPELESS = /[\u00ad\u180e\u200b\u2060-\u2064\ufeff]|[\u{e0000}-\u{e007f}]/gu;

/** Most texts are of these alone and need nothing done. */
const ORDINARY = /^[\n\t -~]*$/;

const HALF_CHARACTERS = /\p{Surrogate}/gu;

/**
 * Makes text from outside fit to be shown as text: nothing in it can hide, reorder or recolour what a person reads.
 * Bidirectional controls and control characters become visible, shapeless characters and terminal codes go, line breaks and
 * tabs stay, and whatever is longer than `maxCharacters` is cut with a word about how much is left out.
 */
export function plainText(text: string, maxCharacters = MAX_SHOWN_CHARACTERS): string {
  if (text.length <= maxCharacters && ORDINARY.test(text)) return text;
  const shown = text
    .slice(0, maxCharacters * 2)
    .replace(/\r\n?|[\u2028\u2029]/g, '\n')
    .replace(TERMINAL_CODES, '')
    .replace(BIDI, codePointName)
    .replace(CONTROLS, controlPicture)
    .replace(SHAPELESS, '')
    .replace(HALF_CHARACTERS, '\ufffd');
  const left = shown.length - maxCharacters + Math.max(0, text.length - maxCharacters * 2);
  return left > 0 ? `${clip(shown, maxCharacters)}… (${left.toLocaleString('en')} more character${left === 1 ? '' : 's'})` : shown;
}

/** The same on one line: runs of white space become one space. */
export function oneLine(text: string, maxCharacters = MAX_SHOWN_CHARACTERS): string {
  return plainText(text.trim(), maxCharacters).replace(/\s+/g, ' ');
}

/** Puts every text in a JSON value through {@link plainText}; keys and shape stay. */
export function plainTexts<T>(value: T): T {
  return plain(value) as T;
}

function plain(value: unknown): unknown {
  if (typeof value === 'string') return plainText(value);
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, plain(item)]));
}

/** The first characters, never half of one. */
function clip(text: string, maxCharacters: number): string {
  const isInsidePair = /[\ud800-\udbff]/.test(text.charAt(maxCharacters - 1));
  return text.slice(0, isInsidePair ? maxCharacters - 1 : maxCharacters);
}

function codePointName(character: string): string {
  return `[U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}]`;
}

/** Unicode has a picture for each ASCII control character; the later ones get their name. */
function controlPicture(character: string): string {
  const code = character.charCodeAt(0);
  if (code < 0x20) return String.fromCharCode(0x2400 + code);
  return code === 0x7f ? '\u2421' : codePointName(character);
}
