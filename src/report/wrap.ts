const MIN_COLUMNS = 40;
/** Marks, numbers, labels and ids before the text of a line: `  1. `, `     for      E1  `. */
const LABELS = /^ *(?:(?:[-*]|\d{1,2}\.) |\S{1,24} {2,})*/;
const wide = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Extended_Pictographic}]/gu;

/** Columns that a text takes in a terminal: ideographs and pictures take two, combining marks none. */
export function columnsOf(text: string): number {
  return [...text.replace(/\p{M}/gu, '')].length + (text.match(wide)?.length ?? 0);
}

/**
 * Breaks a line that is wider than the terminal between words; what follows stands under the text of the line. A longer word, such as a
 * query without spaces or an address, is left whole, so that it can be copied.
 */
export function wrapped(line: string, columns: number): readonly string[] {
  const width = Math.max(MIN_COLUMNS, columns);
  if (columnsOf(line) <= width) return [line];
  const labels = LABELS.exec(line)?.[0] ?? '';
  const indent = ' '.repeat(Math.min(labels.length, Math.floor(width / 2)));
  const lines: string[] = [];
  let open = labels.trimEnd();
  let isFresh = true;
  for (const word of line.slice(labels.length).split(' ')) {
    const start = isFresh ? labels : `${open} `;
    if (!isFresh && columnsOf(start) + columnsOf(word) > width) {
      lines.push(open);
      open = indent + word;
    } else open = start + word;
    isFresh = false;
  }
  return [...lines, open];
}
