import { AppError, isCancellation, messageFor } from '../domain/errors';
import type { LanguageModel } from '../domain/languageModel';

const MAX_FAILURES = 2;

const notAskedAgain = (cause: unknown) =>
  new AppError('unreachable', `The model is not asked again in this investigation: ${messageFor(cause)}`, { cause });

/**
 * The model until it has failed twice in a row, or once by not being there or keeping everybody waiting; then it says why at once,
 * so that an investigation waits for it once and not six times. A request that was given up for being late counts as failed, also
 * where the model never ends it.
 */
export function steadyModel(model: LanguageModel): LanguageModel {
  let failures = 0;
  let last: unknown = null;
  const fail = (error: unknown) => {
    if (isCancellation(error)) return;
    failures += error instanceof AppError && error.kind === 'unreachable' ? MAX_FAILURES : 1;
    last = error;
  };
  return {
    name: model.name,
    isRemote: model.isRemote,
    async complete(request, signal, onText) {
      if (failures >= MAX_FAILURES) throw notAskedAgain(last);
      let isOver = false;
      signal.addEventListener('abort', () => isOver || fail(signal.reason), { once: true });
      try {
        const answer = await model.complete(request, signal, onText);
        failures = 0;
        return answer;
      } catch (error) {
        if (!signal.aborted) fail(error);
        throw error;
      } finally {
        isOver = true;
      }
    },
  };
}
