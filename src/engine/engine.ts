import type { Disposable } from '../domain/disposal';
import { noDatadogKeys } from '../domain/errors';
import { defaultForecastSettings } from '../domain/forecast';
import type { InvestigationEvent } from '../domain/investigation';
import type { Log, Telemetry } from '../domain/ports';
import type { SurveyProgress } from '../domain/survey';
import type { DatadogConnection, engineContract } from '../protocol/engineApi';
import type { Handlers } from '../protocol/message';
import { createFixHandlers } from './fix';
import { createForecaster } from './forecaster';
import { createMemoryHandlers } from './memory';
import { createModels, type ModelsOptions } from './models';
import { openIncidents } from './openIncidents';
import { runInvestigation } from './runInvestigation';
import { createStackHandlers } from './stack';
import { Workspaces } from './workspaces';

export interface EngineOptions extends Pick<ModelsOptions, 'completeWithEditor' | 'permitModel' | 'onPulled' | 'onSpent'> {
  readonly log: Log;
  readonly onProgress: (runId: string, event: InvestigationEvent) => void;
  readonly onSurveyProgress?: (surveyId: string, progress: SurveyProgress) => void;
  /** How many series of a `forecastSeries` request are done. */
  readonly onForecasted?: (runId: string, done: number) => void;
}

/** What the engine answers; disposing it calls off what is running. */
export type Engine = Handlers<typeof engineContract> & Disposable;

/**
 * Everything that is slow or blocks: Datadog, Git, analysis. Runs in a worker thread for the extension and in the process for
 * the CLI. Modules that cost time to load are loaded by the first request that needs them.
 */
export function createEngine({ log, onProgress, onSurveyProgress, onForecasted, ...modelOptions }: EngineOptions): Engine {
  const ending = new AbortController();
  const untilEnd = (signal: AbortSignal) => AbortSignal.any([signal, ending.signal]);
  const workspaces = new Workspaces(log);
  const forecaster = createForecaster(defaultForecastSettings, log);
  const models = createModels({ log, ...modelOptions }, untilEnd);
  const account = createAccount(log);
  const memory = createMemoryHandlers();
  const { connect, sharedTelemetry } = account;
  return {
    requests: {
      // Each run has a connection of its own, so that it counts its own calls and sees fresh answers.
      investigate: ({ runId, target, repositories }, signal) =>
        runInvestigation(
          { target, dirs: repositories },
          { log, connect, forecaster, workspaces, remembered: memory.remembered(), openModel: () => models.open(runId) },
          (event) => onProgress(runId, event),
          untilEnd(signal),
        ),
      forecastSeries: ({ runId, requests }, signal) =>
        forecaster.forecastAll(requests, untilEnd(signal), (done) => onForecasted?.(runId, done)),
      listOpenIncidents: async (_, signal) => openIncidents(await sharedTelemetry(), untilEnd(signal)),
      async checkAccess(_, signal) {
        const telemetry = await sharedTelemetry();
        await telemetry.checkAccess(untilEnd(signal));
        return { name: telemetry.name };
      },
      async locate({ location, commit, service = null, repositories: dirs }, signal) {
        const { mapper } = await workspaces.open(dirs, untilEnd(signal));
        const frame = { ...location, column: null, kind: 'app' as const };
        return (await mapper.map(frame, { commit, service }, untilEnd(signal))).location;
      },
      ...createStackHandlers(workspaces, untilEnd),
      async diagnoseSetup({ repositories, env }, signal) {
        const { diagnoseSetup } = await import('./doctor');
        const request = { dirs: repositories, env, site: account.site(), environment: process.env };
        return diagnoseSetup(request, { log, connect }, untilEnd(signal));
      },
      async hotPaths({ repositories: dirs, ...question }, signal) {
        const [telemetry, { readHotPathsIn }] = await Promise.all([sharedTelemetry(), import('./hotPaths')]);
        return readHotPathsIn(dirs, question, { telemetry, log, workspaces }, untilEnd(signal));
      },
      async readSeries(question, signal) {
        const [telemetry, { readSeries }] = await Promise.all([sharedTelemetry(), import('./readSeries')]);
        return readSeries(question, telemetry, untilEnd(signal));
      },
      async surveyServices({ surveyId, ...question }, signal) {
        const [telemetry, { surveyServicesOnce }] = await Promise.all([sharedTelemetry(), import('./home')]);
        const tell = (progress: SurveyProgress) => onSurveyProgress?.(surveyId, progress);
        return surveyServicesOnce(question, { telemetry, log, onProgress: tell }, untilEnd(signal));
      },
      ...createFixHandlers(untilEnd),
      ...models.requests,
      ...memory.requests,
      async prepareDemo({ mediaDir, dir }, signal) {
        const { prepareDemo } = await import('../demo/prepareDemo');
        return prepareDemo({ mediaDir, dir, signal: untilEnd(signal) });
      },
    },
    commands: {
      connect: ({ connection }) => account.use(connection),
      configureForecast: ({ settings }) => forecaster.configure(settings),
      configureModels: ({ settings }) => models.configure(settings),
      ...memory.commands,
      filesChanged({ paths }) {
        workspaces.filesChanged(paths, ending.signal).catch((error: unknown) => log.error('Changed files could not be taken over.', error));
      },
    },
    notifications: {},
    dispose() {
      ending.abort();
      forecaster.dispose();
    },
  };
}

/** The Datadog account that is asked, once it is known. */
function createAccount(log: Log) {
  let connection: DatadogConnection | null = null;
  let shared: Promise<Telemetry> | null = null;
  const connect = (): Promise<Telemetry> => (connection === null ? Promise.reject(noDatadogKeys()) : openTelemetry(connection, log));
  return {
    connect,
    sharedTelemetry(): Promise<Telemetry> {
      shared ??= connect();
      return shared;
    },
    site: (): string | null => connection?.site ?? null,
    use(next: DatadogConnection | null): void {
      connection = next;
      shared = null;
    },
  };
}

async function openTelemetry(connection: DatadogConnection, log: Log): Promise<Telemetry> {
  const { createDatadogTelemetry } = await import('../datadog/telemetry');
  return createDatadogTelemetry({ ...connection, log });
}
