import { type OpenException, openException } from './exceptions';
import type { TraceLine } from './languageParser';
import { placeOf } from './place';
import { rangeOf } from './text';

const TERMINATING = '*** Terminating app due to uncaught exception ';
const REPORT_TYPE = 'Exception Type:';
const FATAL = 'Fatal error: ';

/** `*** Program crashed: Bad pointer dereference at 0x04 ***` and what Apple's systems say instead; null for other lines. */
export function readSwiftHeader(line: string): OpenException | null {
  const text = line.trim();
  if (text.startsWith(TERMINATING)) return terminating(text.slice(TERMINATING.length));
  if (text.startsWith(REPORT_TYPE)) return openException(text.slice(REPORT_TYPE.length).trim(), '', null);
  const inside = starred(text) ?? (text.startsWith('💣 ') ? text.slice(3) : null);
  const colon = inside?.indexOf(': ') ?? -1;
  if (inside === null || colon < 1 || inside.includes(': Backtracing from ')) return null;
  const type = inside.slice(0, colon);
  return type.includes('crashed') || type.startsWith('Swift ') || type === 'Fatal error'
    ? openException(type, inside.slice(colon + 2), null)
    : null;
}

const starred = (text: string) => (text.startsWith('*** ') && text.endsWith(' ***') && text.length > 8 ? text.slice(4, -4) : null);

/** `'NSRangeException', reason: 'index 3 beyond bounds'`. */
function terminating(text: string): OpenException {
  const quote = text.indexOf("'", 1);
  const reason = text.indexOf("reason: '");
  const type = quote === -1 ? text : text.slice(text.startsWith("'") ? 1 : 0, quote);
  return openException(type, reason === -1 ? '' : text.slice(reason + 9, text.endsWith("'") ? -1 : undefined), null);
}

/** `Checkout/Cart.swift:12: Fatal error: Index out of range`; null for other lines. */
export function readFatalError(text: string, line: TraceLine): OpenException | null {
  const at = text.indexOf(FATAL);
  const lead = text.slice(0, at).trim();
  const place = lead.endsWith(':') ? placeOf(lead.slice(0, -1)) : null;
  if (place === null || !place.file.endsWith('.swift')) return null;
  const isOwn = !place.file.startsWith('Swift/') && !place.file.startsWith('Foundation/');
  const error = openException('Fatal error', text.slice(at + FATAL.length), null);
  error.frames.push({ function: null, ...place, kind: isOwn ? 'app' : 'runtime', range: rangeOf(line) });
  return error;
}
