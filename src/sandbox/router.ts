import type { Route } from './http';

export interface RouteMatch {
  readonly route: Route;
  readonly params: Readonly<Record<string, string>>;
}

/** Finds the route for a request: `wrongMethod` when only the method does not fit, null for an unknown path. */
export type Router = (method: string, path: string) => RouteMatch | 'wrongMethod' | null;

/**
 * Paths without parameters come before paths with them; `:name` stands for one part, a last part `*` for any rest. Of two
 * routes with the same path the first counts.
 */
export function createRouter(routes: readonly Route[]): Router {
  const fixed = new Map<string, Route>();
  const patterns: { route: Route; parts: readonly string[] }[] = [];
  for (const route of routes) {
    const key = `${route.method} ${route.path}`;
    if (/[:*]/.test(route.path)) patterns.push({ route, parts: route.path.split('/') });
    else if (!fixed.has(key)) fixed.set(key, route);
  }
  const paths = new Set([...fixed.values()].map(({ path }) => path));
  return (method, requestPath) => {
    const path = requestPath.length > 1 && requestPath.endsWith('/') ? requestPath.slice(0, -1) : requestPath;
    const exact = fixed.get(`${method} ${path}`);
    if (exact !== undefined) return { route: exact, params: {} };
    let isKnown = paths.has(path);
    for (const { route, parts } of patterns) {
      const params = matchParts(parts, path.split('/'));
      if (params === null) continue;
      if (route.method === method) return { route, params };
      isKnown = true;
    }
    return isKnown ? 'wrongMethod' : null;
  };
}

function matchParts(pattern: readonly string[], path: readonly string[]): Record<string, string> | null {
  const isOpen = pattern.at(-1) === '*';
  const params: Record<string, string> = {};
  if (isOpen ? path.length < pattern.length : path.length !== pattern.length) return null;
  for (const [at, part] of pattern.entries()) {
    const given = path[at] ?? '';
    if (part === '*') return params;
    if (!part.startsWith(':')) {
      if (part !== given) return null;
      continue;
    }
    const value = decoded(given);
    if (value === null || value === '') return null;
    params[part.slice(1)] = value;
  }
  return params;
}

function decoded(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}
