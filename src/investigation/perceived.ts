import type { Findings } from '../diagnosis/findings';
import type { Forecast } from '../domain/forecast';
import type { MetricChart } from '../domain/investigation';

/** What was seen: the findings that diagnosis works on, and what is shown as it is. */
export interface Perceived {
  readonly findings: Findings;
  readonly forecasts: readonly Forecast[];
  readonly charts: readonly MetricChart[];
}
