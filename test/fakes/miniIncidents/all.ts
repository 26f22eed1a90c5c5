import type { Investigation } from '../../../src/domain/investigation';
import { investigate } from '../../../src/investigation/investigate';
import { createStatisticalForecaster } from '../../../src/signals/forecast/statistical';
import { createFakeTelemetry } from '../telemetry';
import { databaseIncidents } from './databases';
import { platformIncidents } from './platforms';
import { serviceIncidents } from './services';
import { MINI_NOW_MS, type MiniIncident } from './world';

/** Every type of incident, with its healthy look-alikes and red herrings, made up for this project. */
export const miniIncidents: readonly MiniIncident[] = [...databaseIncidents, ...platformIncidents, ...serviceIncidents];

export function investigateMini({ alert, world }: MiniIncident): Promise<Investigation> {
  const deps = {
    telemetry: createFakeTelemetry(world),
    repositories: [],
    clock: { nowMs: () => MINI_NOW_MS },
    log: { info: () => undefined, error: () => undefined },
    forecaster: createStatisticalForecaster(),
  };
  return investigate({ kind: 'alert', alert }, deps, () => undefined, new AbortController().signal);
}
