import { AppError } from './errors';

export const noLogLines = () => new AppError('bad_input', 'Standard input is empty. Pass a log, for example: aidog logs < service.log');

export const unreadableLog = (file: string, cause?: unknown) =>
  new AppError('bad_input', `The log ${file} cannot be read. Check the path and its permissions.`, { cause });

export const miningCancelled = (cause?: unknown) => new AppError('cancelled', 'Reading the log was cancelled.', { cause });
