import { AppError } from './errors';

export const noSpans = (unread: number) =>
  new AppError(
    'bad_input',
    unread === 0
      ? 'Standard input is empty. Pass spans as JSON lines or as one JSON array, for example: aidog traces < spans.ndjson'
      : 'Nothing in the input is a span with a trace id, a span id and a start. Pass spans as JSON lines or as one JSON array, for example: aidog traces < spans.ndjson',
  );

export const tracingCancelled = (cause?: unknown) => new AppError('cancelled', 'Reading the traces was cancelled.', { cause });
