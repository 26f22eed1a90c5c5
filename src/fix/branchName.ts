const MAX_WORD_CHARACTERS = 40;

/** Lower-case words joined by `-`, fit for a branch and a folder on every system; empty when the text has no letter or digit. */
export function slug(text: string, maxCharacters = MAX_WORD_CHARACTERS): string {
  const words =
    text
      .slice(0, 400)
      .normalize('NFKD')
      .replace(/\p{M}/gu, '')
      .toLowerCase()
      .match(/[a-z0-9]+/g) ?? [];
  let joined = '';
  for (const word of words) {
    const next = joined === '' ? word.slice(0, maxCharacters) : `${joined}-${word}`;
    if (next.length > maxCharacters) break;
    joined = next;
  }
  return joined;
}

/** `aidog/guests-cannot-check-out-revert-fef1cf7`: what it is about, then what is done. */
export function fixBranch(incident: string, deed: string): string {
  return `aidog/${[slug(incident), slug(deed)].filter((part) => part !== '').join('-') || 'fix'}`;
}

/** The name itself when it is free, else the first free one of `name-2`, `name-3`, … */
export function freeName(name: string, isTaken: (name: string) => boolean): string {
  if (!isTaken(name)) return name;
  let number = 2;
  while (isTaken(`${name}-${number}`)) number += 1;
  return `${name}-${number}`;
}
