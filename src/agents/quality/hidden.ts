import type { TextRule } from '../textQuality';

/**
 * Controls other than line ends and tabs, bidirectional marks, zero-width and other shapeless characters, variation selectors
 * beyond the emoji one, private-use characters, halves of pairs, the replacement character. Joiners may join emoji.
 */
const HIDDEN =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: finding control characters is the point
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b\u200c\u200e\u200f\u2028-\u202e\u2060-\u206f\u3164\ufeff\ufff9-\ufffd\ue000-\uf8ff]|[\u{e0000}-\u{e01ef}]|[\u{f0000}-\u{10fffd}]|\u034f|[\ufe00-\ufe0e]|\p{Surrogate}|(?<!\p{Extended_Pictographic}\ufe0f?)\u200d|\u200d(?!\p{Extended_Pictographic})/u;

export const hiddenCharacters: TextRule = (text) => (HIDDEN.test(text) ? 'it holds characters that cannot be seen' : null);
