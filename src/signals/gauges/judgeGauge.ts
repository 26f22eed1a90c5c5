import type { TimeSeries, TimeWindow } from '../../domain/timeSeries';
import { valuesWithin } from '../../domain/timeSeries';
import { isTimeUnit, metricScale } from '../metricKind';
import { median } from '../statistics';
import { isLessBad, type Resource } from './resource';

/**
 * How a gauge stands now: at its usual level (`calm`), far from where it began and still there (`risen`, `fallen`), at its
 * natural limit (`full`), or back from either (`recovered`).
 */
export type GaugeState = 'calm' | 'risen' | 'fallen' | 'full' | 'recovered';

export interface GaugeLevels {
  readonly state: GaugeState;
  readonly first: number;
  /** The furthest in the direction that hurts. */
  readonly worst: number;
  readonly last: number;
  /** When it went more than half of the way from its first level to its worst; null where it is calm. */
  readonly movedAtMs: number | null;
}

const LATEST = 3;
const MIN_VALUES = 4;
/** Percent of a whole from which work queues, and below which it no longer does. */
const FULL_POINTS = 85;
const EASED_POINTS = 75;
/** A utilisation has risen when it is this many points higher and more than half of the whole is used. */
const RISEN_POINTS = 25;
const HIGH_POINTS = 60;
/** What is counted has risen when it is this many times what it was; less room than this share of what there was has fallen. */
const RISEN_RATIO = 3;
const RISEN_CONNECTIONS_RATIO = 1.8;
const FALLEN_SHARE = 0.5;
const EXHAUSTED_SHARE = 0.05;
/** Back means that no more than this share of the way to the worst is left. */
const BACK_SHARE = 0.3;

/** What is done rather than what is used up: less of it than this share of what was usual means that it stopped. */
const WORK: ReadonlySet<Resource> = new Set(['storage_io', 'traffic', 'network', 'write_log', 'connections']);
const STOPPED_SHARE = 0.2;

/**
 * The least level at which a rise can hurt anybody, in the resource's own unit (seconds of lag, milliseconds of latency, queued
 * requests): from nothing to next to nothing is no rise.
 */
const FLOORS: Readonly<Partial<Record<Resource, number>>> = {
  replication: 30,
  latency: 10,
  queue: 10,
  storage_io: 5,
  load: 2,
  connections: 20,
};

/**
 * Reads a series by its levels, where there may be no quiet hour to compare with: the first level is the quiet stretch's median
 * where one is given, else the least harmful value of the first quarter; the last is the median of the latest three.
 * `limit` is the whole of what is counted, where it is known. null without values.
 */
export function judgeGauge(
  series: TimeSeries,
  resource: Resource,
  quiet: TimeWindow | null,
  limit: number | null = null,
): GaugeLevels | null {
  const known = series.points.filter((point): point is readonly [number, number] => point[1] !== null && Number.isFinite(point[1]));
  const values = known.map(([, value]) => value);
  if (values.length === 0) return null;
  const lessBad = isLessBad(series.metric);
  const early = values.slice(0, Math.max(1, Math.floor(values.length / 4)));
  const before = quiet === null ? [] : valuesWithin(series, quiet);
  const first = before.length >= MIN_VALUES ? median(before) : lessBad ? Math.max(...early) : Math.min(...early);
  const last = median(values.slice(-LATEST));
  const worst = values.reduce((most, value) => (lessBad ? Math.min(most, value) : Math.max(most, value)));
  const levels = { first, worst, last };
  const ofLimit =
    limit === null || !(limit > 0) || lessBad ? null : ofShare((100 * first) / limit, (100 * worst) / limit, (100 * last) / limit);
  const state = ofLimit ?? (values.length < MIN_VALUES ? levelOnly(series, last) : stateOf(series, resource, levels, lessBad));
  const half = (first + worst) / 2;
  const moved = known.find(([, value]) => (lessBad ? value <= half : value >= half));
  return { ...levels, state, movedAtMs: state === 'calm' || moved === undefined ? null : moved[0] * 1000 };
}

/** 0..100 where the metric is a share of a whole; null where it has none. */
function pointsOf(series: TimeSeries, value: number): number | null {
  const scale = metricScale(series.metric, series.unit);
  return scale === 'points' ? value : scale === 'fraction' ? value * 100 : null;
}

function levelOnly(series: TimeSeries, last: number): GaugeState {
  if (isCountOfMissing(series.metric)) return last > 0 ? 'risen' : 'calm';
  const points = pointsOf(series, last);
  return points !== null && points >= FULL_POINTS && !isLessBad(series.metric) ? 'full' : 'calm';
}

/** Replicas that are wanted and not there: none is the only good number. */
const isCountOfMissing = (metric: string) => /replicas?_unavailable|pods?_(unavailable|unready|failed)/i.test(metric);

type Levels = Pick<GaugeLevels, 'first' | 'worst' | 'last'>;

function stateOf(series: TimeSeries, resource: Resource, levels: Levels, lessBad: boolean): GaugeState {
  if (isCountOfMissing(series.metric)) return levels.last > 0 ? 'risen' : levels.worst > 0 ? 'recovered' : 'calm';
  if (lessBad) return ofRoom(levels);
  const [first, worst, last] = [levels.first, levels.worst, levels.last].map((value) => pointsOf(series, value));
  if (first !== null && first !== undefined && worst !== null && worst !== undefined && last !== null && last !== undefined)
    return ofShare(first, worst, last);
  return ofCount(resource, levels, series.unit);
}

function ofShare(first: number, worst: number, last: number): GaugeState {
  if (last >= FULL_POINTS) return 'full';
  if (worst >= FULL_POINTS && last < EASED_POINTS) return 'recovered';
  return last - first >= RISEN_POINTS && last >= HIGH_POINTS ? 'risen' : 'calm';
}

function ofRoom({ first, worst, last }: Levels): GaugeState {
  const most = Math.max(first, last);
  if (most <= 0) return 'calm';
  if (last <= EXHAUSTED_SHARE * most) return 'full';
  if (worst <= FALLEN_SHARE * most && last - worst >= (1 - BACK_SHARE) * (most - worst)) return 'recovered';
  return last <= FALLEN_SHARE * first ? 'fallen' : 'calm';
}

function ofCount(resource: Resource, levels: Levels, unit: string | null): GaugeState {
  const size = resource === 'latency' || resource === 'replication' ? timeIn(unit, resource) : 1;
  const floor = FLOORS[resource] ?? 0;
  const [first, worst, last] = [levels.first * size, levels.worst * size, levels.last * size];
  const ratio = resource === 'connections' ? RISEN_CONNECTIONS_RATIO : RISEN_RATIO;
  const isHigh = (value: number, than: number) => value >= floor && value > ratio * Math.max(than, 0);
  if (isHigh(last, first)) return 'risen';
  if (WORK.has(resource) && last < STOPPED_SHARE * first && worst < ratio * first) return 'fallen';
  const rest = Math.min(first, last);
  return isHigh(worst, rest) && last - rest <= BACK_SHARE * (worst - rest) ? 'recovered' : 'calm';
}

const SECONDS: Readonly<Record<string, number>> = {
  nanosecond: 1e-9,
  microsecond: 1e-6,
  millisecond: 1e-3,
  second: 1,
  minute: 60,
  hour: 3600,
};

/** Lag is compared in seconds, latency in milliseconds. */
function timeIn(unit: string | null, resource: Resource): number {
  const seconds = isTimeUnit(unit) ? (SECONDS[unit ?? ''] ?? 1) : resource === 'replication' ? 1 : 1e-3;
  return resource === 'latency' ? seconds * 1000 : seconds;
}
