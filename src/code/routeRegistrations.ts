import { parseTemplate, type Route, type RouteTemplate } from './routeTemplate';

/** A line that registers a route, or a prefix for those of its file. */
export interface RouteRegistration extends Route {
  /** From 1. */
  readonly line: number;
  readonly isPrefix: boolean;
  /** The prefixes that the file gives to its routes; empty for a prefix. */
  readonly prefixes: readonly RouteTemplate[];
}

/** Words before a path by which frameworks register routes; the value is the method, or null for any. */
const ROUTE_WORDS = new Map<string, string | null>([
  ...['get', 'post', 'put', 'patch', 'delete', 'head', 'options'].flatMap((method): [string, string][] => {
    const upper = method.toUpperCase();
    return [method, `${method}mapping`, `map${method}`, `http${method}`, `${method}async`].map((word) => [word, upper]);
  }),
  ['del', 'DELETE'],
  ...['all', 'any', 'route', 'path', 're_path', 'url', 'handlefunc', 'handle', 'match', 'requestmapping', 'resource', 'uri', 'at'].map(
    (word): [string, null] => [word, null],
  ),
]);

/** Words before a path that holds for the routes of the file. */
const PREFIX_WORDS = new Set([
  'controller',
  'prefix',
  'url_prefix',
  'apirouter',
  'blueprint',
  'group',
  'scope',
  'namespace',
  'requestmapping',
  'path',
  'route',
]);

/** Of these, what has a name before its path. */
const NAMED_WORDS = new Set(['blueprint', 'apirouter', 'group', 'scope', 'namespace']);

/** A word, then a bracket, a blank or a named argument, then a text. All parts are bounded. */
const CALL =
  /([A-Za-z_]\w{0,40})[\s([=:]{1,6}(?:(?:value|path|template|pattern|name)\s{0,3}[=:]\s{0,3}[[{]?)?[rRfbu]?(["'`])([^"'`\n]{0,200})\2/g;
const MAX_LINE_CHARS = 600;
const MAX_REGISTRATIONS = 2_000;

/** Finds the lines of a file that register routes, in the ways of the usual web frameworks of all languages. */
export function routeRegistrations(text: string): RouteRegistration[] {
  const lines = text.split('\n');
  const found: Omit<RouteRegistration, 'prefixes'>[] = [];
  for (const [at, whole] of lines.entries()) {
    const line = whole.slice(0, MAX_LINE_CHARS);
    if (!/["'`@[]/.test(line) || /^\s{0,200}(?:\/\/|#(?!\[)|\*)/.test(line)) continue;
    found.push(...inLine(line, at + 1, lines));
    if (found.length >= MAX_REGISTRATIONS) break;
  }
  const prefixes = found.filter(({ isPrefix, template }) => isPrefix && template.length > 0).map(({ template }) => template);
  return found.map((one) => ({ ...one, prefixes: one.isPrefix ? [] : prefixes }));
}

function* inLine(line: string, number: number, lines: readonly string[]): Generator<Omit<RouteRegistration, 'prefixes'>> {
  for (const match of line.matchAll(CALL)) {
    const word = (match[1] ?? '').toLowerCase();
    const path = match[3] ?? '';
    const spelled = withMethod(path);
    if (!isPath(spelled.path, line)) continue;
    const template = parseTemplate(spelled.path.replace('[controller]', controllerName(lines)));
    if (PREFIX_WORDS.has(word) && isForFile(word, line, lines, number) && (path.startsWith('/') || !NAMED_WORDS.has(word)))
      yield { method: null, template, line: number, isPrefix: true };
    else if (ROUTE_WORDS.has(word)) {
      const method = spelled.method ?? ROUTE_WORDS.get(word) ?? methodNear(line, lines[number] ?? '', lines[number - 2] ?? '');
      yield { method, template, line: number, isPrefix: false };
    }
  }
  if (
    /^\s*@(?:Get|Post|Put|Patch|Delete)(?:Mapping)?(?:\(\s*\))?\s*$/.test(line) ||
    /^\s*\[Http(?:Get|Post|Put|Patch|Delete)\]\s*$/.test(line)
  ) {
    const method = /(Get|Post|Put|Patch|Delete)/.exec(line)?.[1]?.toUpperCase() ?? null;
    yield { method, template: [], line: number, isPrefix: false };
  }
}

/** Go 1.22 writes the method into the pattern. */
function withMethod(path: string): { readonly method: string | null; readonly path: string } {
  const found = /^(GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS) (\/.*)$/.exec(path);
  return found === null ? { method: null, path } : { method: found[1] ?? null, path: found[2] ?? '' };
}

/** Django and decorators leave the slash at the beginning out; elsewhere a text without one is rarely a path. */
function isPath(path: string, line: string): boolean {
  if (path === '' || /\s/.test(path)) return path === '' && /@\w|\[Http|#\[/.test(line);
  if (path.startsWith('/') || path.startsWith('^')) return true;
  return (
    /^[\w<>{}:[\]./*-]+$/.test(path) &&
    !/^\.|\.\w{1,4}$/.test(path) &&
    /(?:^|[\s(@[#])(?:re_path|path|url|[A-Z]\w*)\s*\(|@\w|#\[|\[Http|prefix/.test(line)
  );
}

/** A prefix stands at a class, a router or a group; `@RequestMapping`, `@Path` and `[Route]` above a method are its route. */
function isForFile(word: string, line: string, lines: readonly string[], number: number): boolean {
  if (!['requestmapping', 'path', 'route'].includes(word)) return true;
  if (!/^\s*(?:@|\[|#\[)/.test(line)) return false;
  const below = lines.slice(number, number + 6).find((next) => !/^\s*(?:@|\[|#\[|\/\/|\*|\/\*|$)/.test(next)) ?? '';
  return /\b(?:class|interface|object)\b/.test(below);
}

function controllerName(lines: readonly string[]): string {
  const line = lines.find((one) => /\bclass\s+\w+Controller\b/.test(one)) ?? '';
  return /class\s+(\w{1,80})Controller\b/.exec(line)?.[1] ?? '[controller]';
}

/** `methods=['POST']`, `method = RequestMethod.GET`, `.Methods("GET")`, `.get(`, `@GET` beside a path. */
function methodNear(line: string, next: string, previous: string): string | null {
  const found =
    /methods?\s{0,3}[=:(]\s{0,3}[^A-Za-z\n]{0,4}(?:RequestMethod\.|HttpMethod\.)?["']?(GET|POST|PUT|PATCH|DELETE)/i.exec(line) ??
    /,\s{0,3}(get|post|put|patch|delete)\(/.exec(line) ??
    /\)\.(get|post|put|patch|delete)\(/.exec(line) ??
    /@(GET|POST|PUT|PATCH|DELETE)\b/.exec(line) ??
    /^\s*@(GET|POST|PUT|PATCH|DELETE)\b/.exec(previous) ??
    /^\s*@(GET|POST|PUT|PATCH|DELETE)\b/.exec(next);
  return found?.[1]?.toUpperCase() ?? null;
}
