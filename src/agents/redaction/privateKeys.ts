import type { Conceal } from './placeholders';

const BEGIN = /-----BEGIN (?:[A-Z0-9]{1,20} ){0,4}(?:PRIVATE KEY|PRIVATE KEY BLOCK)-----/g;
const END = /-----END (?:[A-Z0-9]{1,20} ){0,4}(?:PRIVATE KEY|PRIVATE KEY BLOCK)-----/g;
/** Lines of base64 as they follow the beginning of a key whose end was cut off; line ends may be escaped. */
const BODY = /(?:\s|\\[nr]|[A-Za-z0-9+/=])*/y;

/** PEM blocks of private keys, also those that are cut. Each end is looked for once, so that many beginnings cost no more. */
export function concealPrivateKeys(text: string, conceal: Conceal): string {
  const parts: string[] = [];
  let done = 0;
  END.lastIndex = 0;
  let end = END.exec(text);
  BEGIN.lastIndex = 0;
  for (let begin = BEGIN.exec(text); begin !== null; begin = BEGIN.exec(text)) {
    const bodyAt = begin.index + begin[0].length;
    while (end !== null && end.index < bodyAt) end = END.exec(text);
    const until = end === null ? bodyEnd(text, bodyAt) : end.index + end[0].length;
    parts.push(text.slice(done, begin.index), conceal('SECRET', text.slice(begin.index, until)));
    done = until;
    BEGIN.lastIndex = until;
  }
  return parts.length === 0 ? text : parts.join('') + text.slice(done);
}

function bodyEnd(text: string, from: number): number {
  const STEP = 4096;
  for (let at = from; ; at += STEP) {
    BODY.lastIndex = 0;
    const matched = BODY.exec(text.slice(at, at + STEP))?.[0].length ?? 0;
    if (matched < STEP) return at + matched;
  }
}
