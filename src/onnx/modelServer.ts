import { AppError, messageFor } from '../domain/errors';
import type { PredictedMessage, PredictMessage } from './modelMessages';
import { type ModelSession, openModel } from './session';

/** Answers messages with one model that is kept open; they are answered in their order. */
export function createModelServer(open: typeof openModel = openModel): (message: PredictMessage) => Promise<PredictedMessage> {
  let opened: { readonly file: string; readonly session: Promise<ModelSession> } | null = null;
  let last: Promise<unknown> = Promise.resolve();
  const answer = async ({ id, modelFile, wasmFile, contexts }: PredictMessage): Promise<PredictedMessage> => {
    try {
      if (opened?.file !== modelFile) opened = { file: modelFile, session: open(modelFile, wasmFile) };
      return { id, answers: await (await opened.session).run(contexts) };
    } catch (error) {
      const detail = error instanceof Error ? String(error.cause ?? error.stack) : String(error);
      return { id, failure: { kind: error instanceof AppError ? error.kind : 'internal', message: messageFor(error), detail } };
    }
  };
  return (message) => {
    const answered = last.then(() => answer(message));
    last = answered;
    return answered;
  };
}
