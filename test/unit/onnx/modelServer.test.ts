import assert from 'node:assert/strict';
import { modelGaveNoNumbers } from '../../../src/domain/forecastErrors';
import { createModelServer } from '../../../src/onnx/modelServer';

const message = (id: number, modelFile = 'a.onnx') => ({ id, modelFile, wasmFile: 'w.wasm', contexts: Float32Array.of(id) });

describe('createModelServer', () => {
  it('keeps one model open and answers in order', async () => {
    const opened: string[] = [];
    const answer = createModelServer(async (file) => {
      opened.push(file);
      return { run: async (contexts) => contexts };
    });
    const answers = await Promise.all([answer(message(1)), answer(message(2)), answer(message(3, 'b.onnx'))]);
    assert.deepEqual(
      answers,
      [1, 2, 3].map((id) => ({ id, answers: Float32Array.of(id) })),
    );
    assert.deepEqual(opened, ['a.onnx', 'b.onnx']);
  });

  it('answers with the sentence of what went wrong', async () => {
    const failing = createModelServer(() => Promise.reject(modelGaveNoNumbers('a.onnx')));
    const answered = await failing(message(1));
    assert.ok('failure' in answered && answered.failure.kind === 'configuration');
    assert.match('failure' in answered ? answered.failure.message : '', /predicted values that are no numbers/);
  });
});
