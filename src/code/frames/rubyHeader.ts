import { type OpenException, openException } from './exceptions';
import { withoutLogWords } from './rubyLine';

/** The most of a name that is read. */
const MAX_NAME_CHARS = 200;
const BARE_NAMES = new Set(['Interrupt', 'SystemExit', 'SignalException', 'StopIteration', 'UncaughtThrowError', 'Exception']);

/** An error that is named on a line of its own: `Type (message):`, `Type: message`, `#<Type: message>`; null for other lines. */
export function readRubyHeader(line: string): OpenException | null {
  let text = withoutLogWords(line).trim();
  const isCause = text.startsWith('Information for cause: ') || text.startsWith('Caused by: ');
  for (const lead of ['Information for: ', 'Information for cause: ', 'Caused by: ', '#<'])
    if (text.startsWith(lead)) text = text.slice(lead.length);
  const type = constantAt(text);
  if (!isErrorName(type)) return null;
  const message = messageAfter(text.slice(type.length));
  return message === null ? null : openException(type, message, isCause ? 'cause' : null);
}

function messageAfter(rest: string): string | null {
  if (rest === '' || rest === ':') return '';
  if (rest.startsWith(': ')) return rest.endsWith('>') && !rest.includes('#<') ? rest.slice(2, -1) : rest.slice(2);
  if (rest.startsWith(' (') && rest.endsWith('):')) return rest.slice(2, -2);
  return rest.startsWith(' (') ? rest.slice(2, rest.endsWith(')') ? -1 : undefined) : null;
}

/** A constant's path such as `ActiveRecord::RecordNotFound` at the start of a text; empty when there is none. */
function constantAt(text: string): string {
  let end = 0;
  while (end < text.length && end < MAX_NAME_CHARS && isNamePart(text, end)) end += text[end] === ':' ? 2 : 1;
  const first = text.charCodeAt(0);
  return first >= 65 && first <= 90 ? text.slice(0, end) : '';
}

function isNamePart(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  if (code === 58) return text[at + 1] === ':' && isCapital(text.charCodeAt(at + 2));
  return isCapital(code) || (code >= 97 && code <= 122) || (code >= 48 && code <= 57) || code === 95 || code > 127;
}

const isCapital = (code: number) => code >= 65 && code <= 90;

const isErrorName = (name: string) => name.includes('::') || name.endsWith('Error') || name.endsWith('Exception') || BARE_NAMES.has(name);
