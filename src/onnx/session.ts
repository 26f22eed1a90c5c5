import { readFile } from 'node:fs/promises';
import type { InferenceSession } from 'onnxruntime-web/wasm';
import { modelGaveNoNumbers, modelMissing, notAModel, wrongModelShapes } from '../domain/forecastErrors';
import { CONTEXT_LENGTH, modelCalls, type NamedShape, readAnswers, shapeText } from './contract';

export interface ModelSession {
  /** `contexts` is any number of contexts one after the other; so are the answers. */
  run(contexts: Float32Array): Promise<Float32Array>;
}

/**
 * Opens an ONNX model with the plain WebAssembly build of ONNX Runtime on one thread, and tries it once. Rejects with an
 * `AppError` that says what is wrong with the file. `wasmFile` is ONNX Runtime's compiled code.
 */
export async function openModel(modelFile: string, wasmFile: string): Promise<ModelSession> {
  const model = await readFile(modelFile).catch((error: unknown) => Promise.reject(modelMissing(modelFile, error)));
  const ort = await import('onnxruntime-web/wasm');
  ort.env.wasm.numThreads = 1;
  const code = (await readFile(wasmFile)).buffer as ArrayBuffer;
  ort.env.wasm.wasmBinary = code;
  ort.env.logLevel = 'error';
  const session = await ort.InferenceSession.create(model, { executionProviders: ['wasm'], enableCpuMemArena: false }).catch(
    (error: unknown) => Promise.reject(notAModel(modelFile, error)),
  );
  // The runtime holds on to these 14 MB though they are compiled by now; moved away, they can be freed.
  structuredClone(code, { transfer: [code] });
  const inputs = shapes(session.inputMetadata);
  const outputs = shapes(session.outputMetadata);
  const calls = modelCalls(inputs, outputs);
  if (calls === null) throw wrongModelShapes(modelFile, `the inputs ${shapeText(inputs)} and the outputs ${shapeText(outputs)}`);
  const runOnce = async (contexts: Float32Array): Promise<Float32Array> => {
    const count = contexts.length / CONTEXT_LENGTH;
    const tensor = new ort.Tensor('float32', contexts, [count, CONTEXT_LENGTH]);
    const found = await session.run({ [calls.input]: tensor }, [...calls.outputs]);
    const tensors = calls.outputs.map((name) => found[name]);
    const answers = readAnswers(
      tensors.map((output) => (output?.data instanceof Float32Array ? output.data : new Float32Array())),
      count,
    );
    for (const output of tensors) output?.dispose();
    if (answers === null) throw modelGaveNoNumbers(modelFile);
    return answers;
  };
  const run = calls.isBatched ? runOnce : oneByOne(runOnce);
  await run(Float32Array.from({ length: CONTEXT_LENGTH }, (_, index) => Math.sin(index / 7)));
  return { run };
}

function oneByOne(run: ModelSession['run']): ModelSession['run'] {
  return async (contexts) => {
    const answers: Float32Array[] = [];
    for (let at = 0; at < contexts.length; at += CONTEXT_LENGTH) answers.push(await run(contexts.slice(at, at + CONTEXT_LENGTH)));
    return Float32Array.from(answers.flatMap((answer) => [...answer]));
  };
}

const shapes = (metadata: readonly InferenceSession.ValueMetadata[]): NamedShape[] =>
  metadata.map((tensor) => ({ name: tensor.name, shape: tensor.isTensor ? tensor.shape : [] }));
