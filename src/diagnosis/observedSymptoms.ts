import { isGeneral, type SymptomKind, symptomsIn, symptomsOfMetric } from '../code/symptomKinds';
import { ownWords } from '../domain/ownWords';
import type { Findings, GaugeFinding, MetricFinding } from './findings';

/** What a metric must score to count as changed. */
const PLAIN_SCORE = 1;

const GAUGES: Partial<Record<GaugeFinding['resource'], SymptomKind>> = {
  memory: 'memory',
  cpu: 'cpu',
  connections: 'connections',
  disk: 'disk',
  queue: 'backlog',
  restarts: 'restart',
  replicas: 'restart',
  quota: 'throttled',
};

/**
 * The kinds of symptoms that a service shows: what its errors and messages say, which of its metrics got worse, and what the
 * alert about it says. The general ones stand for the alert.
 */
export function observedSymptoms(findings: Findings, service: string | null, ownText: string): ReadonlySet<SymptomKind> {
  const isOwn = (other: string | null) => service === null || other === service;
  const said = findings.statements
    .filter((one) => isOwn(one.service) && (one.isTrouble || one.source === 'alert'))
    .map(({ source, text }) => (source === 'log' ? ownWords(text) : text));
  const kinds = symptomsIn([ownWords(ownText), ...said].join('\n'));
  for (const metric of findings.metrics) if (isOwn(metric.service)) for (const kind of kindsOf(metric)) kinds.add(kind);
  for (const gauge of findings.gauges) {
    const kind = GAUGES[gauge.resource];
    if (kind !== undefined && isOwn(gauge.service) && (gauge.state === 'full' || gauge.state === 'risen')) kinds.add(kind);
  }
  if (findings.repeats.length > 0) kinds.add('load');
  if (findings.symptom === 'latency') kinds.add('latency');
  if (findings.symptom === 'errors' || findings.symptom === 'availability') kinds.add('errors');
  return kinds;
}

/** Whether telemetry shows any harm; an alert alone says that something is wrong, and nothing that a change could be held against. */
export function isHarmSeen({ failures, repeats, slow, templates, metrics, statements, workloads, gauges }: Findings): boolean {
  return (
    failures.length + repeats.length + slow.length + templates.length > 0 ||
    metrics.some(({ change }) => change.isHarmful && change.score >= PLAIN_SCORE) ||
    statements.some(({ isTrouble, source }) => isTrouble && source !== 'alert') ||
    workloads.some(({ isReady, isLeaving }) => !isReady && !isLeaving) ||
    gauges.some(({ state }) => state === 'full' || state === 'risen')
  );
}

const REQUESTS = /requests?(?:_|\.|$)|\brps\b|_rps|hits|throughput/i;
const SERVER_ERRORS = /(?:^|\D)5(?:xx|\d\d)(?:\D|$)/i;

/** What got worse, by the metric's name and kind; more requests are a load for whom they reach. */
function kindsOf({ change }: MetricFinding): SymptomKind[] {
  const { kind, direction, series } = change;
  const isMore = direction === 'up' && (kind === 'traffic' || (kind === 'other' && REQUESTS.test(series.metric)));
  if (change.score < PLAIN_SCORE || !(change.isHarmful || isMore)) return [];
  const isErrors = kind === 'errors' || (kind === 'other' && direction === 'up' && SERVER_ERRORS.test(series.metric));
  const general: SymptomKind[] = kind === 'latency' ? ['latency'] : isErrors ? ['errors'] : isMore ? ['load'] : [];
  return [...symptomsOfMetric(series.metric).filter((one) => !isGeneral(one)), ...general];
}
