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
