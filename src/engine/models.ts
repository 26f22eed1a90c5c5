import type { LanguageModel } from '../domain/languageModel';
import { defaultModelSettings, type ModelServer, type ModelSettings, type ModelSpending, type PullProgress } from '../domain/modelUse';
import type { Log } from '../domain/ports';
import type { CompleteWithEditor } from '../models/editor';
import type { engineContract } from '../protocol/engineApi';
import type { Handlers } from '../protocol/message';
import { createEmbeddingOpener } from './embeddings';
import { answerLimitMs, isRemoteSettings, type PermitModel, permittedModel } from './permittedModel';
import { createCases, type ForAgents, forAgents } from './promptPreview';

type Requests = Handlers<typeof engineContract>['requests'];

export interface ModelsOptions {
  readonly log: Log;
  /** How to reach the models of VS Code; absent outside of it. */
  readonly completeWithEditor?: CompleteWithEditor;
  /** Asks the person; absent where whoever set the model has thereby allowed it. */
  readonly permitModel?: PermitModel;
  readonly onPulled?: (runId: string, progress: PullProgress) => void;
  readonly onSpent?: (runId: string, spending: ModelSpending) => void;
}

/** A model for one investigation, with an account of its own. */
export interface OpenedModel {
  readonly model: LanguageModel | null;
  /** null where no model is set. */
  spending(): ModelSpending | null;
  /** What the agents of the investigation work with. */
  readonly forAgents: ForAgents;
}

export interface Models {
  configure(settings: ModelSettings): void;
  /** Throws an `AppError` when the settings cannot be used. */
  open(runId: string): Promise<OpenedModel>;
  readonly requests: Pick<Requests, 'listModels' | 'testModel' | 'describeModel' | 'pullModel' | 'lastPrompts' | 'previewPrompts'>;
}

/** Models spend time of this machine, whatever time a recording stands at. */
const clock = { nowMs: () => Date.now() };

/** Language models for the engine: who is asked, and what is kept about them. Nothing of it is loaded before a model is wanted. */
export function createModels(
  { log, completeWithEditor, permitModel = async () => true, onPulled, onSpent }: ModelsOptions,
  untilEnd: (signal: AbortSignal) => AbortSignal,
): Models {
  let settings = defaultModelSettings;
  let kept: ReturnType<typeof load> | null = null;
  const cases = createCases();
  const openEmbeddings = createEmbeddingOpener();
  const loaded = () => {
    kept ??= load();
    return kept;
  };
  const withKey = async (server: ModelServer): Promise<ModelServer> => {
    if (server.key !== null || server.provider === 'editor') return server;
    return { ...server, key: (await loaded()).keyFor(settings.keys, server.provider, server.baseUrl) };
  };
  return {
    configure(wanted) {
      settings = wanted;
    },
    async open(runId) {
      const { primary } = settings;
      const own = { keepCase: cases.keeperOf(runId), embeddings: await openEmbeddings(settings) };
      if (primary === null) return { model: null, spending: () => null, forAgents: own };
      const { createModel, Meter, recorder, breakers } = await loaded();
      const meter = new Meter(settings.budget, clock.nowMs, (spending) => onSpent?.(runId, spending));
      const deps = { clock, log, meter, recorder, breakers, completeWithEditor };
      const model = permittedModel(primary, settings, permitModel, async (permitted) => createModel(permitted, deps));
      const told = await forAgents(model.isRemote, settings.privacy);
      return { model, spending: () => meter.snapshot(), forAgents: { ...own, ...told, agentLimitMs: answerLimitMs(settings) } };
    },
    requests: {
      async listModels({ server }, signal) {
        return (await loaded()).catalogue.listModels(await withKey(server), untilEnd(signal));
      },
      async describeModel({ server, model }, signal) {
        return (await loaded()).catalogue.describeModel(await withKey(server), model, untilEnd(signal));
      },
      async testModel({ server, model }, signal) {
        const { catalogue, recorder } = await loaded();
        return catalogue.testModel(await withKey(server), model, settings, { clock, log, recorder, completeWithEditor }, untilEnd(signal));
      },
      async pullModel({ runId, server, model }, signal) {
        const { catalogue } = await loaded();
        await catalogue.pullModel(await withKey(server), model, (progress) => onPulled?.(runId, progress), untilEnd(signal));
        return null;
      },
      async previewPrompts({ runId }, signal) {
        const isRemote = settings.primary === null || isRemoteSettings(settings);
        return cases.preview(runId, { isRemote, privacy: settings.privacy, clock }, untilEnd(signal));
      },
      async lastPrompts() {
        return kept === null ? [] : [...(await kept).recorder.last()];
      },
    },
  };
}

async function load() {
  const [{ createModel }, catalogue, { Meter }, { PromptRecorder }, { Breakers }, { keyFor }] = await Promise.all([
    import('../models/createModel'),
    import('../models/catalogue'),
    import('../models/meter'),
    import('../models/recorder'),
    import('../models/breakers'),
    import('../models/keys'),
  ]);
  return { createModel, catalogue, Meter, keyFor, recorder: new PromptRecorder(), breakers: new Breakers() };
}
