import type { Investigation, InvestigationEvent } from '../domain/investigation';
import type { Alert } from '../domain/monitor';
import type { Clock, Forecaster, Log, Repository, Telemetry } from '../domain/ports';

export interface InvestigationDeps {
  readonly telemetry: Telemetry;
  readonly repositories: readonly Repository[];
  readonly clock: Clock;
  readonly log: Log;
  readonly forecaster: Forecaster;
}

/** What to investigate. A recording without a monitor gives its alert. */
export type Subject =
  | { readonly kind: 'monitor'; readonly id: number }
  | { readonly kind: 'service'; readonly service: string; readonly env: string | null }
  | { readonly kind: 'alert'; readonly alert: Alert };

/**
 * Runs the stages gather → perceive → diagnose → guide → recommend. Facts are told to `onEvent` as soon as they are
 * known. A source that fails costs its facts only and is named in `problems`. Rejects when the monitor does not exist,
 * when nothing at all can be read, and with `cancelled()` when the signal fires.
 */
export function investigate(
  _subject: Subject,
  _deps: InvestigationDeps,
  _onEvent: (event: InvestigationEvent) => void,
  _signal: AbortSignal,
): Promise<Investigation> {
  return Promise.reject(new Error('soon'));
}
