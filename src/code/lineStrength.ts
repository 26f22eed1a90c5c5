/** Words that every program is full of: keywords, literals and the names that nobody thinks about. */
const COMMON = new Set(
  (
    'abstract and as assert async await begin bool boolean break byte case catch char class const continue data def default defer del do ' +
    'done double elif else elsif end enum err error except export exports extends extern false final finally float fn for foreach from func ' +
    'function global go if impl implements import in include instanceof int interface is item lambda let long loop match module mut namespace ' +
    'new next nil none not null number object of or override package panic pass private protected public raise range readonly ref require ' +
    'rescue res result ret return self short sizeof static string struct super switch template then this throw throws trait true try type ' +
    'typeof undefined union unless unsafe until use using val value var virtual void when where while with yield'
  ).split(' '),
);

/** What a text must have to be taken for the same line although nothing next to it stayed. */
export const STANDS_ALONE = 5;
/** What it must have where a line next to it stayed as well. */
export const STANDS_WITH_NEIGHBOUR = 3;
/** What it must have to be followed to a place out of order. */
export const MOVES_ALONE = 8;
/** What lines that stand together must have to be known again in another file. */
export const BLOCK_STRENGTH = 24;

/** How much a line says that other lines do not: the characters of its words, those apart that every program has. */
export function lineStrength(text: string): number {
  let strength = 0;
  for (const [word] of text.slice(0, 400).matchAll(/[\p{L}\p{N}_$]+/gu)) if (!COMMON.has(word.toLowerCase())) strength += word.length;
  return strength;
}
