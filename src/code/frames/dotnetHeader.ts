/** An exception's name and message, as the first line of a .NET trace has them. */
export interface DotnetHeader {
  readonly type: string;
  readonly message: string;
}

const MOST_NAME_CHARS = 300;
/** How far into a line the words before an exception's name may reach, such as those of a logger. */
const MOST_LEAD_CHARS = 300;
export const INNER_ARROW = '---> ';

/** `Acme.PricingException: could not price cart` at the start of a text; null when no exception is named there. */
export function headerAt(text: string): DotnetHeader | null {
  const type = typeAt(text);
  return isExceptionName(type) || isQualified(type) ? afterType(text, type) : null;
}

/** The same after other words: `Unhandled exception. `, `fail: Cart[0] `. Only names that end as exceptions do count there. */
export function headerWithin(line: string): DotnetHeader | null {
  const text = line.trim();
  const atStart = headerAt(text.startsWith('[') ? text.slice(1) : text);
  if (atStart !== null) return atStart;
  for (let at = text.indexOf(' '); at !== -1 && at < MOST_LEAD_CHARS; at = text.indexOf(' ', at + 1)) {
    const type = typeAt(text.slice(at + 1, at + 1 + MOST_NAME_CHARS));
    if (type.includes('.') && isExceptionName(type)) {
      const header = afterType(text.slice(at + 1), type);
      if (header !== null) return header;
    }
  }
  return null;
}

function afterType(text: string, type: string): DotnetHeader | null {
  let rest = text.slice(type.length);
  const code = rest.startsWith(' (') ? rest.indexOf('): ') : -1;
  if (code !== -1 && code < 40 && isCode(rest.slice(2, code))) rest = rest.slice(code + 1);
  if (rest === '' || rest === ':' || rest === ']') return { type, message: '' };
  if (rest.startsWith(': ')) return { type, message: rest.slice(2) };
  return rest.startsWith(` ${INNER_ARROW}`) ? { type, message: rest } : null;
}

/** `0x80004005`, `10061`, `00000001, 11`. */
const isCode = (text: string) => text.charCodeAt(0) >= 48 && text.charCodeAt(0) <= 57;

/** Where in a text ` ---> ` introduces an inner exception, or -1. */
export function innerStart(text: string): number {
  for (let at = text.indexOf(INNER_ARROW); at !== -1; at = text.indexOf(INNER_ARROW, at + 5)) {
    if (headerAt(afterMember(text.slice(at + 5, at + 5 + 2 * MOST_NAME_CHARS)).text) !== null) return at;
  }
  return -1;
}

/** `(Inner Exception #1) Type: message` → the rest, and that it is one of several. */
export function afterMember(text: string): { readonly text: string; readonly isMember: boolean } {
  const close = text.startsWith('(') ? text.indexOf('#') : -1;
  const end = close === -1 ? -1 : text.indexOf(') ', close);
  return end === -1 || end > 60 ? { text, isMember: false } : { text: text.slice(end + 2), isMember: true };
}

/** A type with its namespace; generic types have a number and arguments in brackets. */
function typeAt(text: string): string {
  let end = 0;
  while (end < text.length && end < MOST_NAME_CHARS && isNamePart(text.charCodeAt(end))) end += 1;
  if (text[end] === '[' && text.lastIndexOf('`', end) > 0) end = text.indexOf(']', end) + 1 || end;
  return text.slice(0, end);
}

/** Letters, digits and `_ . + $` and the backtick. */
function isNamePart(code: number): boolean {
  const isLetter = (code >= 65 && code <= 90) || (code >= 97 && code <= 122) || code > 127;
  return isLetter || (code >= 48 && code <= 57) || code === 95 || code === 46 || code === 43 || code === 36 || code === 96;
}

function isExceptionName(type: string): boolean {
  const name = type.includes('`') ? type.slice(0, type.indexOf('`')) : type;
  return name.endsWith('Exception') || name.endsWith('Error') || name.endsWith('Fault');
}

/** `Acme.Checkout.Failure`: capital letters after each dot. */
function isQualified(type: string): boolean {
  const parts = type.split('.');
  return parts.length > 1 && parts.every((part) => part.charCodeAt(0) >= 65 && part.charCodeAt(0) <= 90);
}
