import type { Forecast, ForecasterKind } from '../../domain/forecast';
import type { ForecastRequest } from '../../domain/ports';
import { judge } from './anomalyScore';
import { type Band, mapBand } from './band';
import { breachOf, summarize } from './breach';
import { naturalLimits } from './naturalLimits';
import type { PreparedSeries } from './prepare';
import { CONTEXT, JUDGED_STEPS } from './window';

/** What a forecaster found for a series. */
export interface Found {
  /** HORIZON steps from the end on. */
  readonly band: Band;
  /** At least JUDGED_STEPS steps, made from the values before the last JUDGED_STEPS. */
  readonly earlier: Band;
  readonly answeredBy: ForecasterKind;
  /** In words. */
  readonly model: string;
}

/** Fewer values than this cannot be judged by those before them. */
const LEAST_VALUES = 2 * JUDGED_STEPS + 1;

/** The forecast that a person is shown: bands held to what the metric can be, judgement of the latest values, time to breach. */
export function answerOf(request: ForecastRequest, prepared: PreparedSeries, found: Found): Forecast {
  const { series, threshold, isBelow = false } = request;
  const { values, isObserved, stepSec, endSec } = prepared;
  const limits = naturalLimits(values, series.unit);
  const band = mapBand(found.band, limits);
  const limit = { threshold: Number.isFinite(threshold) ? threshold : null, isBelow };
  const judged = values.slice(-JUDGED_STEPS).map((value, index) => (isObserved.at(index - JUDGED_STEPS) ? value : null));
  const isJudged = values.length >= LEAST_VALUES;
  const before = values.slice(0, -JUDGED_STEPS);
  const { score, isDrop } = isJudged ? judge(judged, mapBand(found.earlier, limits), before) : { score: 0, isDrop: false };
  const breach = breachOf(band, limit, values.at(-1) ?? null, stepSec);
  const hasValues = values.length > 0;
  return {
    id: request.id,
    title: request.title,
    metric: series.metric,
    query: request.query,
    unit: series.unit,
    intervalSec: stepSec,
    history: series.points.slice(-CONTEXT),
    startSec: (endSec ?? series.points.at(-1)?.[0] ?? 0) + stepSec,
    ...band,
    ...limit,
    ...breach,
    anomalyScore: score,
    isDrop,
    answeredBy: found.answeredBy,
    model: found.model,
    summary: summarize({ band, hasValues, ...limit, ...breach, score, isDrop, unit: series.unit, stepSec }),
  };
}
