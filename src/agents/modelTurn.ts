import { AppError, cancelled } from '../domain/errors';
import type { LanguageModel, ModelAnswer, ModelRequest } from '../domain/languageModel';

const tooLate = (model: string, limitMs: number) =>
  new AppError(
    'unreachable',
    `${model} did not answer within ${Math.round(limitMs / 1000)} s; choose a smaller model, or raise the time limit.`,
  );

/** Asks a model. Rejects at once when the signal fires, and when the limit is over, also where the model takes no notice of either. */
export async function modelTurn(model: LanguageModel, request: ModelRequest, signal: AbortSignal, limitMs: number): Promise<ModelAnswer> {
  if (signal.aborted) throw cancelled();
  const own = new AbortController();
  let stop: () => void = () => undefined;
  const over = new Promise<never>((_, reject) => {
    const onAbort = () => reject(cancelled());
    const timer = setTimeout(() => reject(tooLate(model.name, limitMs)), limitMs);
    signal.addEventListener('abort', onAbort, { once: true });
    stop = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', onAbort);
    };
  });
  try {
    return await Promise.race([model.complete(request, own.signal), over]);
  } catch (error) {
    own.abort(error);
    throw error;
  } finally {
    stop();
  }
}
