import assert from 'node:assert/strict';
import { modelTurn } from '../../../src/agents/modelTurn';
import { AppError } from '../../../src/domain/errors';
import type { LanguageModel, ModelRequest } from '../../../src/domain/languageModel';
import { scriptedModel } from '../../fakes/scriptedModel';

const REQUEST: ModelRequest = { name: 'x', system: '', messages: [], schema: {}, maxOutputTokens: 10 };
const never = new AbortController().signal;

/** A model that never answers and tells what its signal says. */
function silent(): LanguageModel & { readonly ended: Promise<unknown> } {
  const ended = Promise.withResolvers<unknown>();
  return {
    name: 'silent',
    isRemote: false,
    ended: ended.promise,
    complete: (_, signal) => {
      signal.addEventListener('abort', () => ended.resolve(signal.reason));
      return new Promise(() => undefined);
    },
  };
}

describe('modelTurn', () => {
  it('gives the answer', async () =>
    assert.equal(
      (
        await modelTurn(
          scriptedModel(() => 'yes'),
          REQUEST,
          never,
          1000,
        )
      ).text,
      'yes',
    ));

  it('does not ask when it is over already', async () => {
    const model = scriptedModel(() => 'yes');
    await assert.rejects(modelTurn(model, REQUEST, AbortSignal.abort(), 1000), { kind: 'cancelled' });
    assert.equal(model.asked.length, 0);
  });

  it('ends the request when it is called off', async () => {
    const controller = new AbortController();
    const model = silent();
    const turn = modelTurn(model, REQUEST, controller.signal, 60_000);
    controller.abort();
    await assert.rejects(turn, { kind: 'cancelled' });
    assert.ok((await model.ended) instanceof AppError);
  });

  it('ends the request when it is late, and says what to do', async () => {
    const model = silent();
    await assert.rejects(modelTurn(model, REQUEST, never, 3), /silent did not answer within .* choose a smaller model/);
    assert.ok((await model.ended) instanceof AppError);
  });
});
