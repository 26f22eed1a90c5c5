/** Classes of the characters of a log message. A message is cut at white space and separators; the rest joins words. */
export const SPACE = 0;
export const SEPARATOR = 1;
export const DIGIT = 2;
export const LETTER = 3;
export const JOINER = 4;

/** By UTF-16 code. Everything beyond ASCII counts as a letter, except the wide spaces. */
const CLASSES = new Uint8Array(65_536).fill(LETTER);
CLASSES.fill(JOINER, 33, 128);
CLASSES.fill(SPACE, 0, 33);
for (const space of [0xa0, 0x2028, 0x2029, 0x3000, 0xfeff]) CLASSES[space] = SPACE;
for (const character of '=:,;()[]{}"|<>') CLASSES[character.charCodeAt(0)] = SEPARATOR;
CLASSES.fill(DIGIT, 48, 58);
CLASSES.fill(LETTER, 65, 91);
CLASSES.fill(LETTER, 97, 123);

/** The class of a UTF-16 code; that of white space for NaN, which is what lies beyond a text. */
export function classOf(code: number): number {
  return CLASSES[code] ?? SPACE;
}

export const isDigit = (code: number) => code >= 48 && code <= 57;

export function isHexDigit(code: number): boolean {
  return (code >= 48 && code <= 57) || (code >= 97 && code <= 102) || (code >= 65 && code <= 70);
}

export const isUpper = (code: number) => code >= 65 && code <= 90;

/** What ends a sentence or a quotation and is no part of the word before it. */
export const isTrailing = (code: number) => code === 46 || code === 33 || code === 63 || code === 39 || code === 96;
