import assert from 'node:assert/strict';
import { openModel } from '../../../src/onnx/session';
import { tinyModel, writeModel } from '../../fakes/tinyModel';

const wasmFile = require.resolve('onnxruntime-web/ort-wasm-simd-threaded.wasm');
const open = async (content: Uint8Array | string) => openModel(await writeModel(content), wasmFile);
const contexts = (...levels: number[]) => Float32Array.from(levels.flatMap((level) => new Array<number>(512).fill(level)));
const refused = (pattern: RegExp) => (error: unknown) => error instanceof Error && pattern.test(error.message);

describe('openModel', () => {
  it('gives p10, median and p90 of each context of a batch', async () => {
    const { run } = await open(tinyModel());
    const answers = await run(contexts(10, 20));
    assert.equal(answers.length, 2 * 180);
    assert.deepEqual([answers[0], answers[60], answers[120], answers[180], answers[240], answers[359]], [6, 10, 14, 16, 20, 24]);
  });

  it('asks a model that takes one context at a time once for each', async () => {
    const { run } = await open(tinyModel({ batch: 1 }));
    const answers = await run(contexts(10, 20));
    assert.deepEqual([answers[60], answers[240]], [10, 20]);
  });

  it('takes a model with p10, p50 and p90 as outputs of their own', async () => {
    const { run } = await open(tinyModel({ isSplit: true }));
    assert.deepEqual(
      [...(await run(contexts(5)))].filter((_, index) => index % 60 === 59),
      [1, 5, 9],
    );
  });

  it('puts quantiles in order that are not', async () => {
    const { run } = await open(tinyModel({ offsets: [4, 3, 2, 1, 0, -1, -2, -3, -4] }));
    assert.deepEqual(
      [...(await run(contexts(0)))].filter((_, index) => index % 60 === 0),
      [-4, 0, 4],
    );
  });

  it('says in a sentence what is wrong with a file', async () => {
    await assert.rejects(openModel('/nowhere/m.onnx', wasmFile), refused(/no forecasting model at \/nowhere\/m\.onnx/));
    await assert.rejects(open('not a model'), refused(/is not an ONNX model/));
    await assert.rejects(open(''), refused(/is not an ONNX model/));
    await assert.rejects(open(tinyModel().slice(0, 300)), refused(/is not an ONNX model/));
    await assert.rejects(open(tinyModel({ inputLength: 256 })), refused(/context \[N,256\].*must map an input \[1,512\]/));
    await assert.rejects(open(tinyModel({ steps: 30 })), refused(/quantiles \[N,9,30\]/));
    await assert.rejects(open(tinyModel({ offsets: new Array(9).fill(Number.NaN) })), refused(/are no numbers/));
    await assert.rejects(open(tinyModel({ offsets: new Array(9).fill(Number.POSITIVE_INFINITY) })), refused(/are no numbers/));
  });
});
