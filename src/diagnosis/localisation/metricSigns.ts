import { formatQuantity } from '../../domain/format';
import { type MetricKind, metricScale } from '../../signals/metricKind';
import type { Findings, MetricFinding, Symptom } from '../findings';
import { addedFailures, addedTimeMs, type Materiality, materialityOf } from './materiality';
import { plainness, type Sign, type SignKind } from './sign';

const KINDS: Readonly<Record<MetricKind, SignKind>> = {
  saturation: 'saturation',
  latency: 'latency',
  errors: 'failure_rate',
  availability: 'failure_rate',
  traffic: 'load',
  other: 'change',
};
/** Which way a symptom moves when it gets worse. */
const WORSE: Readonly<Record<Symptom, -1 | 0 | 1>> = { errors: 1, latency: 1, saturation: 1, availability: -1, traffic: 0, unknown: 0 };
/** Two series of the alerting service that agree like this are the alert itself. */
const SAME_SERIES = 0.98;
/** Another kind of metric than that which alerts may move with it for other reasons. */
const OTHER_KIND = 0.6;
/** Percentage points of a resource that are worth a look. */
const NOTICED_POINTS = 10;
/** Calls that the client gave up tell of the client. */
const GIVEN_UP = /cancel/i;
const GIVEN_UP_SHARE = 0.25;
/** That a process ended is about that process; nobody who calls it counts it as well. */
const DIED = /restart|oom_?kill|evict|crash/i;
/** Agreement below this is not worth a word. */
const MIN_AGREEMENT = 0.1;

/** What each service's own metrics say: that they got worse, and that they move with what alerts. */
export function metricSigns(findings: Findings): readonly Sign[] {
  const materiality = materialityOf(findings);
  const alike = namelessSymptoms(findings);
  return findings.metrics.flatMap((metric) => {
    const { service } = metric;
    if (service === null) return [];
    const matters = service === findings.alerting ? 1 : sizeOf(metric, materiality);
    const direction = alike.get(metric.change.series.metric);
    if (direction !== undefined && direction !== metric.change.direction) return [];
    const kind = direction === undefined ? KINDS[metric.change.kind] : 'failure_rate';
    return [...changeSign(service, metric, kind, matters), ...correlationSign(service, metric, kind, matters, findings)];
  });
}

/**
 * Metrics that alert, or move as one with what alerts, and whose names do not say what they are: for every service they are the
 * symptom, and worse is where they went for the alerting one.
 */
function namelessSymptoms({ metrics, alerting }: Findings): ReadonlyMap<string, MetricFinding['change']['direction']> {
  const alike = metrics.filter(({ service, change, correlation }) => {
    return service !== null && service === alerting && change.kind === 'other' && Math.abs(correlation) > SAME_SERIES;
  });
  return new Map(alike.map(({ change }) => [change.series.metric, change.direction]));
}

/** 0..1: whether the change is of a size to matter to what alerts; 1 for what has no such size. */
function sizeOf(metric: MetricFinding, materiality: Materiality): number {
  const addedMs = addedTimeMs(metric);
  if (addedMs !== null) return materiality.ofTime(addedMs);
  const failures = addedFailures(metric);
  if (failures !== null) return materiality.ofFailures(failures);
  const { kind, series, before, during } = metric.change;
  const points = { points: 1, fraction: 100, ratio: null }[metricScale(series.metric, series.unit)];
  if (kind !== 'saturation' || points === null) return 1;
  const added = Math.abs(during - before) * points;
  return added / (added + NOTICED_POINTS);
}

function changeSign(service: string, metric: MetricFinding, kind: SignKind, matters: number): Sign[] {
  const { change, evidence } = metric;
  if (!change.isHarmful) return [];
  return [
    {
      service,
      kind: DIED.test(change.series.metric) ? 'restarts' : kind,
      score: plainness(change.score) * matters * blame(change.series.metric),
      reason: changeWords(metric),
      evidence,
    },
  ];
}

function changeWords({ change }: MetricFinding): string {
  const { series, before, during, direction } = change;
  const verb = direction === 'down' ? 'fell' : 'rose';
  return `${series.metric} ${verb} from ${formatQuantity(before, series.unit)} to ${formatQuantity(during, series.unit)}`;
}

function correlationSign(service: string, metric: MetricFinding, kind: SignKind, matters: number, { alerting, symptom }: Findings): Sign[] {
  const { change, correlation, pairs, evidence } = metric;
  if (service === alerting && Math.abs(correlation) > SAME_SERIES) return [];
  const worse = change.kind === 'availability' ? -1 : isOfNoSide(kind) || change.kind === 'other' ? 0 : 1;
  const agreement = worse === 0 || WORSE[symptom] === 0 ? Math.abs(correlation) : correlation * worse * WORSE[symptom];
  const score = surely(agreement, pairs) ** 2 * kindShare(kind, symptom) * matters * blame(change.series.metric);
  if (score < MIN_AGREEMENT) return [];
  const way = correlation < 0 ? 'against' : 'with';
  const reason = `${change.series.metric} moves ${way} what alerts (correlation ${correlation.toFixed(2)} over ${pairs} points)`;
  return [{ service, kind: isOfNoSide(kind) ? 'load' : 'correlation', score, reason, evidence }];
}

const blame = (metric: string) => (GIVEN_UP.test(metric) ? GIVEN_UP_SHARE : 1);

/** More or less of it is neither good nor bad by itself. */
const isOfNoSide = (kind: SignKind) => kind === 'load' || kind === 'change';

function kindShare(kind: SignKind, symptom: Symptom): number {
  const alerting = symptom === 'unknown' ? 'failure_rate' : KINDS[symptom];
  return kind === alerting ? 1 : OTHER_KIND;
}

/** The correlation that is left after one standard error, by Fisher's z: few points agree by chance. */
function surely(correlation: number, pairs: number): number {
  if (pairs <= 3 || correlation <= 0) return 0;
  return Math.max(0, Math.tanh(Math.atanh(Math.min(correlation, 0.999)) - 1 / Math.sqrt(pairs - 3)));
}
