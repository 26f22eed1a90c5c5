import type { FrameMapping } from '../domain/frame';
import { chooseFact, type ScoredFact } from './factChoice';
import type { RouteRegistration } from './routeRegistrations';
import { endsWithTemplate, isSameTemplate, parseRoute, type Route } from './routeTemplate';
import type { Located, SourceFacts } from './sourceFacts';

/**
 * Where a route such as `GET /orders/:id` is registered, among the registrations that were found. Routes of mounted routers are
 * known by their end only, so they are less sure; of several that fit as well none is chosen.
 */
export function mapRoute(resource: string, facts: SourceFacts<RouteRegistration>): FrameMapping {
  const route = parseRoute(resource);
  if (route === null) return { location: null, deployed: null, candidates: [], reason: 'The resource names no route.' };
  const scored = facts.found.flatMap((located): ScoredFact[] => {
    const { fact } = located;
    const judged = fact.isPrefix ? null : judge(route, fact);
    return judged === null ? [] : [{ ...placeOf(located), ...judged }];
  });
  return chooseFact(scored, { isCut: facts.isCut, none: 'No file of the workspace registers this route.' });
}

const placeOf = ({ repository, path, isInService, fact }: Located<RouteRegistration>) => ({
  repository,
  path,
  isInService,
  line: fact.line,
});

function judge(route: Route, fact: RouteRegistration): { readonly score: number; readonly how: string } | null {
  if (route.method !== null && fact.method !== null && route.method !== fact.method) return null;
  const certain = route.method !== null && fact.method !== null ? 0.1 : 0;
  if (isSameTemplate(route.template, fact.template) && fact.template.length > 0)
    return { score: 0.75 + certain, how: 'The route is registered here' };
  const isPrefixed = fact.prefixes.some((prefix) => isSameTemplate(route.template, [...prefix, ...fact.template]));
  if (isPrefixed) return { score: 0.75 + certain, how: 'The route is registered here, below the prefix of the file' };
  if (!endsWithTemplate(route.template, fact.template)) return null;
  const isHalf = fact.template.length * 2 >= route.template.length;
  return { score: (isHalf ? 0.55 : 0.45) + certain / 2, how: 'The end of the route is registered here' };
}
