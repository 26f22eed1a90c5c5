import { type TimeSeries, type TimeWindow, tagValue } from '../domain/timeSeries';

/** Calls between two services that usually go on all the time and have ceased, although the caller goes on calling others. */
export interface SilentCall {
  readonly caller: string;
  readonly callee: string;
  readonly series: TimeSeries;
  /** 0..1: 1 less the chance that a call as frequent as this one is not seen for as long. */
  readonly certainty: number;
}

const MIN_CERTAINTY = 0.9;
const MIN_INTERVALS = 2;
/** An onset that is placed an interval early lets one value of the quiet time in. */
const STRAY_VALUES = 1;

interface Call extends Omit<SilentCall, 'certainty'> {
  readonly quiet: number;
  readonly loud: number;
}

/**
 * Finds calls that ceased in series that carry both ends of a call (tags `service` and `peer.service`; the caller is the
 * `service` of what a client measures, the `peer.service` of what a server does). With k values in n quiet intervals the chance
 * of a value is about (k + 1) / (n + 2) (Laplace), so the certainty after m intervals without is 1 − (1 − that)^m.
 */
export function silentCalls(all: readonly TimeSeries[], baseline: TimeWindow, incident: TimeWindow): readonly SilentCall[] {
  const calls = all.flatMap((series) => callOf(series, baseline, incident));
  const quietIntervals = Math.max(0, ...calls.map(({ quiet }) => quiet));
  const loudIntervals = Math.max(0, ...calls.map(({ loud }) => loud));
  const found = new Map<string, SilentCall>();
  for (const call of calls) {
    const { caller, callee, series } = call;
    const goesOn = calls.some((other) => other.caller === caller && other.callee !== callee && other.loud >= loudIntervals - STRAY_VALUES);
    if (loudIntervals < MIN_INTERVALS || call.loud > STRAY_VALUES || call.loud * 2 > loudIntervals || !goesOn) continue;
    const chance = (call.quiet + 1) / (quietIntervals + 2);
    const certainty = 1 - (1 - chance) ** (loudIntervals - call.loud);
    const key = JSON.stringify([caller, callee]);
    if (certainty >= MIN_CERTAINTY && certainty > (found.get(key)?.certainty ?? 0)) found.set(key, { caller, callee, series, certainty });
  }
  return [...found.values()].sort((a, b) => b.certainty - a.certainty);
}

const END = /(^|[._])(client|server)[._]/;

function callOf(series: TimeSeries, baseline: TimeWindow, incident: TimeWindow): Call[] {
  const end = END.exec(series.metric)?.[2];
  const [service, peer] = ['service', 'peer.service'].map((key) => tagValue(series.tags, key));
  if (end === undefined || !service || !peer || peer === 'N/A') return [];
  const [caller, callee] = end === 'client' ? [service, peer] : [peer, service];
  return [{ caller, callee, series, quiet: seen(series, baseline), loud: seen(series, incident) }];
}

const seen = ({ points }: TimeSeries, { fromMs, toMs }: TimeWindow) =>
  points.filter(([sec, value]) => value !== null && sec * 1000 >= fromMs && sec * 1000 < toMs).length;
