/** Words of a text that carry meaning: names, numbers and longer words. Citations carry none. */
const wordsOf = (text: string): ReadonlySet<string> =>
  new Set(
    (
      text
        .replace(/\[E\d+(?:, E\d+)*\]/g, '')
        .toLowerCase()
        .match(/[\p{L}\p{N}_][\p{L}\p{N}_.:/-]{2,}/gu) ?? []
    )
      .map((word) => word.replace(/[.:/-]+$/, ''))
      .filter((word) => !SMALL.has(word)),
  );

const SMALL = new Set([
  'the',
  'and',
  'that',
  'with',
  'from',
  'since',
  'its',
  'for',
  'was',
  'were',
  'are',
  'before',
  'medians',
  'median',
  'rose',
  'went',
  'utc',
]);

/** A text that has so many of its words from what was said before says the same again. */
const SAME = 0.7;

/** Whether a text mostly says again what the others said together. */
export function repeats(text: string, others: readonly string[]): boolean {
  const words = [...wordsOf(text)];
  const known = wordsOf(others.join(' '));
  return words.length === 0 ? others.length > 0 : words.filter((word) => known.has(word)).length / words.length >= SAME;
}
