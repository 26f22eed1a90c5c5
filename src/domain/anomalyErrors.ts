import { AppError } from './errors';

export const noSeries = () =>
  new AppError(
    'bad_input',
    'No series was found in the input. Pass CSV with a time and a number in each row, for example: aidog anomalies < series.csv',
  );

export const anomaliesCancelled = (cause?: unknown) => new AppError('cancelled', 'The search for anomalies was cancelled.', { cause });
