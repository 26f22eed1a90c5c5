import { oneLine } from '../domain/plainText';

/** Longest stretch of text from elsewhere, in characters. */
const LONGEST = 300;

/** Between two characters it is not seen, and keeps them from meaning something together. */
const APART = '&#8203;';
const APART_RAW = '\u200b';

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '@': `@${APART}`,
  '#': `#${APART}`,
};

/**
 * Text from telemetry, commits or files as GitHub shall show it: as written and nothing else. It calls nobody (`@name`), refers
 * to nothing (`#1`, `GH-1`, addresses), closes no issue, is no markup, no HTML, no formula and no command of a bot.
 */
export function asText(text: string, maxCharacters = LONGEST): string {
  return oneLine(text, maxCharacters)
    .replace(/[&<>@#]/g, (character) => ENTITIES[character] ?? character)
    .replace(/[\\`*_{}[\]()|~$!]/g, (character) => `&#${character.charCodeAt(0)};`)
    .replace(/:(?=\/\/)/g, `&#58;${APART}`)
    .replace(/\b(www)\./gi, `$1${APART}.`)
    .replace(/\b(GH)-(?=\d)/gi, `$1-${APART}`)
    .replace(/^[-+/>=]|^\d+(?=[.)])/, (start) => `${APART}${start}`);
}

/** Text as code: in a fence of backticks longer than any inside it, with nothing that a reader of the source could act on. */
export function asCode(text: string, maxCharacters = LONGEST): string {
  const shown = oneLine(text, maxCharacters).replace(/#(?=\d)|\bGH-(?=\d)/gi, (found) => `${found}${APART_RAW}`);
  const longest = Math.max(0, ...[...shown.matchAll(/`+/g)].map(([run]) => run.length));
  if (shown.trim() === '') return '(empty)';
  const fence = '`'.repeat(longest + 1);
  return longest === 0 ? `\`${shown}\`` : `${fence} ${shown} ${fence}`;
}

/** A link to a web page; only its words where the address is none, or has characters that end a link. */
export function asLink(words: string, address: string | null): string {
  const isPage = address !== null && address.length <= 2_000 && /^https?:\/\/[^\s()<>[\]`"'\\]+$/i.test(address) && URL.canParse(address);
  return isPage ? `[${asText(words)}](${address.replaceAll('@', '%40')})` : asText(words);
}
