import type { Relation } from './exceptions';
import { identifierAt } from './text';

/** The line that names an exception of JavaScript. */
export interface ScriptHeader {
  readonly type: string;
  readonly message: string;
  readonly relation: Relation | 'unmarked';
}

/** Words that say that another exception follows, with what it is to the one before. */
const MARKERS: readonly (readonly [string, Relation])[] = [
  ['[cause]:', 'cause'],
  ['Caused by:', 'cause'],
  ['caused by:', 'cause'],
];

/** What engines and Node.js put before an exception that nobody caught. */
const LEADERS = [
  'Uncaught exception: ',
  'Uncaught ',
  '(in promise) ',
  'Unhandled rejection ',
  'Unhandled Promise Rejection: ',
  'UnhandledPromiseRejectionWarning: ',
  'error: ',
];

/** Whether a line, without its indentation, begins with one of the words that mark a cause. */
export function isMarked(trimmed: string): boolean {
  return MARKERS.some(([marker]) => trimmed.startsWith(marker));
}

/** A header such as `TypeError: message`, `Error [ERR_X]: message`, `[cause]: Error: message`; null when it is none. */
export function readScriptHeader(line: string): ScriptHeader | null {
  let text = line.trim();
  let relation: ScriptHeader['relation'] = 'unmarked';
  if ('[Cc'.includes(text.charAt(0))) {
    const marked = MARKERS.find(([marker]) => text.startsWith(marker));
    relation = marked?.[1] ?? 'unmarked';
    if (marked !== undefined) text = text.slice(marked[0].length).trim();
  }
  if ('U(e'.includes(text.charAt(0))) text = withoutLeaders(text);
  if (text.startsWith('[')) text = text.slice(1);
  const type = identifierAt(text, 0);
  if (!isErrorName(type) && !(relation === 'cause' && text.startsWith(`${type}:`) && type !== '')) return null;
  const message = messageAfter(text.slice(type.length));
  if (message === null || isProperty(type, message)) return null;
  return { type, message, relation };
}

/** `driverError: Error: no answer` is a property with an error for its value. */
function isProperty(name: string, value: string): boolean {
  if (name.charAt(0) === name.charAt(0).toUpperCase()) return false;
  const inner = identifierAt(value, 0);
  return isErrorName(inner) && value.startsWith(':', inner.length);
}

/** Frames that follow a line `Name: message` make a header of it, whatever the name. */
export function readUnusualHeader(line: string): ScriptHeader | null {
  const text = line.trim();
  const type = identifierAt(text, 0);
  const initial = type.charAt(0);
  if (initial === initial.toLowerCase() || type.endsWith('.')) return null;
  const isNamed = text.startsWith(': ', type.length);
  return isNamed ? { type, message: text.slice(type.length + 2), relation: 'unmarked' } : null;
}

/** A logger's words may stand before the header on its line: `checkout failed TypeError: x is undefined`. */
export function readHeaderWithin(line: string): ScriptHeader | null {
  for (let at = line.indexOf('Error: '); at !== -1; at = line.indexOf('Error: ', at + 7)) {
    const start = line.lastIndexOf(' ', at) + 1;
    const header = start === 0 ? null : readScriptHeader(line.slice(start));
    if (header !== null) return header;
  }
  return null;
}

function withoutLeaders(line: string): string {
  let text = afterProcess(line);
  for (const leader of LEADERS) {
    if (text.startsWith(leader) && isErrorName(identifierAt(withoutUncaught(text.slice(leader.length)), 0)))
      text = text.slice(leader.length);
  }
  return withoutUncaught(text);
}

const withoutUncaught = (text: string) => {
  const rest = text.startsWith('Uncaught ') ? text.slice(9) : text;
  return rest.startsWith('(in promise) ') ? rest.slice(13) : rest;
};

/** Without the `(node:4711) ` of a process warning. */
function afterProcess(text: string): string {
  const close = text.startsWith('(node:') ? text.indexOf(') ') : -1;
  return close === -1 ? text : text.slice(close + 2);
}

/** `TypeError`, `PricingError`, `error` (PostgreSQL's), `AbortException`; not `Errors` nor a sentence. */
function isErrorName(name: string): boolean {
  return name === 'error' || name === 'DOMException' || name.endsWith('Error') || name.endsWith('Exception');
}

/** What follows the type: `: message`, ` [CODE]: message` or nothing; null when it is no header. */
function messageAfter(rest: string): string | null {
  const tail = rest.startsWith(' [') ? afterCode(rest) : rest;
  if (tail === '' || tail === ':' || tail === ']' || tail === '] {' || tail === ' {') return '';
  return tail.startsWith(': ') ? tail.slice(2) : null;
}

function afterCode(rest: string): string {
  const close = rest.indexOf(']');
  return close === -1 ? rest : rest.slice(close + 1);
}
