import { type Place, placeOf } from './place';
import { digitsBefore, indentOf } from './text';

const ADDRESS_DASH = ' - ';
/** `::h` and sixteen hexadecimal digits, which old name mangling appends. */
const HASH_CHARS = 19;

/** The name on a line `   6: checkout::main` or `   6:     0x55ab - checkout::main`; null for other lines. */
export function readRustName(line: string): string | null {
  const start = indentOf(line);
  const colon = line.indexOf(':', start);
  const number = colon === -1 || colon - start > 6 ? null : digitsBefore(line, colon);
  if (number === null || number.start !== start || line[colon + 1] !== ' ') return null;
  return nameIn(line.slice(colon + 1).trim());
}

/** A function that was inlined into the one above stands in a line without a number. */
export function readInlinedName(line: string): string | null {
  const text = line.trim();
  return indentOf(line) >= 6 && text.includes('::') && !text.startsWith('at ') ? nameIn(text) : null;
}

function nameIn(text: string): string | null {
  const dash = text.startsWith('0x') ? text.indexOf(ADDRESS_DASH) : -1;
  const name = withoutHash(dash === -1 ? text : text.slice(dash + ADDRESS_DASH.length));
  return name === '' || name.startsWith('0x') ? null : name;
}

function withoutHash(name: string): string {
  const at = name.length - HASH_CHARS;
  if (at <= 0 || !name.startsWith('::h', at)) return name;
  for (let index = at + 3; index < name.length; index += 1) if (!'0123456789abcdef'.includes(name[index] ?? '')) return name;
  return name.slice(0, at);
}

/** `             at ./src/pricing.rs:11:30`; null for other lines. */
export function readRustPlace(line: string): Place | null {
  const text = line.trim();
  return indentOf(line) >= 4 && text.startsWith('at ') && !text.endsWith(')') ? placeOf(text.slice(3)) : null;
}

/** What the line says that begins with the name of a thread. */
export interface RustPanic {
  readonly message: string;
  readonly place: Place | null;
  /** Whether the message may go on with the next lines: before Rust 1.73 the place stands behind it, and after that above. */
  readonly isOpen: boolean;
}

const PANICKED = ' panicked at ';

/** `thread 'main' (123) panicked at src/main.rs:4:5:`; before Rust 1.73, `thread 'main' panicked at 'message', src/main.rs:4:5`. */
export function readRustPanic(line: string): RustPanic | null {
  const thread = line.indexOf("thread '");
  const at = thread === -1 ? -1 : line.indexOf(PANICKED, thread + 8);
  if (at === -1) return null;
  const text = line.slice(at + PANICKED.length);
  if (text.startsWith("'")) return quotedPanic(text) ?? { message: text.slice(1), place: null, isOpen: true };
  const place = text.endsWith(':') ? placeOf(text.slice(0, -1)) : null;
  if (place !== null) return { message: '', place, isOpen: true };
  const comma = text.lastIndexOf(', ');
  const last = comma === -1 ? null : placeOf(text.slice(comma + 2));
  return { message: last === null ? text : text.slice(0, comma), place: last, isOpen: false };
}

/** `message', src/main.rs:4:5`: the end of a message in quotes, with the place. */
export function quotedPanic(text: string): RustPanic | null {
  const quote = text.lastIndexOf("', ");
  const place = quote === -1 ? null : placeOf(text.slice(quote + 3).trimEnd());
  return place === null ? null : { message: text.slice(text.startsWith("'") ? 1 : 0, quote), place, isOpen: false };
}
