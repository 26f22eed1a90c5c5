/** Segments of a route; `null` stands for a parameter. */
export type RouteTemplate = readonly (string | null)[];

export interface Route {
  /** In upper case; null when any method is served, or it is not said. */
  readonly method: string | null;
  readonly template: RouteTemplate;
}

const METHODS = new Set(['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS']);
const MAX_CHARS = 500;

/** Reads `GET /orders/:id`, `POST /api/orders/{id}`, `/orders/<int:id>/`; null when the text is no route. */
export function parseRoute(resource: string): Route | null {
  const text = resource.trim();
  if (text.length > MAX_CHARS) return null;
  const space = text.indexOf(' ');
  const first = text.slice(0, Math.max(0, space)).toUpperCase();
  const method = METHODS.has(first) ? first : null;
  const path = method === null ? text : text.slice(space + 1).trim();
  if (/\s/.test(path) || (method === null && !path.startsWith('/'))) return null;
  const template = parseTemplate(path);
  return template.length === 0 && path !== '/' ? null : { method, template };
}

/** Reads the path of a route as frameworks spell it: `:id`, `{id}`, `<int:id>`, `[id]`, `*`, `(?P<id>\d+)` are parameters. */
export function parseTemplate(path: string): RouteTemplate {
  const plain = path
    .replace(/^[a-z]{2,10}:\/\/[^/]{0,200}/i, '')
    .replace(/^\^|\$$/g, '')
    .split(/[?#](?![P<:])/, 1)[0];
  return (plain ?? '')
    .split('/')
    .filter((segment) => segment !== '')
    .map((segment) => (isParameter(segment) ? null : segment));
}

const isParameter = (segment: string) =>
  /^(?::|\*|\{|<|\[(?!controller\]|action\]))/.test(segment) ||
  segment.includes('(?P<') ||
  segment.startsWith('(\\') ||
  segment.startsWith('\\d');

/** Whether two routes are spelled alike, parameters in the same places. */
export function isSameTemplate(left: RouteTemplate, right: RouteTemplate): boolean {
  return left.length === right.length && left.every((segment, at) => segment === right[at]);
}

/** Whether `tail` is the end of a longer template, and says something by itself. */
export function endsWithTemplate(whole: RouteTemplate, tail: RouteTemplate): boolean {
  return (
    tail.length < whole.length && tail.some((segment) => segment !== null) && isSameTemplate(whole.slice(whole.length - tail.length), tail)
  );
}
