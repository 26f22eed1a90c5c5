import { AppError } from './errors';

export const runbookUnreadable = (path: string) =>
  new AppError('workspace', `The runbook ${path} could not be read: it is larger than 2 MiB, no text, or outside of the repository.`);

export const tooManyRunbooks = (repository: string, limit: number) =>
  new AppError('workspace', `${repository} has more runbooks than AIDog searches; the first ${limit} were read.`);

export const runbookFolderUnreadable = (dir: string, cause?: unknown) =>
  new AppError('internal', `The folder of runbooks ${dir} could not be read. Check that it is a folder and that you may read it.`, {
    cause,
  });

export const starterRunbooksMissing = (cause?: unknown) =>
  new AppError('internal', 'AIDog’s own runbooks are missing. Install AIDog again.', { cause });

export const embeddingsUnusable = (model: string, why: string, cause?: unknown) =>
  new AppError(
    'bad_answer',
    `Runbooks were searched by words alone: ${model} gave no usable embeddings (${why}). Correct or clear the setting "aidog.model.embeddingModel".`,
    { cause },
  );
