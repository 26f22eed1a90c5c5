import { classOf, DIGIT, LETTER } from './characters';
import { mix } from './hash';

export const WILDCARD = '<*>';
const SHORTEST_NAME = 3;

/** Calls back with each part of a token with digits: where it lies, and whether it is a name worth keeping. */
function eachPart(text: string, start: number, end: number, tell: (from: number, to: number, isName: boolean) => void): void {
  let from = start;
  while (from < end) {
    const isWordly = classOf(text.charCodeAt(from)) >= DIGIT && classOf(text.charCodeAt(from)) <= LETTER;
    let to = from + 1;
    let digitAt = classOf(text.charCodeAt(from)) === DIGIT ? from : -1;
    let isMixed = false;
    for (; to < end; to++) {
      const kind = classOf(text.charCodeAt(to));
      if ((kind === DIGIT || kind === LETTER) !== isWordly) break;
      if (kind === DIGIT && digitAt < 0) digitAt = to;
      if (kind === LETTER && digitAt >= 0) isMixed = true;
    }
    if (!isWordly) tell(from, to, true);
    else if (digitAt < 0) tell(from, to, from === start || to - from >= SHORTEST_NAME);
    else if (isMixed || digitAt - from < 2) tell(from, to, false);
    else {
      tell(from, digitAt, true);
      tell(digitAt, to, false);
    }
    from = to;
  }
}

/** Hash of {@link nameOf}, without building it. */
export function hashNamed(text: string, start: number, end: number): number {
  let hash = 7;
  let isWild = false;
  eachPart(text, start, end, (from, to, isName) => {
    if (isName && !(isWild && isJoint(text, from, to))) {
      for (let at = from; at < to; at++) hash = mix(hash, text.charCodeAt(at));
      isWild = false;
    } else if (!isName && !isWild) {
      hash = mix(hash, 1);
      isWild = true;
    }
  });
  return hash;
}

/** The token with its numbers and ids as wildcards: `blk_<*>` for `blk_-4711`, `task_<*>` for `task_14_m_0`. */
export function nameOf(text: string, start: number, end: number): string {
  let name = '';
  let joint = '';
  eachPart(text, start, end, (from, to, isName) => {
    const isWild = name.endsWith(WILDCARD);
    if (!isName) name += isWild ? '' : joint + WILDCARD;
    else if (isWild && joint === '' && isJoint(text, from, to)) {
      joint = text.slice(from, to);
      return;
    } else name += joint + text.slice(from, to);
    joint = '';
  });
  return name.replace(/[-+_]+<\*>/g, (run) => `${run.charAt(0)}${WILDCARD}`);
}

/** Joiners after a wildcard belong to it. */
function isJoint(text: string, from: number, to: number): boolean {
  for (let at = from; at < to; at++) if (classOf(text.charCodeAt(at)) <= LETTER && classOf(text.charCodeAt(at)) >= DIGIT) return false;
  return true;
}
