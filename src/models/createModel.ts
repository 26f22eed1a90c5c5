import { AppError, isCancellation, messageFor } from '../domain/errors';
import type { LanguageModel, ModelAnswer, ModelChoice } from '../domain/languageModel';
import { modelCancelled } from '../domain/modelErrors';
import type { ModelSettings } from '../domain/modelUse';
import { Breakers } from './breakers';
import { createCandidate } from './candidate';
import type { ModelDeps, Shared } from './deps';
import { Meter } from './meter';
import { PromptRecorder } from './recorder';

/** An answer that is alive sends something at least this often. */
const MAX_IDLE_MS = 30_000;
/** Of the time for an answer, what may pass before it begins: a model that begins later would not be done in time. */
const SILENT_SHARE = 0.5;

/**
 * The model that the settings name, or null for none. It asks the first choice and, when that one fails, is left alone after
 * failures or does not fit into the budget, the fallback. It counts as remote when either is, because either may be asked.
 */
export function createModel(settings: ModelSettings, deps: ModelDeps): LanguageModel | null {
  const { primary, fallback } = settings;
  if (primary === null) return null;
  const shared = sharedOf(settings, deps);
  const candidates = [primary, fallback]
    .filter((choice): choice is ModelChoice => choice !== null)
    .map((one) => createCandidate(one, shared));
  const [first] = candidates;
  return {
    name: first?.name ?? '',
    isRemote: candidates.some(({ isRemote }) => isRemote),
    async complete(request, signal, onText = () => undefined): Promise<ModelAnswer> {
      const failures: AppError[] = [];
      for (const candidate of candidates) {
        if (signal.aborted) throw modelCancelled(signal.reason);
        try {
          return await candidate.complete(request, signal, onText);
        } catch (error) {
          if (isCancellation(error)) throw error;
          deps.log.error(`${candidate.name} gave no answer for ${request.name}.`, error);
          failures.push(error instanceof AppError ? error : new AppError('internal', messageFor(error), { cause: error }));
        }
      }
      throw together(failures);
    },
  };
}

function sharedOf(settings: ModelSettings, deps: ModelDeps): Shared {
  const totalMs = settings.timeoutSec * 1000;
  return {
    settings,
    clock: deps.clock,
    log: deps.log,
    meter: deps.meter ?? new Meter(settings.budget, deps.clock.nowMs),
    recorder: deps.recorder ?? new PromptRecorder(),
    breakers: deps.breakers ?? new Breakers(),
    completeWithEditor: deps.completeWithEditor ?? null,
    fetch: deps.fetch ?? fetch,
    retries: deps.retries ?? {},
    patience: deps.patience ?? { firstMs: totalMs * SILENT_SHARE, idleMs: Math.min(MAX_IDLE_MS, totalMs), totalMs },
  };
}

/** Why there is no answer: the first model's sentence, then the fallback's. */
function together([first, second]: readonly AppError[]): AppError {
  if (first === undefined) return new AppError('internal', 'No language model was asked.');
  if (second === undefined || second.message === first.message) return first;
  return new AppError(first.kind, `${first.message} The fallback did not answer either: ${second.message}`, { cause: first });
}
