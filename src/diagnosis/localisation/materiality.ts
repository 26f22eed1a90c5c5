import type { Findings, MetricFinding } from '../findings';

/** How the alerting service's own trouble compares with what another one adds. */
export interface Materiality {
  /** 0..1 for added milliseconds: half where they make up what is needed to matter to the alert. */
  ofTime(addedMs: number): number;
  /** The same for an added share of failing requests, 0..1. */
  ofFailures(addedShare: number): number;
}

/** What adds this share of the alerting service's usual latency is noticed. */
const NOTICED = 0.1;
/** What makes up this share of the alert's growth takes part in it. */
const PART = 0.3;

/**
 * What a service adds has to be of a size to matter: a twentieth of a second more in one that answers within two says little,
 * however plain it is. added / (added + scale), where the scale is a tenth of the alerting service's usual latency or a third
 * of the alert's own growth, whichever is more, by the least of its latencies; 1 where neither is known.
 */
export function materialityOf({ metrics, alerting }: Findings): Materiality {
  const own = metrics.filter(({ service }) => service !== null && service === alerting);
  const grownMs = own.flatMap((metric) => addedTimeMs(metric) ?? []);
  const usualMs = own.flatMap(({ change }) =>
    change.kind === 'latency' ? change.before * (millisecondsOf(change.series.unit ?? timeUnitOf(change.series.metric)) ?? 0) : [],
  );
  const timeScale = Math.max(NOTICED * leastAboveZero(usualMs), PART * leastAboveZero(grownMs));
  const failureScale = PART * leastAboveZero(own.flatMap((metric) => addedFailures(metric) ?? []));
  return { ofTime: (addedMs) => shareOf(addedMs, timeScale), ofFailures: (added) => shareOf(added, failureScale) };
}

const shareOf = (added: number, scale: number) => (scale === 0 ? 1 : added <= 0 ? 0 : added / (added + scale));

const leastAboveZero = (values: readonly number[]) =>
  values.reduce((least, value) => (value > 0 && (least === 0 || value < least) ? value : least), 0);

/** How much longer a latency metric's requests take, in milliseconds; null for other metrics and without a unit of time. */
export function addedTimeMs({ change }: MetricFinding): number | null {
  const perMs = millisecondsOf(change.series.unit ?? timeUnitOf(change.series.metric));
  return change.kind === 'latency' && perMs !== null ? (change.during - change.before) * perMs : null;
}

/** By which share of the requests more fail, -1..1; null for metrics that are no share of requests. */
export function addedFailures({ change }: MetricFinding): number | null {
  const { kind, series, before, during } = change;
  if (kind !== 'availability' && kind !== 'errors') return null;
  const whole = series.unit === 'percent' ? 100 : series.unit === 'fraction' ? 1 : null;
  return whole === null ? null : ((kind === 'availability' ? -1 : 1) * (during - before)) / whole;
}

const MILLISECONDS: Readonly<Record<string, number>> = {
  nanosecond: 1e-6,
  microsecond: 1e-3,
  millisecond: 1,
  second: 1000,
  minute: 60_000,
};

/** The unit of time that a name ends in, as Prometheus has it (`http_request_duration_seconds`), where none is given with it. */
function timeUnitOf(metric: string): string | null {
  const [, short] = /[._](seconds|ms|millis|milliseconds|microseconds|us|nanoseconds|ns)$/i.exec(metric) ?? [];
  return short === undefined ? null : (UNITS[short.toLowerCase()] ?? null);
}

const UNITS: Readonly<Record<string, string>> = {
  seconds: 'second',
  ms: 'millisecond',
  millis: 'millisecond',
  milliseconds: 'millisecond',
  us: 'microsecond',
  microseconds: 'microsecond',
  ns: 'nanosecond',
  nanoseconds: 'nanosecond',
};

export function millisecondsOf(unit: string | null): number | null {
  return unit === null ? null : (MILLISECONDS[unit] ?? null);
}
