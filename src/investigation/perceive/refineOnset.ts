import { type TimeWindow, valuesWithin } from '../../domain/timeSeries';
import { commonOnset, MIN_KNOWN } from '../../signals/commonOnset';
import { alertOnset } from '../../signals/onset';
import type { Gathered } from '../gathered';
import { limitOf } from '../monitorQuery';
import { onsetWindow } from '../windows';
import { serviceOf } from './seriesNames';

/** Alerts fire within the window that they evaluate, and some minutes later where telemetry is slow to arrive. */
const MIN_REACH_MS = 5 * 60_000;
const DELAY_MS = 3 * 60_000;
/** A sample may bear the time at which its interval ends, and clocks of monitor and sources differ. */
const LATE_MS = 3 * 60_000;

/**
 * The onset as the fine series of the alert shows it, the coarse one having placed it to an interval of many minutes. Where the
 * alert's metric shows no step, or without a limit to cross only one that is too old to have fired it or that no level precedes, the
 * other metrics may: the time at which most services' metrics took a plain turn for the worse. null when nothing stands out.
 */
export function refinedOnset(gathered: Gathered, nowMs: number): number | null {
  const { opening, onsetMs } = gathered;
  const { firedAtMs } = opening.alert;
  const reachMs = Math.max(MIN_REACH_MS, (opening.query?.windowSec ?? 0) * 1000) + DELAY_MS;
  const plausible = { fromMs: firedAtMs - reachMs, toMs: Math.min(nowMs, firedAtMs + LATE_MS) + 1 };
  const own = fineOnset(gathered, nowMs) ?? onsetMs;
  const mayBeOld = limitOf(opening.query) !== null;
  if (own !== null && (mayBeOld || (own >= plausible.fromMs && hasLevelBefore(gathered, own)))) return own;
  return onsetFromMetrics(gathered, plausible, nowMs) ?? own;
}

/** Soon after the beginning of a series, the few values before a step are no level to compare with. */
function hasLevelBefore({ fineSeries }: Gathered, onsetMs: number): boolean {
  return fineSeries === null || valuesWithin(fineSeries, { fromMs: 0, toMs: onsetMs }).length >= MIN_KNOWN;
}

function fineOnset({ fineSeries, opening, windows }: Gathered, nowMs: number): number | null {
  if (!fineSeries) return null;
  const { fromMs, toMs } = onsetWindow(opening.alert.firedAtMs, nowMs);
  return alertOnset(fineSeries, { fromMs: Math.max(fromMs, windows.whole.fromMs), toMs }, limitOf(opening.query));
}

function onsetFromMetrics({ opening, metrics }: Gathered, plausible: TimeWindow, nowMs: number): number | null {
  const all = metrics.flatMap(({ series }) => series.flatMap((one) => ({ owner: serviceOf(one) ?? '', series: one })));
  return commonOnset(all, onsetWindow(opening.alert.firedAtMs, nowMs), plausible);
}
