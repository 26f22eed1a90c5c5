import type { FrameMapper } from '../code/mapping';
import type { Alert } from '../domain/monitor';
import type { Clock, Forecaster, Log, Repository, Telemetry } from '../domain/ports';

export interface InvestigationDeps {
  readonly telemetry: Telemetry;
  readonly repositories: readonly Repository[];
  /** One that is kept for these repositories knows more and answers faster; a new one when absent. */
  readonly mapper?: FrameMapper;
  readonly clock: Clock;
  readonly log: Log;
  readonly forecaster: Forecaster;
}

/** What to investigate. A recording without a monitor gives its alert. */
export type Subject =
  | { readonly kind: 'monitor'; readonly id: number }
  | { readonly kind: 'service'; readonly service: string; readonly env: string | null }
  | { readonly kind: 'alert'; readonly alert: Alert };
