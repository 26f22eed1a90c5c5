import type { Repository } from '../../src/domain/ports';
import type { Gathered } from '../../src/investigation/gathered';
import { parseMonitorQuery } from '../../src/investigation/monitorQuery';
import { Run } from '../../src/investigation/run';
import { windowsAround } from '../../src/investigation/windows';
import { createStatisticalForecaster } from '../../src/signals/forecast/statistical';
import { monitor, NOW_MS, ONSET_MS } from './incidents';
import { createFakeTelemetry, type World } from './telemetry';

/** A run over a fake world that keeps its events to itself. */
export function createRun(world: World = {}, repositories: readonly Repository[] = []): Run {
  return new Run(
    {
      telemetry: createFakeTelemetry(world),
      repositories,
      clock: { nowMs: () => NOW_MS },
      log: { info: () => undefined, error: () => undefined },
      forecaster: createStatisticalForecaster(),
    },
    () => undefined,
    new AbortController().signal,
  );
}

const nothing = { query: '*', items: [] };

/** What was read about an alert of `shop`, of which nothing is known yet. */
export function gathered(given: Partial<Gathered> = {}): Gathered {
  const watched = monitor();
  return {
    opening: {
      alert: {
        title: watched.name,
        service: 'shop',
        metric: 'shop.error_rate',
        threshold: 5,
        observed: null,
        severity: 'high',
        firedAtMs: NOW_MS - 7 * 60_000,
        monitorId: watched.id,
        summary: watched.message,
      },
      monitor: watched,
      isAlerting: true,
      query: parseMonitorQuery(watched.query),
      service: 'shop',
      env: 'prod',
    },
    windows: windowsAround(ONSET_MS, NOW_MS),
    onsetMs: ONSET_MS,
    alertSeries: null,
    fineSeries: null,
    alertQuery: 'avg:shop.error_rate{service:shop}',
    metrics: [],
    errorLogs: nothing,
    logs: nothing,
    quietLogs: nothing,
    errorSpans: nothing,
    spans: nothing,
    quietSpans: nothing,
    issues: nothing,
    changes: [],
    dependencies: {},
    commits: [],
    ...given,
  };
}
