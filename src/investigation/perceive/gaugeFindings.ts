import type { GaugeFinding, MetricFinding } from '../../diagnosis/findings';
import { formatQuantity } from '../../domain/format';
import { capitalised } from '../../domain/sentence';
import { type TimeSeries, tagValue } from '../../domain/timeSeries';
import { judgeGauge } from '../../signals/gauges/judgeGauge';
import { RESOURCE_NAMES, resourceOf } from '../../signals/gauges/resource';
import type { Gathered } from '../gathered';
import type { Run } from '../run';
import { seriesWords, serviceOf } from './seriesNames';
import { statedLimits } from './statedLimits';

const MAX_WRITTEN = 8;
/** Gauges that one fact tells of, and facts about gauges that did not move. */
const CALM_A_FACT = 7;
const MAX_CALM_FACTS = 3;

type Draft = Omit<GaugeFinding, 'evidence'> & { readonly series: TimeSeries };

/**
 * The gauges of the alerting service and its kin (its replicas, its pods). Those that left their level are evidence each, unless
 * a fact tells of them already; those that did not share one fact, which is what rules their resources out.
 */
export function gaugeFindings(
  gathered: Gathered,
  metrics: readonly MetricFinding[],
  isOnsetSeen: boolean,
  run: Run,
): readonly GaugeFinding[] {
  const drafts = draftsOf(gathered, isOnsetSeen);
  const told = new Map(metrics.map(({ change, evidence }) => [change.series, evidence]));
  let written = 0;
  const moved = drafts
    .filter(({ state }) => state !== 'calm')
    .map((draft) => {
      const known = told.get(draft.series) ?? null;
      const isWritten = (known === null || (!isOnsetSeen && draft.movedAtMs !== null)) && written < MAX_WRITTEN;
      if (isWritten) written++;
      return findingOf(draft, isWritten ? run.evidence.add(factOf([draft], movedWords(draft), gathered, run)) : known);
    });
  /** A count of restarts goes on from long ago: it neither worries nor reassures. */
  const calm = drafts.filter(({ state, resource, last }) => state === 'calm' && !(resource === 'restarts' && last > 0));
  const kept = isOnsetSeen ? 0 : MAX_CALM_FACTS;
  const quiet = Array.from({ length: Math.ceil(calm.length / CALM_A_FACT) }, (_, part) => {
    const some = calm.slice(part * CALM_A_FACT, (part + 1) * CALM_A_FACT);
    const evidence = part < kept ? run.evidence.add(factOf(some, calmWords(some, gathered), gathered, run)) : null;
    return some.map((draft) => findingOf(draft, evidence));
  });
  return [...moved, ...quiet.flat()];
}

function findingOf({ series: _, ...draft }: Draft, evidence: string | null): GaugeFinding {
  return { ...draft, evidence };
}

function draftsOf({ metrics, opening, windows, alertQuery, changes }: Gathered, isOnsetSeen: boolean): readonly Draft[] {
  const isKin = (service: string | null) =>
    opening.service === null || service === opening.service || (service?.startsWith(`${opening.service}-`) ?? false);
  const quiet = isOnsetSeen ? windows.baseline : null;
  const ownSeries = metrics.flatMap(({ series }) => series.filter((one) => isKin(serviceOf(one))));
  const limits = statedLimits(
    ownSeries,
    changes.filter(({ service }) => isKin(service)),
  );
  return metrics
    .filter(({ query }) => query !== alertQuery)
    .flatMap(({ query, series }) =>
      series.flatMap((one) => {
        const resource = resourceOf(one.metric);
        const service = serviceOf(one);
        const levels = resource === null || !isKin(service) ? null : judgeGauge(one, resource, quiet, limits.get(resource) ?? null);
        if (resource === null || levels === null) return [];
        const instance = tagValue(one.tags, 'pod_name') ?? tagValue(one.tags, 'host');
        return [{ ...levels, service, metric: one.metric, unit: one.unit, instance, resource, query, series: one }];
      }),
    );
}

function movedWords(draft: Draft): string {
  const { state, first, worst, last, series, query, unit } = draft;
  const show = (value: number) => formatQuantity(value, unit);
  const name = `${capitalised(RESOURCE_NAMES[draft.resource])}: ${seriesWords(series, query)}`;
  if (state === 'recovered') return `${name} is back at ${show(last)}; at worst it was ${show(worst)}.`;
  if (state === 'full')
    return `${name} is at ${show(last)}, its limit or close to it; it began at ${show(first)} and was ${show(worst)} at worst.`;
  if (show(first) === show(last)) return `${name} stays at ${show(last)}.`;
  return `${name} ${state === 'risen' ? 'rose' : 'fell'} from ${show(first)} to ${show(last)} and stays there.`;
}

function calmWords(calm: readonly Draft[], { opening }: Gathered): string {
  const seen = new Map(
    calm.map((draft) => [
      draft.metric,
      `${RESOURCE_NAMES[draft.resource]} (${lastWord(draft.metric)} ${formatQuantity(draft.last, draft.unit)})`,
    ]),
  );
  return `Looked at and as usual for ${opening.service ?? 'the services'}: ${[...seen.values()].join(', ')}.`;
}

const lastWord = (metric: string) => metric.slice(metric.lastIndexOf('.') + 1);

function factOf(drafts: readonly Draft[], summary: string, { windows }: Gathered, run: Run) {
  const query = [...new Set(drafts.map((draft) => draft.query))].slice(0, CALM_A_FACT).join(', ');
  return {
    kind: 'metric' as const,
    source: 'datadog',
    query,
    window: windows.whole,
    summary,
    value: drafts.map(({ service, metric, state, first, worst, last }) => ({ service, metric, state, first, worst, last })),
    link: run.deps.telemetry.linkTo({ kind: 'metric', query, window: windows.whole }),
  };
}
