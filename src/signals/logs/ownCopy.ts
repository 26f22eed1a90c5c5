/**
 * The beginning of a text as a text of its own. A slice keeps the whole that it was cut from alive, which for a line of a log is all that
 * was read with it.
 */
export function ownCopy(text: string, length: number): string {
  return JSON.parse(JSON.stringify(text.length > length ? text.slice(0, length) : text)) as string;
}
