import { Worker } from 'node:worker_threads';
import type { Disposable } from '../domain/disposal';
import { engineStopped } from '../domain/errors';
import type { ForecastSettings } from '../domain/forecast';
import type { InvestigationEvent } from '../domain/investigation';
import type { ModelChoice } from '../domain/languageModel';
import type { MemorySettings } from '../domain/memory';
import { editorModelsOnlyInEditor } from '../domain/modelErrors';
import type { EditorModelAnswer, EditorModelRequest, ModelSettings, ModelSpending, PullProgress } from '../domain/modelUse';
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
  /** Which language models are asked; none when absent. */
  readonly models?: () => Promise<ModelSettings>;
  /** Where is remembered what earlier incidents taught; nothing is when absent. */
  readonly memory?: () => MemorySettings;
  /** Lets a model of VS Code answer. */
  readonly completeWithEditor?: (request: EditorModelRequest, signal: AbortSignal) => Promise<EditorModelAnswer>;
  /** Whether the person allows that a model is sent anything; nobody does when absent. */
  readonly permitModel?: (choice: ModelChoice, signal: AbortSignal) => Promise<boolean>;
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
  /** Hears how far a `pullModel` request with this run id is, until disposed. */
  followPull(runId: string, listener: (progress: PullProgress) => void): Disposable;
  /** Hears what models took in the investigation with this run id, until disposed. */
  followSpending(runId: string, listener: (spending: ModelSpending) => void): Disposable;
}

interface Session extends Disposable {
  readonly channel: Channel<typeof engineContract>;
  /** Why it ended, once it has. */
  failure: unknown;
  /** What the engine was last told with each command, as JSON. */
  readonly told: Map<string, string>;
}

export function createEngineClient(options: EngineClientOptions): EngineClient {
  const listeners = new Map<string, (event: InvestigationEvent) => void>();
  const counters = new Map<string, (done: number) => void>();
  const surveys = new Map<string, (progress: SurveyProgress) => void>();
  const pulls = new Map<string, (progress: PullProgress) => void>();
  const accounts = new Map<string, (spending: ModelSpending) => void>();
  const heard: Heard = {
    progress: (runId, event) => listeners.get(runId)?.(event),
    forecasted: (runId, done) => counters.get(runId)?.(done),
    surveyProgress: (surveyId, progress) => surveys.get(surveyId)?.(progress),
    modelPulled: (runId, progress) => pulls.get(runId)?.(progress),
    modelSpent: (runId, spending) => accounts.get(runId)?.(spending),
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
      const [connection, models] = await Promise.all([options.connection(), options.models?.()]);
      requestOptions?.signal?.throwIfAborted();
      const used = current();
      tell(used, 'connect', { connection });
      if (options.forecast) tell(used, 'configureForecast', { settings: options.forecast() });
      if (models) tell(used, 'configureModels', { settings: models });
      if (options.memory) tell(used, 'configureMemory', { settings: options.memory() });
      try {
        return await used.channel.request(name, params, requestOptions);
      } catch (error) {
        throw used.failure ?? error;
      }
    },
    filesChanged(paths) {
      if (paths.length > 0) session?.channel.command('filesChanged', { paths: [...paths] });
    },
    follow: (runId, listener) => kept(listeners, runId, listener),
    followForecasts: (runId, listener) => kept(counters, runId, listener),
    followSurvey: (surveyId, listener) => kept(surveys, surveyId, listener),
    followPull: (runId, listener) => kept(pulls, runId, listener),
    followSpending: (runId, listener) => kept(accounts, runId, listener),
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
  readonly modelPulled: (runId: string, progress: PullProgress) => void;
  readonly modelSpent: (runId: string, spending: ModelSpending) => void;
}

function openSession(options: EngineClientOptions, heard: Heard, onEnd: () => void): Session {
  const { log } = options;
  const process = options.start();
  const channel: Channel<typeof engineContract> = openChannel({
    transport: process.transport,
    inbound: engineHostContract,
    handlers: {
      requests: {
        async completeWithEditor(request, signal) {
          if (!options.completeWithEditor) throw editorModelsOnlyInEditor();
          return options.completeWithEditor(request, signal);
        },
        permitModel: async ({ choice }, signal) => (await options.permitModel?.(choice, signal)) ?? false,
      },
      commands: {},
      notifications: {
        progress: ({ runId, event }) => heard.progress(runId, event),
        forecasted: ({ runId, done }) => heard.forecasted(runId, done),
        surveyProgress: ({ surveyId, progress }) => heard.surveyProgress(surveyId, progress),
        modelPulled: ({ runId, progress }) => heard.modelPulled(runId, progress),
        modelSpent: ({ runId, spending }) => heard.modelSpent(runId, spending),
        log: ({ level, message }) => log[level](`engine: ${message}`),
      },
    },
    onProblem: (message, cause) => log.error(message, cause),
  });
  const session: Session = {
    channel,
    failure: null,
    told: new Map(),
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

type Commands = (typeof engineContract)['commands'];

/** Sends a command where it differs from what the engine was last told with it. */
function tell<K extends keyof Commands>({ channel, told }: Session, name: K, params: ParamsOf<Commands[K]>): void {
  const text = JSON.stringify(params);
  if (text === told.get(name)) return;
  told.set(name, text);
  channel.command(name, params);
}

/** Keeps the listener until it is disposed. */
function kept<T>(listeners: Map<string, T>, id: string, listener: T): Disposable {
  listeners.set(id, listener);
  return { dispose: () => void listeners.delete(id) };
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
