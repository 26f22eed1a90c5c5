/** Classes of the characters of a log message. A message is cut at white space and separators; the rest joins words. */
export const SPACE = 0;
export const SEPARATOR = 1;
export const DIGIT = 2;
export const LETTER = 3;
export const JOINER = 4;

const CLASSES = new Uint8Array(128).fill(JOINER);
for (let code = 0; code <= 32; code++) CLASSES[code] = SPACE;
for (const character of '=:,;()[]{}"|<>') CLASSES[character.charCodeAt(0)] = SEPARATOR;
for (let code = 48; code <= 57; code++) CLASSES[code] = DIGIT;
for (let code = 65; code <= 90; code++) CLASSES[code] = CLASSES[code + 32] = LETTER;

/** Everything beyond ASCII counts as a letter, except the wide spaces. NaN is the end of the text. */
export function classOf(code: number): number {
  if (code < 128) return CLASSES[code] ?? JOINER;
  if (Number.isNaN(code)) return SPACE;
  return code === 0xa0 || code === 0x2028 || code === 0x2029 || code === 0x3000 || code === 0xfeff ? SPACE : LETTER;
}

export const isDigit = (code: number) => code >= 48 && code <= 57;

export function isHexDigit(code: number): boolean {
  return isDigit(code) || (code >= 97 && code <= 102) || (code >= 65 && code <= 70);
}

export const isUpper = (code: number) => code >= 65 && code <= 90;

/** Whether a word or an address ends before this character. NaN is the end of the text. */
export function isBoundary(code: number): boolean {
  return classOf(code) <= SEPARATOR;
}
