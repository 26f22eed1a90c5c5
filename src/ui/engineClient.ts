import { Worker } from 'node:worker_threads';
import type { Disposable } from '../domain/disposal';
import { engineStopped } from '../domain/errors';
import type { ForecastSettings } from '../domain/forecast';
import type { InvestigationEvent } from '../domain/investigation';
import type { Log } from '../domain/ports';
import type { SurveyProgress } from '../domain/survey';
import { type Channel, openChannel, type RequestOptions, type Transport } from '../protocol/channel';
import type { DatadogConnection, engineContract } from '../protocol/engineApi';
import { engineHostContract } from '../protocol/engineHostApi';
import type { ParamsOf, ReplyOf } from '../protocol/message';

/** A running engine, wherever it runs. */
export interface EngineProcess extends Disposable {
  readonly transport: Transport;
  /** Calls back once when it ends without having been disposed. */
  onCrash(listener: (cause: unknown) => void): void;
}

export interface EngineClientOptions {
  /** Called on first use, and again after a crash. */
  readonly start: () => EngineProcess;
  readonly connection: () => Promise<DatadogConnection | null>;
  /** Who is to forecast; AIDog's own model when absent. */
  readonly forecast?: () => ForecastSettings;
  readonly log: Log;
  /** Told once for each crash; the requests that were under way reject with the same error. */
  readonly onCrash: (error: unknown) => void;
}

type Requests = (typeof engineContract)['requests'];

/** What the extension asks of the engine; the worker starts with the first request. */
export interface EngineClient extends Disposable {
  request<K extends keyof Requests>(name: K, params: ParamsOf<Requests[K]>, options?: RequestOptions): Promise<ReplyOf<Requests[K]>>;
  /** Tells a running engine that files or folders were created, deleted or renamed; one that has not begun knows none yet. */
  filesChanged(paths: readonly string[]): void;
  /** Hears the progress of a run until disposed. */
  follow(runId: string, listener: (event: InvestigationEvent) => void): Disposable;
  /** Hears how many series of a `forecastSeries` request with this run id are done, until disposed. */
  followForecasts(runId: string, listener: (done: number) => void): Disposable;
  /** Hears the progress of a `surveyServices` request until disposed. */
  followSurvey(surveyId: string, listener: (progress: SurveyProgress) => void): Disposable;
}

interface Session extends Disposable {
  readonly channel: Channel<typeof engineContract>;
  /** Why it ended, once it has. */
  failure: unknown;
  /** The connection that the engine was last told, as JSON. */
  told: string | null;
  /** The forecast settings that it was last told, as JSON. */
  toldForecast: string | null;
}

export function createEngineClient(options: EngineClientOptions): EngineClient {
  const listeners = new Map<string, (event: InvestigationEvent) => void>();
  const counters = new Map<string, (done: number) => void>();
  const surveys = new Map<string, (progress: SurveyProgress) => void>();
  const heard: Heard = {
    progress: (runId, event) => listeners.get(runId)?.(event),
    forecasted: (runId, done) => counters.get(runId)?.(done),
    surveyProgress: (surveyId, progress) => surveys.get(surveyId)?.(progress),
  };
  let session: Session | null = null;
  const current = (): Session => {
    if (session) return session;
    const opened = openSession(options, heard, () => {
      if (session === opened) session = null;
    });
    session = opened;
    return opened;
  };
  return {
    async request(name, params, requestOptions) {
      const connection = await options.connection();
      requestOptions?.signal?.throwIfAborted();
      const used = current();
      tellConnection(used, connection);
      if (options.forecast) tellForecast(used, options.forecast());
      try {
        return await used.channel.request(name, params, requestOptions);
      } catch (error) {
        throw used.failure ?? error;
      }
    },
    filesChanged(paths) {
      if (paths.length > 0) session?.channel.command('filesChanged', { paths: [...paths] });
    },
    follow(runId, listener) {
      listeners.set(runId, listener);
      return { dispose: () => void listeners.delete(runId) };
    },
    followForecasts(runId, listener) {
      counters.set(runId, listener);
      return { dispose: () => void counters.delete(runId) };
    },
    followSurvey(surveyId, listener) {
      surveys.set(surveyId, listener);
      return { dispose: () => void surveys.delete(surveyId) };
    },
    dispose() {
      session?.dispose();
      session = null;
    },
  };
}

interface Heard {
  readonly progress: (runId: string, event: InvestigationEvent) => void;
  readonly forecasted: (runId: string, done: number) => void;
  readonly surveyProgress: (surveyId: string, progress: SurveyProgress) => void;
}

function openSession(options: EngineClientOptions, heard: Heard, onEnd: () => void): Session {
  const { log } = options;
  const process = options.start();
  const channel: Channel<typeof engineContract> = openChannel({
    transport: process.transport,
    inbound: engineHostContract,
    handlers: {
      requests: {},
      commands: {},
      notifications: {
        progress: ({ runId, event }) => heard.progress(runId, event),
        forecasted: ({ runId, done }) => heard.forecasted(runId, done),
        surveyProgress: ({ surveyId, progress }) => heard.surveyProgress(surveyId, progress),
        log: ({ level, message }) => log[level](`engine: ${message}`),
      },
    },
    onProblem: (message, cause) => log.error(message, cause),
  });
  const session: Session = {
    channel,
    failure: null,
    told: null,
    toldForecast: null,
    dispose() {
      channel.dispose();
      process.dispose();
    },
  };
  process.onCrash((cause) => {
    session.failure = engineStopped(cause);
    onEnd();
    session.dispose();
    options.onCrash(session.failure);
  });
  return session;
}

/** Sends the connection where it differs from what the engine has. */
function tellConnection(session: Session, connection: DatadogConnection | null): void {
  const told = JSON.stringify(connection);
  if (told === session.told) return;
  session.told = told;
  session.channel.command('connect', { connection });
}

function tellForecast(session: Session, settings: ForecastSettings): void {
  const told = JSON.stringify(settings);
  if (told === session.toldForecast) return;
  session.toldForecast = told;
  session.channel.command('configureForecast', { settings });
}

/** Runs the engine's bundle in a worker thread. */
export function startEngineWorker(file: string, log: Log): EngineProcess {
  const worker = new Worker(file, { name: 'aidog-engine', execArgv: [] });
  let isOver = false;
  const listeners: ((cause: unknown) => void)[] = [];
  const crash = (cause: unknown) => {
    if (isOver) return;
    isOver = true;
    for (const listener of listeners) listener(cause);
  };
  worker.on('error', crash);
  worker.on('messageerror', crash);
  worker.on('exit', (code) => crash(new Error(`The engine's thread ended with code ${code}.`)));
  return {
    transport: {
      post: (message) => worker.postMessage(message),
      listen(receive) {
        worker.on('message', receive);
        return { dispose: () => void worker.off('message', receive) };
      },
    },
    onCrash: (listener) => void listeners.push(listener),
    dispose() {
      isOver = true;
      worker.terminate().catch((error: unknown) => log.error('The engine could not be ended.', error));
    },
  };
}
