import assert from 'node:assert/strict';
import { steadyModel } from '../../../src/agents/steadyModel';
import { AppError, cancelled } from '../../../src/domain/errors';
import type { ModelRequest } from '../../../src/domain/languageModel';
import { scriptedModel } from '../../fakes/scriptedModel';

const REQUEST: ModelRequest = { name: 'x', system: '', messages: [], schema: {}, maxOutputTokens: 10 };
const down = new AppError('server', 'It failed.');
const late = new AppError('unreachable', 'Too late.');
const never = new AbortController().signal;

describe('steadyModel', () => {
  it('stops asking a model that failed twice in a row, and says why', async () => {
    const model = scriptedModel(() => down);
    const steady = steadyModel(model);
    for (let turn = 0; turn < 2; turn++) await assert.rejects(steady.complete(REQUEST, never), down);
    await assert.rejects(steady.complete(REQUEST, never), /not asked again in this investigation: It failed\./);
    assert.equal(model.asked.length, 2);
  });

  it('waits once only for a model that keeps everybody waiting', async () => {
    const model = scriptedModel(() => late);
    const steady = steadyModel(model);
    await assert.rejects(steady.complete(REQUEST, never), late);
    await assert.rejects(steady.complete(REQUEST, never), /not asked again in this investigation: Too late\./);
    assert.equal(model.asked.length, 1);
  });

  it('forgives a failure that an answer follows', async () => {
    const model = scriptedModel((_, number) => (number % 2 === 0 ? down : 'yes'));
    const steady = steadyModel(model);
    for (let turn = 0; turn < 3; turn++) {
      await assert.rejects(steady.complete(REQUEST, never), down);
      assert.equal((await steady.complete(REQUEST, never)).text, 'yes');
    }
  });

  it('counts a request that was given up for being late, and none that a person called off', async () => {
    const steady = steadyModel({ ...scriptedModel(() => ''), complete: () => new Promise(() => undefined) });
    for (const reason of [cancelled(), cancelled()]) {
      const controller = new AbortController();
      void steady.complete(REQUEST, controller.signal);
      controller.abort(reason);
    }
    const controller = new AbortController();
    void steady.complete(REQUEST, controller.signal);
    controller.abort(late);
    await assert.rejects(steady.complete(REQUEST, never), /not asked again in this investigation: Too late\./);
  });
});
