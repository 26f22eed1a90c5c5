import { type OpenException, openException } from './exceptions';

/** Kinds that stand in parentheses instead of an exception's module. */
const KINDS = new Set(['exit', 'throw', 'stop', 'error', 'EXIT']);
const MOST_NAME_CHARS = 200;
const ERLANG = ['exception error: ', 'exception exit: ', 'exception throw: '];

/** `** (KeyError) key :coupon not found`, `** (EXIT from #PID<0.96.0>) …`, `** exception error: …`; null for other lines. */
export function readElixirHeader(text: string): OpenException | null {
  const erlang = ERLANG.find((words) => text.startsWith(words, 3));
  if (erlang !== undefined) return openException(erlang.slice(10, -2), text.slice(3 + erlang.length), null);
  if (text.startsWith('** Reason for termination')) return openException('exit', text.slice(text.indexOf('=') + 1).trim(), null);
  const close = text.startsWith('** (') ? text.indexOf(')', 4) : -1;
  if (close === -1 || close > MOST_NAME_CHARS) return null;
  const inside = text.slice(4, close);
  const name = inside.startsWith('EXIT from ') ? 'EXIT' : inside;
  if (!KINDS.has(name) && !isModule(name)) return null;
  return openException(name, text.slice(close + 1).trim(), null);
}

/** `KeyError`, `Acme.PricingError`. */
function isModule(name: string): boolean {
  for (let at = 0; at < name.length; at += 1) {
    const code = name.charCodeAt(at);
    const isUpper = code >= 65 && code <= 90;
    const isOther = (code >= 97 && code <= 122) || (code >= 48 && code <= 57) || code === 46 || code === 95 || code > 127;
    if (!isUpper && (at === 0 || !isOther)) return false;
  }
  return name !== '';
}
