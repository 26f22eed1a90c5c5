import type { Anomaly } from '../../domain/anomaly';
import type { Telemetry } from '../../domain/ports';
import type { ServiceAnomaly, SurveyedService } from '../../domain/survey';
import type { Point, TimeSeries } from '../../domain/timeSeries';
import { detectAnomalies } from '../../signals/anomaly/detector';
import { searchAll, searchTerm } from '../queries';
import { dayBeforeOf } from './dayBefore';
import { lastingChange } from './lastingChange';
import type { ServiceCounts } from './serviceCounts';
import { judgeService, loadNow, usualLoad } from './serviceHealth';
import { type SignalSeries, signalsOf } from './serviceSignals';
import { signalQuery } from './surveyQueries';
import type { SurveyWindows } from './surveyWindows';
import { type Unusual, unusualStretches } from './unusual';

/** What a survey says of one service; ids are given by the survey. */
export interface Surveyed {
  readonly service: Omit<SurveyedService, 'id'>;
  readonly anomalies: readonly Omit<ServiceAnomaly, 'id'>[];
  /** Series with enough history to be looked at. */
  readonly seriesCount: number;
}

/** A sparkline is no wider than this many points are worth. */
const DRAWN_POINTS = 120;

/** Judges one service by its newest hours and the day before. */
export function surveyService(
  counts: ServiceCounts,
  before: ServiceCounts | null,
  windows: SurveyWindows,
  telemetry: Pick<Telemetry, 'linkTo'>,
): Surveyed {
  const signals = signalsOf(counts);
  const anomalies = signals.flatMap((series) => anomaliesOf(series, counts, before, windows, telemetry));
  const now = loadNow(counts);
  const { usual, usualBasis } = usualLoad(counts, before);
  const ongoing = anomalies.find(({ endedMs }) => endedMs === null);
  const query = searchAll(counts.env === null ? null : searchTerm('env', counts.env), searchTerm('service', counts.service));
  return {
    service: {
      service: counts.service,
      env: counts.env,
      ...judgeService(now, usual, ongoing?.signal ?? null),
      now,
      usual,
      usualBasis,
      link: telemetry.linkTo({ kind: 'spans', query, window: windows.watched }),
    },
    anomalies,
    seriesCount: signals.length,
  };
}

function anomaliesOf(
  series: SignalSeries,
  counts: ServiceCounts,
  before: ServiceCounts | null,
  { watched }: SurveyWindows,
  telemetry: Pick<Telemetry, 'linkTo'>,
): Omit<ServiceAnomaly, 'id'>[] {
  const { signal, stepSec, points } = series;
  const query = signalQuery(signal, counts.operation, counts.service, counts.env);
  const link = telemetry.linkTo({ kind: 'metric', query, window: watched });
  const found = unusualStretches(series, alarmsOf(series), dayBeforeOf(signal, before));
  const momentOf = (at: number) => (points[at]?.[0] ?? 0) * 1000;
  const described = found.map((one: Unusual) => ({
    service: counts.service,
    env: counts.env,
    signal,
    direction: one.direction,
    beganMs: momentOf(one.from),
    endedMs: one.isOngoing ? null : momentOf(one.to) + stepSec * 1000,
    score: one.score,
    value: one.value,
    expected: one.expected,
    reason: one.reason,
    query,
    link,
    points: drawn(points.filter(([sec]) => sec * 1000 >= watched.fromMs)),
  }));
  return described.filter(({ endedMs }) => endedMs === null || endedMs > watched.fromMs);
}

/** In the order of time. */
function alarmsOf(series: SignalSeries): Anomaly[] {
  const change = lastingChange(series.points, series.stepSec);
  return [...detectAnomalies(timeSeries(series)), ...(change ? [change] : [])].sort((a, b) => a.fromSec - b.fromSec);
}

const timeSeries = ({ signal, stepSec, points }: SignalSeries): TimeSeries => ({
  metric: signal,
  tags: [],
  unit: null,
  intervalSec: stepSec,
  points,
});

/** Every few points the one with the highest value, so that peaks stay. */
function drawn(points: readonly Point[]): readonly Point[] {
  const size = Math.ceil(points.length / DRAWN_POINTS);
  if (size <= 1) return points;
  const groups = Array.from({ length: Math.ceil(points.length / size) }, (_, at) => points.slice(at * size, (at + 1) * size));
  return groups.flatMap((group) => {
    const [first] = group;
    const values = group.flatMap(([, value]) => (value === null ? [] : [value]));
    return first ? [[first[0], values.length === 0 ? null : Math.max(...values)] as const] : [];
  });
}
