/** Cuts a text at the end of its last whole sentence within the limit, else behind its last whole word, with an ellipsis. */
export function clipSentences(text: string, maxCharacters: number): string {
  if (text.length <= maxCharacters) return text;
  const head = text.slice(0, maxCharacters);
  const end = Math.max(head.lastIndexOf('. '), head.lastIndexOf('! '), head.lastIndexOf('? '));
  return end > maxCharacters / 3 ? head.slice(0, end + 1) : clipWords(text, maxCharacters);
}

/** Cuts a text behind its last whole word within the limit, with an ellipsis. */
export function clipWords(text: string, maxCharacters: number): string {
  if (text.length <= maxCharacters) return text;
  const head = text.slice(0, Math.max(0, maxCharacters - 1));
  const space = head.lastIndexOf(' ');
  const cut = space > maxCharacters / 2 ? head.slice(0, space) : head;
  return `${cut.replace(/[\ud800-\udbff]$/, '').replace(/[\s,;:(–-]+$/, '')}…`;
}
