import { clamp } from '../../signals/statistics';
import { upstreamOf } from '../../signals/topology';
import type { Findings, MetricFinding, Symptom } from '../findings';
import { allSigns } from './allSigns';
import { addedFailures, addedTimeMs } from './materiality';
import { isReachable, isSeenFromOutside, ownServices } from './services';
import type { Sign, SignKind } from './sign';

/** What tells of the same thing is one family: within it the strongest counts, families count as independent. */
type Family = 'errors' | 'work' | 'calls' | 'resource' | 'symptom' | 'load' | 'place' | 'alerting';

/** How much each kind of sign, where it is plain, says that a service is where it began, not merely where it shows. */
const KINDS: Readonly<Record<SignKind, { readonly family: Family; readonly weight: number }>> = {
  errors: { family: 'errors', weight: 0.9 },
  log_change: { family: 'errors', weight: 0.3 },
  repeated_calls: { family: 'work', weight: 0.8 },
  self_time: { family: 'work', weight: 0.75 },
  hop_gap: { family: 'calls', weight: 0.8 },
  missing_calls: { family: 'calls', weight: 0.8 },
  last_answer: { family: 'calls', weight: 0.4 },
  saturation: { family: 'resource', weight: 0.85 },
  work_rate: { family: 'resource', weight: 0.6 },
  restarts: { family: 'resource', weight: 0.75 },
  correlation: { family: 'symptom', weight: 0.75 },
  latency: { family: 'symptom', weight: 0.5 },
  failure_rate: { family: 'symptom', weight: 0.5 },
  load: { family: 'load', weight: 0.1 },
  change: { family: 'load', weight: 0.2 },
  path: { family: 'place', weight: 0.15 },
  alerting: { family: 'alerting', weight: 0.1 },
};
/** A caller whose callee suffers as much suffers because of it: what is left of its own symptoms then. */
const EXPLAINED_BY_CALLEE = 0.8;
/** What the alerting service's own latency and failures say: they are what is to be explained. */
const SYMPTOM_ITSELF = 0.5;
/** What a service that the alerting one does not call shows is more likely an effect, or another story. */
const OUT_OF_REACH = 0.4;
/** What tells of time alone; where requests fail by errors whose origin is seen, slowness is beside the matter. */
const TIME: ReadonlySet<SignKind> = new Set(['self_time', 'hop_gap', 'latency']);
const BESIDE = 0.4;
/** What callers measure of a host outside is as much about the way there. */
const SEEN_FROM_OUTSIDE = 0.5;

/** A service with its signs, each with the chance that it adds (weight × score, less what callees explain). */
export interface Weighed {
  readonly service: string;
  readonly score: number;
  /** 0..1: how much of its symptoms a callee explains. */
  readonly explained: number;
  readonly signs: readonly (Sign & { readonly chance: number })[];
}

/**
 * Every own service, best first. The score is the noisy-or of its families of signs, 1 − Π(1 − chance), where the chance of a
 * family is weight × score of its strongest sign. Symptoms that callers would see as well (latency, failures, moving with the
 * alert) are first cut by what a callee, direct or further down, explains: 1 − 0.8 · min(1, its chance / that of the caller's symptoms) · the
 * share of the added time that it can account for. Ties go to the alerting service, then by name, so that the ranking is stable.
 */
export function weighServices(findings: Findings): readonly Weighed[] {
  const signs = allSigns(findings);
  const byService = new Map<string, Sign[]>([...ownServices(findings)].map((service) => [service, []]));
  for (const sign of signs) byService.get(sign.service)?.push(sign);
  const hasErrors = findings.symptom === 'errors' && signs.some(({ kind }) => kind === 'errors');
  const isBeside = (kind: SignKind) => hasErrors && TIME.has(kind);
  const told = new Set([...findings.during, ...findings.before].flatMap(({ nodes }) => nodes.map(({ span }) => span.service)));
  const chances = new Map(
    [...byService].map(([service, own]) => {
      const trust = isSeenFromOutside(service, findings, told) ? SEEN_FROM_OUTSIDE : 1;
      const reach = isReachable(findings, service) === false ? OUT_OF_REACH : 1;
      const bearing = (kind: SignKind) => (KINDS[kind].family === 'resource' ? 1 : reach) * (isBeside(kind) ? BESIDE : 1);
      return [service, own.map((sign) => chanceOf(sign, trust * bearing(sign.kind)))] as const;
    }),
  );
  const before = new Map([...chances].map(([service, own]) => [service, combined(own)]));
  const grown = growths(findings.metrics);
  const callers = new Map([...before].map(([service]) => [service, new Set(upstreamOf(findings.graph, service))]));
  return [...chances]
    .map(([service, own]) => {
      const explained = explainedBy(service, combined(own.filter(isSymptom)), before, callers, (callee) =>
        accountedFor(grown.get(callee), grown.get(service), findings.symptom),
      );
      const kept = (1 - explained) * (service === findings.alerting ? SYMPTOM_ITSELF : 1);
      const isPassedThrough = service !== findings.firstFailing;
      const leftOf = (sign: Sign) => (isSymptom(sign) ? kept : sign.kind === 'path' && isPassedThrough ? 1 - explained : 1);
      const left = own.map((sign) => ({ ...sign, chance: sign.chance * leftOf(sign) }));
      return { service, score: combined(left), explained, signs: left.sort((a, b) => b.chance - a.chance) };
    })
    .sort(
      (a, b) =>
        b.score - a.score ||
        Number(b.service === findings.alerting) - Number(a.service === findings.alerting) ||
        (a.service < b.service ? -1 : 1),
    );
}

const isSymptom = ({ kind }: Sign) => KINDS[kind].family === 'symptom';

function chanceOf(sign: Sign, trust: number) {
  return { ...sign, chance: Math.min(0.99, KINDS[sign.kind].weight * sign.score * trust) };
}

function combined(signs: readonly (Sign & { readonly chance: number })[]): number {
  const strongest = new Map<Family, number>();
  for (const { kind, chance } of signs) {
    const { family } = KINDS[kind];
    if (chance > (strongest.get(family) ?? 0)) strongest.set(family, chance);
  }
  return 1 - [...strongest.values()].reduce((left, chance) => left * (1 - chance), 1);
}

/** The most that a service further down explains. Services that call each other explain nothing about each other. */
function explainedBy(
  service: string,
  own: number,
  chances: ReadonlyMap<string, number>,
  callers: ReadonlyMap<string, ReadonlySet<string>>,
  shareOf: (callee: string) => number,
): number {
  if (own === 0) return 0;
  let most = 0;
  for (const [callee, chance] of chances) {
    if (callee === service || !callers.get(callee)?.has(service) || callers.get(service)?.has(callee)) continue;
    most = Math.max(most, EXPLAINED_BY_CALLEE * Math.min(1, chance / own) * shareOf(callee));
  }
  return most;
}

/** Requests call more than once and wait in turns, so a callee that grew by this share of its caller's growth can explain all of it. */
const ENOUGH = 0.3;

/** The share of a caller's growth, in time or in failures, that a callee's can account for; all of it where either is not known. */
function accountedFor(callee: Growth | undefined, caller: Growth | undefined, symptom: Symptom): number {
  const isTime = symptom === 'latency';
  const [from, to] = isTime ? [callee?.timeMs, caller?.timeMs] : [callee?.failures, caller?.failures];
  if (from === undefined || to === undefined || to <= 0) return 1;
  return clamp(from / to / ENOUGH, 0, 1);
}

/** How much worse a service became. */
interface Growth {
  readonly timeMs: number | undefined;
  readonly failures: number | undefined;
}

/** The most that one of each service's latencies and one of its shares of failures grew. */
function growths(metrics: readonly MetricFinding[]): ReadonlyMap<string, Growth> {
  const grown = new Map<string, Growth>();
  const greater = (known: number | undefined, value: number | null) =>
    value === null ? known : Math.max(known ?? Number.NEGATIVE_INFINITY, value);
  for (const metric of metrics) {
    if (metric.service === null) continue;
    const { timeMs, failures } = grown.get(metric.service) ?? { timeMs: undefined, failures: undefined };
    grown.set(metric.service, { timeMs: greater(timeMs, addedTimeMs(metric)), failures: greater(failures, addedFailures(metric)) });
  }
  return grown;
}
