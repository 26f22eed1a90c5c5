/** The names in the source that a frame's function was made of. */
export interface SymbolNames {
  /** The function or method, as it is declared. */
  readonly name: string | null;
  /** Classes, modules and outer functions around it, outermost first. */
  readonly containers: readonly string[];
}

const MAX_CHARS = 600;

const TELLS_NOTHING = new Set(
  (
    'anonymous module lambda eval invoke invokeSuspend call apply handle main$ run$ MoveNext closure closure_env top required ' +
    'listcomp dictcomp setcomp genexpr clinit init ctor cctor static Object Module Function Array Promise process global globalThis ' +
    'Window window exports prototype object class new fn self impl'
  ).split(' '),
);

/** What Ruby, Elixir and JavaScript put before a name. */
const LEADS = /^(?:async |new |get |set |static |(?:block|rescue|ensure)(?: \(\d{1,3} levels\))? in |anonymous fn\/\d{1,3} in |fn in )/;

/**
 * Reads `Object.discount`, `github.com/x/pricing.(*Pricer).Quote.func1`, `Acme\Cart->coupon`, `Shop.Cart.<Total>d__2.MoveNext`,
 * `shop::cart::Cart::item::h3078e77dd9555d37`, `block in Cart#total`, `Checkout.guard/1`, `a.b.Cart$Row.lambda$sum$0` and their like.
 */
export function symbolNames(text: string | null): SymbolNames {
  if (text === null || text.length > MAX_CHARS || /^<[^:<>]*>$/.test(text)) return { name: null, containers: [] };
  const parts = withoutDecoration(text)
    .split(/[^\p{L}\p{N}_!?]+/u)
    .filter((part) => part !== '' && !/^\d/.test(part) && !/^(?:func\d*|h[0-9a-f]{16}|lambda|_+)$/.test(part));
  const telling = parts.filter((part) => !TELLS_NOTHING.has(part));
  const name = telling.at(-1) ?? null;
  return { name: parts.at(-1) === name || hasWrapper(text) ? name : null, containers: telling.slice(0, name === null ? undefined : -1) };
}

/** Whether compilers put the name of the function inside the name of something they made of it. */
const hasWrapper = (text: string) => /[<{$]/.test(text) || text.startsWith('anonymous fn') || /\.func\d/.test(text);

function withoutDecoration(text: string): string {
  let rest = text;
  for (let lead = LEADS.exec(rest); lead !== null; lead = LEADS.exec(rest)) rest = rest.slice(lead[0].length);
  const alias = rest.indexOf(' [as ');
  if (alias > 0) rest = rest.slice(0, alias);
  return withoutArguments(rest)
    .replace(/\/\d{1,3}$/, '')
    .replace(/<(\w{1,200})>[bdg]__(\w{0,200})(?:\|\d{1,4}_\d{1,4})?/g, '.$1.$2')
    .replace(/`\d{1,3}/g, '');
}

/** Generics, argument lists and type parameters tell nothing about the name; what is inside of them goes, `(*Type)` stays. */
function withoutArguments(text: string): string {
  let out = '';
  let depth = 0;
  for (let at = 0; at < text.length; at += 1) {
    const char = text[at] ?? '';
    if ((char === '[' || char === '(') && !(char === '(' && text[at + 1] === '*')) depth += 1;
    else if ((char === ']' || char === ')') && depth > 0) depth -= 1;
    else if (depth === 0) out += char;
    if (depth === 0 && (char === ']' || char === ')')) out += '.';
  }
  return out;
}

/** Whether a name tells functions apart: nearly every file has a `get`, `run` or `main`. */
export function isTellingName(name: string): boolean {
  return name.length >= 4 && !COMMON_FUNCTIONS.has(name.toLowerCase());
}

const COMMON_FUNCTIONS = new Set(
  (
    'main init setup start stop open close read write load save send call apply handle handler execute process update create delete ' +
    'remove render build parse format validate index show list next exec invoke getname tostring equals constructor __init__ __call__ ' +
    'perform invoke dispatch onclick test configure initialize register'
  ).split(' '),
);
