import { placeOf } from './place';
import { digitsBefore, indentOf, positiveOrNull } from './text';

/** A function and the place that called it, as PHP's traces pair them; the place is null inside of PHP itself. */
export interface PhpCall {
  readonly function: string;
  readonly place: PhpPlace | null;
  readonly isMain: boolean;
}

export interface PhpPlace {
  readonly file: string;
  readonly line: number | null;
}

/** What PHP calls the code outside of every function. */
export const PHP_MAIN = '{main}';
const INTERNAL = '[internal function]: ';

/** `#0 /srv/app/cart.php(12): Cart->discount(1, 'a')`, `#1 [internal function]: {closure}()`, `#2 {main}`; null for other lines. */
export function readPhpCall(line: string): PhpCall | null {
  const start = indentOf(line) + 1;
  if (line[start - 1] !== '#') return null;
  const blank = line.indexOf(' ', start);
  const number = blank === -1 ? null : digitsBefore(line, blank);
  if (number === null || number.start !== start) return null;
  const text = line.slice(blank + 1);
  if (text === PHP_MAIN || text === `${PHP_MAIN}"}`) return { function: PHP_MAIN, place: null, isMain: true };
  if (text.startsWith(INTERNAL)) return { function: functionName(text.slice(INTERNAL.length)), place: null, isMain: false };
  return callWithPlace(text);
}

/** The file ends where a number in parentheses stands before a colon: evaluated code has another one before. */
function callWithPlace(text: string): PhpCall | null {
  for (let close = text.indexOf('): '); close !== -1; close = text.indexOf('): ', close + 3)) {
    const number = digitsBefore(text, close);
    if (number === null || text[number.start - 1] !== '(') continue;
    const place = { file: phpFile(text.slice(0, number.start - 1)), line: positiveOrNull(number.value) };
    return { function: functionName(text.slice(close + 3)), place, isMain: false };
  }
  return null;
}

/** `Cart->discount(1)` → `Cart->discount`; braces may hold parentheses: `{closure:Cart::total():22}()`. */
function functionName(text: string): string {
  let depth = 0;
  for (let at = 0; at < text.length; at += 1) {
    if (text[at] === '{') depth += 1;
    else if (text[at] === '}') depth -= 1;
    else if (text[at] === '(' && depth <= 0) return text.slice(0, at);
  }
  const open = text.indexOf('(');
  return open === -1 ? text.trim() : text.slice(0, open);
}

/** `/srv/main.php(17) : eval()'d code` → `/srv/main.php : eval()'d code`: the line that evaluates has a frame of its own. */
export function phpFile(file: string): string {
  const end = file.indexOf(') : ');
  const number = end === -1 ? null : digitsBefore(file, end);
  return number === null || file[number.start - 1] !== '(' ? file : file.slice(0, number.start - 1) + file.slice(end + 1);
}

/** `PHP   2. Cart->discount($a = 1) /srv/main.php:10`, as Xdebug prints from the outermost call on. */
export function readXdebugCall(line: string): PhpCall | null {
  let start = indentOf(line);
  if (line.startsWith('PHP ', start)) start += 4 + indentOf(line.slice(start + 4));
  const dot = line.indexOf('. ', start);
  const number = dot === -1 || dot - start > 6 ? null : digitsBefore(line, dot);
  if (number === null || number.start !== start) return null;
  const blank = line.trimEnd().lastIndexOf(' ');
  const place = withoutZero(line.trimEnd().slice(blank + 1));
  const name = functionName(line.slice(dot + 2, blank).trim());
  if (blank <= dot + 1 || place === null || !line.slice(dot + 2, blank).includes('(')) return null;
  return { function: name, place: name === PHP_MAIN ? null : place, isMain: name === PHP_MAIN };
}

/** `/srv/cart.php:12`; PHP knows no columns. */
function withoutColumn(text: string): PhpPlace | null {
  const place = placeOf(text);
  return place === null ? null : { file: place.file, line: place.line };
}

/** The place of `{main}` has the line 0. */
function withoutZero(text: string): PhpPlace | null {
  if (text.endsWith(':0')) return { file: text.slice(0, -2), line: null };
  return withoutColumn(text);
}

/** `  Cart->coupon() at /srv/cart.php:12`, as Symfony's console prints below `Exception trace:`. */
export function readSymfonyCall(line: string): PhpCall | null {
  const text = line.trim();
  const at = text.startsWith('at ') ? 0 : text.lastIndexOf(' at ') + 1;
  if (at === 0 && !text.startsWith('at ')) return null;
  const placeText = text.slice(at + 3);
  const place = placeText === 'n/a:n/a' ? null : withoutColumn(placeText);
  if (place === null && placeText !== 'n/a:n/a') return null;
  return { function: functionName(text.slice(0, at).trim()), place, isMain: false };
}

/** `in Cart::discount called at /srv/cart.php (12)`: agents print the function with its own line. */
export function readCalledAt(line: string): PhpCall | null {
  const text = line.trim();
  const at = text.startsWith('in ') ? text.lastIndexOf(' called at ') : -1;
  if (at === -1 || !text.endsWith(')')) return null;
  const open = text.lastIndexOf(' (');
  const number = digitsBefore(text, text.length - 1);
  const isUnknown = text.endsWith(' (?)');
  if (open < at + 12 || (!isUnknown && number?.start !== open + 2)) return null;
  const file = text.slice(at + 11, open);
  const place = isUnknown ? null : { file: phpFile(file), line: positiveOrNull(number?.value ?? 0) };
  return { function: text.slice(3, at), place, isMain: false };
}
