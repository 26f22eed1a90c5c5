import { type PhpPlace, phpFile } from './phpEntry';
import { placeOf } from './place';
import { digitsBefore, positiveOrNull } from './text';

/** What stands above a PHP trace. */
export interface PhpHeader {
  readonly type: string;
  readonly message: string;
  readonly place: PhpPlace | null;
  /** `next` wraps the exception printed before it, `previous` is the cause of that one. */
  readonly link: null | 'next' | 'previous';
  /** Index of the line that names the place, in the lines that were given. */
  readonly placeLine: number;
}

const MONOLOG = '[object] (';
const MONOLOG_PREVIOUS = '[previous exception] ';
const UNCAUGHT = 'Uncaught ';
/** How far into a line the words before an exception's name may reach. */
const MAX_LEAD_CHARS = 2_000;
const PROBLEMS = ['Fatal error', 'Parse error', 'Warning', 'Notice', 'Deprecated', 'Recoverable fatal error', 'Catchable fatal error'];

/** Reads the lines above a trace, of which the last may name the place; null when none names an exception. */
export function readPhpHeader(lines: readonly string[]): PhpHeader | null {
  const strong = lines.findLastIndex((line) => strongStart(line) !== -1);
  const index = strong === -1 ? lines.findLastIndex((line) => isTypeAndMore(line.trim())) : strong;
  const first = lines[index];
  if (first === undefined) return null;
  const whole = [first.slice(strong === -1 ? 0 : strongStart(first)), ...lines.slice(index + 1)].join('\n').trim();
  const link = whole.startsWith('Next ') ? 'next' : whole.startsWith(MONOLOG_PREVIOUS) ? 'previous' : null;
  const placeLine = lines.findLastIndex((line) => line.trim() !== '');
  const monolog = whole.indexOf(MONOLOG);
  if (monolog !== -1 && monolog <= MONOLOG_PREVIOUS.length) return { ...ofMonolog(whole.slice(monolog + MONOLOG.length)), link, placeLine };
  const text = whole.startsWith('Next ') ? whole.slice(5) : whole.startsWith(UNCAUGHT) ? whole.slice(UNCAUGHT.length) : whole;
  return { ...(ofOldWording(text) ?? ofWording(text)), link, placeLine };
}

/** Where a line begins to tell of an exception in words that nothing else uses, or -1. */
function strongStart(line: string): number {
  const head = line.slice(0, MAX_LEAD_CHARS);
  if (head.startsWith('Next ')) return isTypeAndMore(head.slice(5)) || head.startsWith("Next exception '") ? 0 : -1;
  for (const mark of [MONOLOG_PREVIOUS + MONOLOG, MONOLOG, "exception '"]) {
    const at = head.indexOf(mark);
    if (at !== -1 && (mark !== "exception '" || head.includes("' with message '") || head.includes("' in "))) return at;
  }
  const at = head.indexOf(UNCAUGHT);
  return at !== -1 && isTypeAndMore(head.slice(at + UNCAUGHT.length)) ? at : -1;
}

/** `LogicException: no coupon in /srv/cart.php:17`. */
function ofWording(text: string): Pick<PhpHeader, 'type' | 'message' | 'place'> {
  const type = typeAt(text);
  const { message, place } = withoutPlace(text.slice(type.length), ' in ');
  return { type, message: message.startsWith(': ') ? message.slice(2) : message.trim(), place };
}

/** `exception 'LogicException' with message 'no coupon' in /srv/cart.php:17`, as PHP 5 says it. */
function ofOldWording(text: string): Pick<PhpHeader, 'type' | 'message' | 'place'> | null {
  if (!text.startsWith("exception '")) return null;
  const type = typeAt(text.slice(11));
  const { message, place } = withoutPlace(text.slice(11 + type.length), ' in ');
  const quoted = message.startsWith("' with message '") && message.endsWith("'") ? message.slice(16, -1) : '';
  return { type, message: quoted, place };
}

/** `LogicException(code: 0): no coupon at /srv/cart.php:17)`, as Monolog's line formatter has it. */
function ofMonolog(text: string): Pick<PhpHeader, 'type' | 'message' | 'place'> {
  const type = typeAt(text);
  const { message, place } = withoutPlace(text.endsWith(')') ? text.slice(type.length, -1) : text.slice(type.length), ' at ');
  const colon = message.startsWith('(') ? message.indexOf('): ') : -1;
  return { type, message: colon === -1 ? message : message.slice(colon + 3), place };
}

function withoutPlace(text: string, word: string): { readonly message: string; readonly place: PhpPlace | null } {
  const at = text.lastIndexOf(word);
  const place = at === -1 ? null : placeOf(text.slice(at + word.length).trimEnd());
  if (place === null) return { message: text, place: null };
  return { message: text.slice(0, at), place: { file: phpFile(place.file), line: place.line } };
}

/** A class name, which may have a namespace, at the start of a text. */
function typeAt(text: string): string {
  let end = 0;
  while (end < text.length && end < 300 && isNamePart(text.charCodeAt(end))) end += 1;
  return text.slice(0, end);
}

/** Letters, digits, `_`, `\` and the `@` of `class@anonymous`. */
function isNamePart(code: number): boolean {
  const isLetter = (code >= 65 && code <= 90) || (code >= 97 && code <= 122) || code > 127;
  return isLetter || (code >= 48 && code <= 57) || code === 95 || code === 92 || code === 64;
}

function isTypeAndMore(text: string): boolean {
  const type = typeAt(text);
  if (text.startsWith("exception '")) return true;
  if (type === '' || !(text.startsWith(': ', type.length) || text.startsWith(' in ', type.length))) return false;
  return type.includes('\\') || type.endsWith('Exception') || type.endsWith('Error');
}

/** `PHP Warning:  Undefined variable $x in /srv/cart.php on line 12`: a problem without an exception; null for other lines. */
export function readPhpProblem(line: string): { readonly type: string; readonly message: string; readonly place: PhpPlace } | null {
  const text = line.trim();
  const number = digitsBefore(text, text.length);
  const isPlace = number !== null && text.endsWith(' on line ', number.start);
  if (!isPlace || text.includes(UNCAUGHT)) return null;
  const lead = text.startsWith('PHP ') ? 4 : 0;
  const type = PROBLEMS.find((problem) => text.startsWith(`${problem}: `, lead));
  const at = text.lastIndexOf(' in ', number.start - 9);
  if (type === undefined || at === -1) return null;
  const place = { file: phpFile(text.slice(at + 4, number.start - 9)), line: positiveOrNull(number.value) };
  return { type: type === 'Parse error' ? 'ParseError' : type, message: text.slice(lead + type.length + 2, at).trim(), place };
}
