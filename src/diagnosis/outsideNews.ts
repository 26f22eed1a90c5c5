import type { ChangeFinding, Findings } from './findings';
import { isReachable, knownServices, ownServices } from './localisation/services';
import { areErrorsOwn } from './ownErrors';

/** News this long before or after the onset can be about the incident. */
const NEAR_MS = 2 * 3_600_000;
const NEWS =
  /outage|degraded|disruption|elevated (?:error|latenc)|increased (?:error|latenc)|impair|incident|partial(?:ly)? unavailable|maintenance|failover/i;
const ALL_WELL = /operating normally|no issues|\boperational\b/i;
/** What ended before the onset did not begin there. */
const ENDED = /\b(?:resolved|finished|completed?|ended|restored|recovered|over)\b/i;
/** What whole platforms are called that many services stand on. */
const PLATFORM =
  /\b(?:aws|amazon|azure|gcp|google|cloud(?:flare|front)?|cdn|dns|isp|provider|status ?page|health ?dashboard|regions?|availability zones?|zones?|datacent(?:er|re))\b|\b[a-z]{2,4}-[a-z]+-\d\b/i;
const MIN_WORD = 4;
const COMMON =
  /^(?:incident|maintenance|failover|outage|error|errors|rates?|latency|service|services|with|from|elevated|increased|scheduled|degraded)$/;

/**
 * What others announced around the onset that can explain it: trouble of a service on the failing path, of a platform as a whole, or
 * of something that the errors name. Errors of a program's own are explained by no such news.
 */
export function outsideNews(findings: Findings): readonly ChangeFinding[] {
  if (areErrorsOwn(findings)) return [];
  return findings.changes.filter(({ change }) => {
    const text = `${change.title} ${change.text}`;
    const isNear = Math.abs(change.timestampMs - findings.onsetMs) <= NEAR_MS;
    const isOver = change.timestampMs < findings.onsetMs && ENDED.test(text);
    return change.kind === 'other' && isNear && !isOver && NEWS.test(text) && !ALL_WELL.test(change.title) && concerns(change, findings);
  });
}

/** Whether an event speaks of the alerting service, of what it calls, or of what may stand below it. */
export function concerns({ service, title, text }: ChangeFinding['change'], findings: Findings): boolean {
  if (service !== null && ownServices(findings).has(service)) return isReachable(findings, service) !== false;
  const said = `${service ?? ''} ${title} ${text}`;
  if (PLATFORM.test(said)) return true;
  const named = wordsOf(
    [...knownServices(findings), ...findings.failures.map(({ peer, message }) => `${peer ?? ''} ${message ?? ''}`)].join(' '),
  );
  return [...wordsOf(said)].some((word) => named.has(word));
}

const wordsOf = (text: string) =>
  new Set(
    text
      .toLowerCase()
      .split(/[^a-z0-9]+/)
      .filter((word) => word.length >= MIN_WORD && !COMMON.test(word)),
  );
