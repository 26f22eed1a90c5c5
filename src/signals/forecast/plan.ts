import type { Forecast, ForecasterKind } from '../../domain/forecast';
import type { ForecastRequest } from '../../domain/ports';
import type { PredictedBand } from '../../domain/quantileModel';
import { answerOf } from './answer';
import { type Band, blendBands, mapBand } from './band';
import { conformalFactor, type Outcome, widened } from './conformal';
import { type ModelContext, modelContext } from './modelContext';
import { reachLimits } from './naturalLimits';
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

/** Share of exact repeats over which a series is left to the statistical methods. */
const HARDLY_MOVES = 0.9;
/** Shorter histories tell a model too little. */
const LEAST_FOR_MODEL = 32;
/** Earlier origins, in steps before the end, at which the model's band is held against what came; each with enough before it. */
const OUTCOMES_BACK = [HORIZON] as const;
const LEAST_FOR_OUTCOME = 256;
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
      const [own, earlier, ...before] = contexts.map((context, index) => {
        const found = predicted[index];
        return found && context.toBand(found);
      });
      if (!own || !earlier) return finishAlone(null);
      const { values } = prepared;
      const factor = conformalFactor(before.flatMap((band, index) => (band ? [outcomeOf(band, values, OUTCOMES_BACK[index] ?? 0)] : [])));
      const { band, model } = withCycle(held(widened(own, factor), values), by, values.slice(-CONTEXT), request.season);
      const judged = held(widened(earlier, factor), values.slice(0, -JUDGED_STEPS));
      return answerOf(request, prepared, { band, earlier: judged, answeredBy: by.kind, model });
    },
    finishAlone,
  };
}

const held = (band: Band, known: readonly number[]): Band => mapBand(band, reachLimits(known.slice(-CONTEXT), HORIZON));

/** The contexts at the end, before the judged steps, and at earlier origins; or why a model is not asked. */
function contextsOf({ values }: PreparedSeries): readonly ModelContext[] | string {
  if (values.length < LEAST_FOR_MODEL) return 'the history is short';
  if (repeatsItself(values, HARDLY_MOVES)) return 'the series repeats itself';
  const contexts = [0, JUDGED_STEPS].map((back) => modelContext(values.slice(0, values.length - back))).filter((each) => each !== null);
  if (contexts.length < 2) return 'the series is constant';
  for (const back of OUTCOMES_BACK) {
    const context = values.length - back < LEAST_FOR_OUTCOME ? null : modelContext(values.slice(0, values.length - back));
    if (context === null) break;
    contexts.push(context);
  }
  return contexts;
}

/** What came after an origin so many steps before the end. */
const outcomeOf = (band: Band, values: readonly number[], back: number): Outcome => ({
  band,
  actual: values.slice(values.length - back).slice(0, HORIZON),
});

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
