import type { Disposable } from '../domain/disposal';
import { isCancellation, messageFor } from '../domain/errors';
import type { Forecast } from '../domain/forecast';
import { type ForecastActuals, horizonEndMs } from '../domain/forecastActuals';
import type { Clock, Log } from '../domain/ports';
import type { EngineClient } from './engineClient';
import type { Run } from './investigations';

export interface ForecastWatchOptions {
  readonly engine: Pick<EngineClient, 'request'>;
  /** The run that the panel shows. */
  readonly shown: () => Run | null;
  readonly keep: (runId: string, forecastId: string, actuals: ForecastActuals) => void;
  readonly clock: Clock;
  readonly log: Log;
}

export interface ForecastWatch extends Disposable {
  /** Which forecast of the run that is shown is in view; null for none. */
  watch(forecastId: string | null): void;
}

const shortestMs = 30_000;
const longestMs = 300_000;
/** After failures the wait doubles, up to this many intervals. */
const longestBackoff = 16;
/** Points may come this many steps late. */
const graceSteps = 3;

/**
 * Asks for the new values of the forecast that is in view: at once, then every interval of the series, 30 seconds at least. Only
 * for a finished run on live telemetry, only until the horizon is over, and never twice at a time.
 */
export function createForecastWatch(options: ForecastWatchOptions): ForecastWatch {
  let turn: Turn | null = null;
  return {
    watch(forecastId) {
      turn?.dispose();
      turn = null;
      const run = options.shown();
      const forecast = run?.snapshot.found.forecasts?.find(({ id }) => id === forecastId);
      if (!run || !forecast || !isLive(run)) return;
      turn = new Turn(run.snapshot.runId, forecast, options);
      turn.begin();
    },
    dispose() {
      turn?.dispose();
      turn = null;
    },
  };
}

const isLive = ({ target, snapshot }: Run) => target.kind !== 'recording' && snapshot.status === 'done';

/** The watching of one forecast. */
class Turn implements Disposable {
  readonly #controller = new AbortController();
  readonly #intervalMs: number;
  #timer: NodeJS.Timeout | null = null;
  #failures = 0;

  constructor(
    private readonly runId: string,
    private readonly forecast: Forecast,
    private readonly options: ForecastWatchOptions,
  ) {
    this.#intervalMs = Math.min(Math.max(forecast.intervalSec * 1000, shortestMs), longestMs);
  }

  begin(): void {
    const { readAtMs } = this.#known;
    const waitMs = readAtMs === null ? 0 : Math.max(0, readAtMs + this.#intervalMs - this.options.clock.nowMs());
    if (readAtMs === null) this.#keep(this.#known);
    if (waitMs === 0) void this.#read();
    else this.#wait(waitMs);
  }

  dispose(): void {
    this.#controller.abort();
    if (this.#timer) clearTimeout(this.#timer);
  }

  get #known(): ForecastActuals {
    return this.options.shown()?.snapshot.actuals?.[this.forecast.id] ?? { points: [], readAtMs: null, problem: null };
  }

  async #read(): Promise<void> {
    const { engine, clock, log } = this.options;
    const toMs = clock.nowMs();
    const { signal } = this.#controller;
    try {
      const points = await engine.request(
        'readSeries',
        { ...questionOf(this.forecast), fromMs: toMs - spanMs(this.forecast), toMs },
        { signal },
      );
      if (signal.aborted) return;
      this.#failures = 0;
      const after = points.filter(([atSec]) => atSec > this.forecast.startSec - this.forecast.intervalSec / 2);
      this.#keep({ points: after, readAtMs: toMs, problem: null });
    } catch (error) {
      if (signal.aborted || isCancellation(error)) return;
      log.error(`New values of "${this.forecast.title}" could not be read.`, error);
      this.#failures++;
      this.#keep({ ...this.#known, readAtMs: toMs, problem: messageFor(error) });
    }
    this.#wait(this.#intervalMs * Math.min(2 ** this.#failures, longestBackoff));
  }

  #wait(waitMs: number): void {
    const endMs = horizonEndMs(this.forecast) + graceSteps * this.forecast.intervalSec * 1000;
    if (this.#controller.signal.aborted || this.options.clock.nowMs() >= endMs) return;
    this.#timer = setTimeout(() => void this.#read(), waitMs);
  }

  /** Another run may be shown by now; then this one is of no interest any more. */
  #keep(actuals: ForecastActuals): void {
    if (this.options.shown()?.snapshot.runId === this.runId) this.options.keep(this.runId, this.forecast.id, actuals);
    else this.dispose();
  }
}

const questionOf = ({ query, tags, intervalSec }: Forecast) => ({ query, tags: tags ? [...tags] : null, stepSec: intervalSec });

/** As long as the history, so that the source answers in the same intervals; the horizon and late points fit in at least. */
function spanMs({ history, intervalSec, median }: Forecast): number {
  const first = history[0]?.[0] ?? 0;
  const last = history.at(-1)?.[0] ?? first;
  return Math.max(last - first + intervalSec, (median.length + 2 * graceSteps) * intervalSec) * 1000;
}
