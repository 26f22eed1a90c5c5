import { AppError } from './errors';

export const runbookUnreadable = (path: string) =>
  new AppError('workspace', `The runbook ${path} could not be read: it is larger than 2 MiB, no text, or outside of its folder.`);

export const runbooksTooLong = (place: string, left: number) =>
  new AppError('workspace', `AIDog searches 16 MiB of runbooks; ${left} of ${place} were left out. Remove or shorten some of them.`);

export const tooManyRunbooks = (place: string, limit: number) =>
  new AppError('workspace', `${place} has more runbooks than AIDog searches; the first ${limit} were read.`);

export const runbookFolderUnreadable = (dir: string, cause?: unknown) =>
  new AppError('internal', `The folder of runbooks ${dir} could not be read. Check that it is a folder and that you may read it.`, {
    cause,
  });

export const starterRunbooksMissing = (cause?: unknown) =>
  new AppError('internal', 'AIDog’s own runbooks are missing. Install AIDog again.', { cause });

/** `address` is where the model was to be asked; it may pass what it gets on to a cloud. */
export const embeddingsOnlyHere = (model: string, address: string) =>
  new AppError(
    'configuration',
    `Runbooks were searched by words alone: what is embedded quotes the alert and its errors, and ${model} at ${address} is not on this machine. Use an Ollama and a model on this machine, or clear the setting "aidog.model.embeddingModel".`,
  );

export const embeddingsSilent = (model: string, address: string, seconds: number, cause?: unknown) =>
  new AppError(
    'unreachable',
    `Runbooks were searched by words alone: ${model} at ${address} sent no embeddings within ${seconds} s. Restart Ollama, or clear the setting "aidog.model.embeddingModel".`,
    { cause },
  );

export const embeddingsUnusable = (model: string, why: string, cause?: unknown) =>
  new AppError(
    'bad_answer',
    `Runbooks were searched by words alone: ${model} gave no usable embeddings (${why}). Correct or clear the setting "aidog.model.embeddingModel".`,
    { cause },
  );
