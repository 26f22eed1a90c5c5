import type { ForecastActuals } from '../domain/forecastActuals';
import type { Investigation, StageName, StageStatus } from '../domain/investigation';
import type { ModelSpending } from '../domain/modelUse';

export interface StageProgress {
  readonly stage: StageName;
  readonly status: StageStatus;
  readonly note: string;
}

/** What a person says of the first hypothesis. */
export type Judgement = 'right' | 'wrong';

/** All that the panel shows, whole; the webview is a function of the last one. */
export interface PanelSnapshot {
  readonly runId: string;
  /** What is being investigated, for the heading before anything is known. */
  readonly subject: string;
  readonly status: 'running' | 'done' | 'failed' | 'cancelled';
  /** The sentence to show when it failed or was cancelled. */
  readonly problem: string | null;
  readonly stages: readonly StageProgress[];
  /** What is known so far; fields arrive as stages finish. */
  readonly found: Partial<Investigation>;
  /** What language models took so far; absent where none was asked. */
  readonly spending?: ModelSpending;
  /** Epoch milliseconds when the run began, and when it ended or null. */
  readonly startedAtMs: number;
  readonly endedAtMs: number | null;
  /** What the person said of the first hypothesis; absent before they did. */
  readonly judgement?: Judgement;
  /** What forecast series did since, by the forecast's id; of those that are or were watched. */
  readonly actuals?: Readonly<Record<string, ForecastActuals>>;
}
