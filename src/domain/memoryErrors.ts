import { AppError } from './errors';

export const memoryUnusable = (dir: string, cause?: unknown) =>
  new AppError(
    'internal',
    `What AIDog learned could not be read or kept in ${dir}. Check that you may write there and that the disk has room.`,
    {
      cause,
    },
  );

export const nothingIsRemembered = () => new AppError('internal', 'AIDog has no folder to remember things in here. Reload the window.');
