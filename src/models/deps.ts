import type { ModelSettings } from '../domain/modelUse';
import type { Clock, Log } from '../domain/ports';
import type { Breakers } from './breakers';
import type { CompleteWithEditor } from './editor';
import type { Fetch } from './http';
import type { Meter } from './meter';
import type { PromptRecorder } from './recorder';
import type { RetryOptions } from './retries';
import type { Patience } from './watch';

export interface ModelDeps {
  readonly clock: Clock;
  readonly log: Log;
  /** What is spent on one investigation; a new one for each. */
  readonly meter?: Meter;
  /** Kept over investigations, as is what is known about models that fail. */
  readonly recorder?: PromptRecorder;
  readonly breakers?: Breakers;
  /** How to reach the models of VS Code; outside of it there is no way. */
  readonly completeWithEditor?: CompleteWithEditor;
  readonly fetch?: Fetch;
  readonly retries?: Partial<RetryOptions>;
  /** Instead of what `timeoutSec` comes to. */
  readonly patience?: Patience;
}

/** What every model of one investigation shares. */
export interface Shared extends Required<Omit<ModelDeps, 'completeWithEditor' | 'patience' | 'retries'>> {
  readonly settings: ModelSettings;
  readonly completeWithEditor: CompleteWithEditor | null;
  readonly patience: Patience;
  readonly retries: Partial<RetryOptions>;
}
