import type { Disposable } from '../domain/disposal';
import { isCancellation, messageFor } from '../domain/errors';
import type { Forecast, ForecastSettings } from '../domain/forecast';
import { forecastCancelled } from '../domain/forecastErrors';
import type { Forecaster, ForecastRequest, Log } from '../domain/ports';
import type { PredictedBand } from '../domain/quantileModel';
import type { ForecastPlan } from '../signals/forecast/plan';
import type { ForecastModel } from './forecastModels';

/** A forecaster that can be told other settings. */
export interface ConfigurableForecaster extends Forecaster, Disposable {
  configure(settings: ForecastSettings): void;
}

/** Opens the model that the settings ask for; null for none. */
export type OpenModel = (settings: ForecastSettings) => Promise<ForecastModel | null>;

/** Series that are worked on at once: between parts others get their turn, and cancelling is heard. */
const PART = 16;
/** After a failure a model is not tried again for so long. */
const RETRY_MS = 300_000;

/**
 * The forecaster that the settings ask for; the statistical methods stand in where a model has no say or fails, and the answer
 * says so. Nothing of a model is loaded before the first forecast.
 */
export function createForecaster(settings: ForecastSettings, log: Log, open: OpenModel = openModel): ConfigurableForecaster {
  const models = new Models(settings, log, open);
  const forecastAll: Forecaster['forecastAll'] = async (requests, signal, onDone) => {
    const forecasts: Forecast[] = [];
    const ask = (at: number) => {
      if (signal?.aborted) throw forecastCancelled(signal.reason);
      if (at >= requests.length) return null;
      const part = askForPart(requests.slice(at, at + PART), models, signal);
      // Awaited a part later, if at all.
      part.catch(() => undefined);
      return part;
    };
    let asked = ask(0);
    for (let at = PART; asked !== null; at += PART) {
      const part = await asked;
      // The model works on the next part while this one is finished here.
      asked = ask(at);
      forecasts.push(...part.finish());
      onDone?.(forecasts.length);
      await new Promise((resolve) => setImmediate(resolve));
    }
    return forecasts;
  };
  return {
    forecastAll,
    async forecast(request, signal) {
      const [forecast] = await forecastAll([request], signal);
      if (!forecast) throw forecastCancelled(signal?.reason);
      return forecast;
    },
    configure: (changed) => models.configure(changed),
    dispose: () => models.dispose(),
  };
}

async function openModel({ model, modelFile }: ForecastSettings): Promise<ForecastModel | null> {
  if (modelFile === null && model === 'statistical') return null;
  const { embeddedModel, modelOfFile } = await import('./forecastModels');
  return modelFile === null ? embeddedModel() : modelOfFile(modelFile);
}

/** Series that the model has had its say about. */
interface AnsweredPart {
  finish(): Forecast[];
}

async function askForPart(requests: readonly ForecastRequest[], models: Models, signal: AbortSignal | undefined): Promise<AnsweredPart> {
  const { planForecast } = await import('../signals/forecast/plan');
  const plans = requests.map(planForecast);
  const contexts = plans.flatMap((plan) => plan.contexts);
  const answer = contexts.length === 0 ? { bands: [], model: null, why: null } : await models.predict(contexts, signal);
  return { finish: () => finishAll(plans, answer) };
}

function finishAll(plans: readonly ForecastPlan[], { bands, model, why }: ModelAnswer): Forecast[] {
  let at = 0;
  return plans.map((plan) => {
    const own = bands.slice(at, at + plan.contexts.length);
    at += plan.contexts.length;
    return model === null || own.length === 0 ? plan.finishAlone(why) : plan.finish(own, model.by);
  });
}

interface ModelAnswer {
  readonly bands: readonly PredictedBand[];
  /** Null when none answered. */
  readonly model: ForecastModel | null;
  /** Why none answered though one should have. */
  readonly why: string | null;
}

/** The model in use, and what became of it. */
class Models implements Disposable {
  #opened: Promise<ForecastModel | null> | null = null;
  #failure: { readonly why: string; readonly untilMs: number } | null = null;

  constructor(
    private settings: ForecastSettings,
    private readonly log: Log,
    private readonly open: OpenModel,
  ) {}

  configure(settings: ForecastSettings): void {
    if (settings.model === this.settings.model && settings.modelFile === this.settings.modelFile) return;
    this.dispose();
    this.settings = settings;
  }

  async predict(contexts: readonly Float32Array[], signal: AbortSignal | undefined): Promise<ModelAnswer> {
    if (this.#failure && performance.now() < this.#failure.untilMs) return { bands: [], model: null, why: this.#failure.why };
    try {
      this.#opened ??= this.#openOnce();
      const model = await this.#opened;
      return { bands: model === null ? [] : await model.model.predict(contexts, signal), model, why: null };
    } catch (error) {
      if (isCancellation(error)) throw error;
      this.log.error('The forecasting model failed; the statistical methods answer instead.', error);
      this.#failure = { why: messageFor(error), untilMs: performance.now() + RETRY_MS };
      return { bands: [], model: null, why: this.#failure.why };
    }
  }

  dispose(): void {
    this.#opened?.then((model) => model?.model.dispose()).catch(() => undefined);
    this.#opened = null;
    this.#failure = null;
  }

  async #openOnce(): Promise<ForecastModel | null> {
    const model = await this.open(this.settings);
    const warning = await model?.warning();
    if (warning) this.log.info(warning);
    return model;
  }
}
