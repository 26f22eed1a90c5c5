import type { Forecast, ForecasterKind } from '../../domain/forecast';
import type { ForecastRequest } from '../../domain/ports';
import type { PredictedBand } from '../../domain/quantileModel';
import { answerOf } from './answer';
import { type Band, blendBands } from './band';
import { type ModelContext, modelContext } from './modelContext';
import { type PreparedSeries, prepareSeries } from './prepare';
import { repeatsItself } from './repeats';
import { periodsOf, type Selected, selectForecast } from './selector';
import { CONTEXT, HORIZON, JUDGED_STEPS } from './window';

/** Who predicted the bands. */
export interface Predictor {
  readonly kind: Exclude<ForecasterKind, 'statistical'>;
  /** In words. */
  readonly name: string;
}

/** A forecast that waits for what a model predicts for its contexts. */
export interface ForecastPlan {
  /** To be predicted by a model; none when it has no say. */
  readonly contexts: readonly Float32Array[];
  /** `predicted` is one band for each context. */
  finish(predicted: readonly PredictedBand[], by: Predictor): Forecast;
  /** The answer without a model; `why` is said where there was to be one. */
  finishAlone(why: string | null): Forecast;
}

/** Shorter histories tell a model too little. */
const LEAST_FOR_MODEL = 32;
/** A cycle is believed in when it was seen so often, and its error was that much smaller than without it. */
const CYCLES_SEEN = 2;
const CLEAR_GAIN = 1.3;
/** Then model and copies of the cycle are averaged: their errors differ, so that the average is better than either. */
const MODEL_SHARE = 0.5;

/** Prepares a series and decides who is asked. */
export function planForecast(request: ForecastRequest): ForecastPlan {
  const prepared = prepareSeries(request.series.points, request.series.intervalSec);
  const asked = contextsOf(prepared);
  const alone = typeof asked === 'string' ? asked : null;
  const contexts = typeof asked === 'string' ? [] : asked;
  const finishAlone = (why: string | null) => answerAlone(request, prepared, alone ?? why);
  return {
    contexts: contexts.map(({ values }) => values),
    finish(predicted, by) {
      const [own, earlier] = contexts.map((context, index) => {
        const found = predicted[index];
        return found && context.toBand(found);
      });
      if (!own || !earlier) return finishAlone(null);
      const { band, model } = withCycle(own, by, prepared.values.slice(-CONTEXT), request.season);
      return answerOf(request, prepared, { band, earlier, answeredBy: by.kind, model });
    },
    finishAlone,
  };
}

/** The contexts at the end and before the judged steps, or why a model is not asked. */
function contextsOf({ values }: PreparedSeries): readonly ModelContext[] | string {
  if (values.length < LEAST_FOR_MODEL) return 'the history is short';
  if (repeatsItself(values)) return 'the series repeats itself';
  const contexts = [modelContext(values), modelContext(values.slice(0, -JUDGED_STEPS))].filter((context) => context !== null);
  return contexts.length === 2 ? contexts : 'the series is constant';
}

/** What a model predicts, averaged with copies of the series' own cycle where that is plain to see. */
function withCycle(band: Band, by: Predictor, known: readonly number[], season: number | null): { band: Band; model: string } {
  const wasSeen = (period: number) => period * CYCLES_SEEN <= known.length;
  if (!periodsOf(known, season).some(wasSeen)) return { band, model: by.name };
  const cycle = selectForecast(known, HORIZON, season);
  const isPlain = cycle.period !== null && wasSeen(cycle.period) && cycle.seasonalGain >= CLEAR_GAIN;
  if (!isPlain) return { band, model: by.name };
  return { band: blendBands(band, cycle.band, MODEL_SHARE), model: `${by.name}, averaged with ${cycle.method}` };
}

function answerAlone(request: ForecastRequest, prepared: PreparedSeries, why: string | null): Forecast {
  const { values } = prepared;
  const { band, method }: Selected = selectForecast(values.slice(-CONTEXT), HORIZON, request.season);
  const earlier = selectForecast(values.slice(0, -JUDGED_STEPS), JUDGED_STEPS, request.season).band;
  const model = `statistical: ${method}${why === null ? '' : ` (${why})`}`;
  return answerOf(request, prepared, { band, earlier, answeredBy: 'statistical', model });
}
