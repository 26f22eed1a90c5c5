import type { Investigation } from '../../../src/domain/investigation';
import { investigate } from '../../../src/investigation/investigate';
import { createStatisticalForecaster } from '../../../src/signals/forecast/statistical';
import { createFakeRepository } from '../repository';
import { createFakeTelemetry, type Method } from '../telemetry';
import { databaseIncidents } from './databases';
import { platformIncidents } from './platforms';
import { serviceIncidents } from './services';
import { tracedIncidents } from './traced';
import { MINI_NOW_MS, type MiniIncident } from './world';

/** Every type of incident, with its healthy look-alikes and red herrings, made up for this project. */
export const miniIncidents: readonly MiniIncident[] = [...databaseIncidents, ...platformIncidents, ...serviceIncidents, ...tracedIncidents];

/** What telemetry does not answer is given by `faults`. */
export function investigateMini(
  { alert, world, commits }: MiniIncident,
  faults: Partial<Record<Method, unknown>> = {},
): Promise<Investigation> {
  const deps = {
    telemetry: createFakeTelemetry(world, { faults }),
    repositories: commits.length === 0 ? [] : [createFakeRepository({ root: '/orders', commits, files: {} })],
    clock: { nowMs: () => MINI_NOW_MS },
    log: { info: () => undefined, error: () => undefined },
    forecaster: createStatisticalForecaster(),
  };
  return investigate({ kind: 'alert', alert }, deps, () => undefined, new AbortController().signal);
}
