import type { StackFrame } from '../../domain/frame';
import { kindOfElixirFrame } from './elixirOrigin';
import { digitsBefore, positiveOrNull } from './text';

const ANONYMOUS = 'anonymous fn/';

/** `(app 0.1.0) lib/cart.ex:7: Cart.discount/1`, which may lack the application or the place; null for other lines. */
export function readElixirFrame(line: string): StackFrame | null {
  const text = line.trim();
  const application = appAt(text);
  const rest = application === null ? text : text.slice(application.end);
  const placed = placeAndFunction(rest, application?.name ?? null);
  if (placed !== null) return placed;
  const isNamed = application !== null ? isFunction(rest) : isErlangCall(rest) || (rest.startsWith(ANONYMOUS) && rest.includes(' in '));
  if (!isNamed) return null;
  const kind = application === null && rest.startsWith(':') ? 'native' : kindOfElixirFrame(application?.name ?? null, null);
  return { function: rest, file: null, line: null, column: null, kind };
}

/** `(stdlib 4.2) `, `(elixir) ` before version 1.11. */
function appAt(text: string): { readonly name: string; readonly end: number } | null {
  const close = text.startsWith('(') ? text.indexOf(') ') : -1;
  if (close === -1 || close > 120) return null;
  const inside = text.slice(1, close);
  const blank = inside.indexOf(' ');
  const name = blank === -1 ? inside : inside.slice(0, blank);
  if (!isAppName(name) || inside.includes(' ', blank + 1 || inside.length)) return null;
  return { name, end: close + 2 };
}

function isAppName(name: string): boolean {
  for (let at = 0; at < name.length; at += 1) {
    const code = name.charCodeAt(at);
    const isLower = code >= 97 && code <= 122;
    if (!isLower && (at === 0 || !((code >= 48 && code <= 57) || code === 95))) return false;
  }
  return name !== '';
}

/** `lib/cart.ex:7: Cart.discount/1`. */
function placeAndFunction(text: string, app: string | null): StackFrame | null {
  const at = text.indexOf(': ');
  const number = at === -1 ? null : digitsBefore(text, at);
  if (number === null || text[number.start - 1] !== ':') return null;
  const file = text.slice(0, number.start - 1);
  const name = text.slice(at + 2);
  if (!isSourceFile(file) || !(isFunction(name) || isModuleOrFile(name))) return null;
  return { function: name, file, line: positiveOrNull(number.value), column: null, kind: kindOfElixirFrame(app, file) };
}

const ENDINGS = ['.ex', '.exs', '.erl', '.eex', '.leex', '.heex', '.sface', '.hrl', '.yrl', '.xrl', '.lfe', '.gleam'];
const isSourceFile = (file: string) => file === 'iex' || file === 'nofile' || ENDINGS.some((ending) => file.endsWith(ending));

/** `Cart.discount/1`, `:gen_server.call/3`, `anonymous fn/1 in Cart.total/1`, `Cart.discount(%{})`, `(module)`, `(file)`. */
function isFunction(name: string): boolean {
  if (name.endsWith(')')) return isErlangCall(name) || (isUpper(name.charCodeAt(0)) && name.includes('.') && name.includes('('));
  const slash = name.lastIndexOf('/');
  const arity = digitsBefore(name, name.length);
  return slash > 0 && arity?.start === slash + 1 && (name.includes('.') || name.startsWith(ANONYMOUS) || name.startsWith('#Function<'));
}

/** Outside of any function: `(module)`, `(file)`, `Cart (module)`. */
const isModuleOrFile = (name: string) => name === '(file)' || name.endsWith('(module)');

/** `:erlang.map_get(:coupon, %{})`: a function that is written in C, with its arguments. */
function isErlangCall(text: string): boolean {
  if (!text.startsWith(':')) return false;
  const dot = text.indexOf('.');
  const open = text.indexOf('(', dot);
  const slash = text.lastIndexOf('/');
  if (dot < 2 || text.slice(0, dot).includes(' ')) return false;
  return (open > dot && text.endsWith(')')) || (slash > dot + 1 && digitsBefore(text, text.length)?.start === slash + 1);
}

const isUpper = (code: number) => code >= 65 && code <= 90;

/** `in function  cart:discount/1 (src/cart.erl, line 12)`, as Erlang's shell prints; null for other lines. */
export function readErlangFrame(line: string): StackFrame | null {
  const text = line.trim();
  const lead = ['in function ', 'in call from ', 'called as '].find((words) => text.startsWith(words));
  if (lead === undefined || lead === 'called as ') return null;
  const rest = text.slice(lead.length).trim();
  const open = rest.endsWith(')') ? rest.lastIndexOf(' (') : -1;
  const comma = open === -1 ? -1 : rest.indexOf(', line ', open);
  const number = comma === -1 ? null : digitsBefore(rest, rest.length - 1);
  const name = open === -1 || comma === -1 ? rest : rest.slice(0, open);
  if (!name.includes(':') && !name.includes('/')) return null;
  const file = number === null ? null : rest.slice(open + 2, comma);
  return {
    function: name,
    file,
    line: number === null ? null : positiveOrNull(number.value),
    column: null,
    kind: kindOfElixirFrame(null, file),
  };
}

const FILE_MARK = '[{file,"';

/** `{cart,discount,1,[{file,"src/cart.erl"},{line,12}]}`: stack entries as Erlang's reports print terms, several in a line. */
export function readErlangTerms(line: string): StackFrame[] {
  const frames: StackFrame[] = [];
  let from = 0;
  for (let at = line.indexOf(FILE_MARK); at !== -1; at = line.indexOf(FILE_MARK, at + FILE_MARK.length)) {
    const quote = line.indexOf('"', at + FILE_MARK.length);
    const close = quote === -1 ? -1 : line.indexOf('}]', quote);
    const number = close === -1 ? null : digitsBefore(line, close);
    if (close === -1 || number === null) break;
    const file = line.slice(at + FILE_MARK.length, quote);
    const name = termName(line.slice(Math.max(from, line.lastIndexOf('{', at - 1) + 1), at));
    if (name !== null)
      frames.push({ function: name, file, line: positiveOrNull(number.value), column: null, kind: kindOfElixirFrame(null, file) });
    from = close;
  }
  return frames;
}

/** `cart,discount,1,` → `:cart.discount/1`; instead of the number there may be the list of arguments. */
function termName(text: string): string | null {
  const [module, name, ...rest] = text.split(',');
  const arity = rest[0] ?? '';
  if (module === undefined || name === undefined || module === '' || name === '') return null;
  const isNumber = arity !== '' && digitsBefore(arity, arity.length)?.start === 0;
  const shown = module.startsWith("'Elixir.") ? module.slice(8, -1) : `:${module}`;
  return isNumber ? `${shown}.${name}/${arity}` : `${shown}.${name}`;
}
