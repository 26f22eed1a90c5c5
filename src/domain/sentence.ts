/** The same with a capital, where it begins with a plain word; names of metrics, files and the given ones keep their small letters. */
export function capitalised(text: string, names: readonly string[] = []): string {
  const first = /^[a-z]+(?![\w.:/@-])/.exec(text)?.[0];
  return first === undefined || names.includes(first) ? text : text.charAt(0).toUpperCase() + text.slice(1);
}

/** `a`, `a and b`, `a, b and c`. */
export function listed(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}

/** Ends a text with a full stop unless it ends as a sentence does. */
export const withFullStop = (text: string): string => (/[.!?…]["”'’)]?$/.test(text) ? text : `${text}.`);

/** Where a clause ends, the most natural place to stop first. */
const CLAUSE_ENDS = ['; ', ': ', ' (', ', '];

/** Cuts a long text behind its last whole clause within the limit, else behind its last whole word, with an ellipsis. */
export function headline(text: string, maxCharacters: number): string {
  if (text.length <= maxCharacters) return text;
  const head = text.slice(0, maxCharacters - 1);
  const ends = CLAUSE_ENDS.map((mark) => head.lastIndexOf(mark)).filter((at) => at > maxCharacters / 3);
  const cut = ends[0] ?? head.lastIndexOf(' ');
  return cut > 0 && ends.length > 0
    ? head.slice(0, cut)
    : `${(cut > maxCharacters / 3 ? head.slice(0, cut) : head).replace(/[\ud800-\udbff]$/, '')}…`;
}
