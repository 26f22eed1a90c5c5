import type { FrameKind } from '../../domain/frame';
import { digitsBefore, positiveOrNull } from './text';

export interface PerlPlace {
  readonly file: string;
  readonly line: number;
  /** What stands before ` at FILE line N`. */
  readonly before: string;
}

const LINE = ' line ';

/** `no coupon at /srv/cart.pl line 12.`, also `…, <STDIN> line 3.`; null when a text does not end so. */
export function readPerlPlace(whole: string): PerlPlace | null {
  const text = whole.trimEnd();
  for (let at = text.lastIndexOf(LINE); at !== -1; at = at === 0 ? -1 : text.lastIndexOf(LINE, at - 1)) {
    const end = digitsEnd(text, at + LINE.length);
    const number = digitsBefore(text, end);
    const line = number === null || number.start !== at + LINE.length ? null : positiveOrNull(number.value);
    const start = text.startsWith('at ') && text.lastIndexOf(' at ', at) === -1 ? 0 : text.lastIndexOf(' at ', at - 1) + 1;
    const isWhole = line !== null && isTail(text.slice(end));
    if (line === null || !isWhole || (start === 0 && !text.startsWith('at '))) return null;
    const file = text.slice(start + 3, at);
    if (!file.includes(', <') && file !== '') return { file, line, before: text.slice(0, start).trimEnd() };
  }
  return null;
}

function digitsEnd(text: string, from: number): number {
  let end = from;
  while (end < text.length && text.charCodeAt(end) >= 48 && text.charCodeAt(end) <= 57) end += 1;
  return end;
}

/** Behind the line there may stand a full stop, the input that was read last, a thread, or what was near a syntax error. */
function isTail(tail: string): boolean {
  return (
    tail === '' ||
    tail === '.' ||
    tail.startsWith(', <') ||
    tail.startsWith(' thread ') ||
    tail.startsWith(', near ') ||
    tail.startsWith(', at EOF')
  );
}

/** `	Acme::Cart::coupon(HASH(0x55), "a") called at /srv/cart.pl line 16`; null for other lines. */
export function readPerlCall(line: string): { readonly function: string; readonly file: string; readonly line: number } | null {
  const at = line.lastIndexOf(' called at ');
  if (at === -1) return null;
  const place = readPerlPlace(line.slice(at + 8));
  return place === null || place.before !== ''
    ? null
    : { function: functionName(line.slice(0, at).trim()), file: place.file, line: place.line };
}

/** Without the arguments; `eval {...}` and `require Cart.pm` have none. */
function functionName(text: string): string {
  if (text.startsWith("eval '")) return 'eval';
  if (text.startsWith('eval {') || text.startsWith('require ')) return text;
  const open = text.indexOf('(');
  return open === -1 ? text : text.slice(0, open);
}

const LIBRARY_PARTS = ['/perl5/', '/site_perl/', '/vendor_perl/', '/share/perl/', '/local/lib/perl', '/lib/perl/', '/perl-base/', '/cpan/'];

/** Whether a file that Perl names is the program's own, a module's that was installed, or text that was evaluated. */
export function kindOfPerlFile(file: string): FrameKind {
  if (file.startsWith('(eval ') || file === '-e' || file === '-') return 'eval';
  const path = file.replaceAll('\\', '/');
  if (path.includes('/perl/5.') || path.includes('/perl-base/') || path.includes('/lib/perl5/5.'))
    return isSite(path) ? 'library' : 'runtime';
  return LIBRARY_PARTS.some((part) => path.includes(part)) ? 'library' : 'app';
}

/** Folders below one of Perl's own where modules are installed. */
const isSite = (path: string) => path.includes('/site_perl/') || path.includes('/vendor_perl/') || path.includes('/usr/local/share/perl/');
