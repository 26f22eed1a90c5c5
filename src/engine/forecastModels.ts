import { existsSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { embeddedModelMissing, modelMissing } from '../domain/forecastErrors';
import { largeModelGigabytes } from '../domain/modelMemory';
import type { QuantileModel } from '../domain/quantileModel';
import { createHostedModel } from '../onnx/hostedModel';
import { startProcess } from '../onnx/modelPeer';
import type { Predictor } from '../signals/forecast/plan';

export interface ForecastModel {
  readonly model: QuantileModel;
  readonly by: Predictor;
  /** What a person should know before it is used for the first time; null for nothing. */
  warning(): Promise<string | null>;
}

const RUNTIME = 'ort-wasm-simd-threaded.wasm';
const EMBEDDED = 'forecaster.onnx';
/**
 * V8 compiles WebAssembly again, optimised, once it was used this much. ONNX Runtime's functions are so large that compiling them
 * takes 150 MB more than a small model is worth, for a third of the time; a large one gains more, and keeps V8's default. Little
 * JavaScript runs beside it, for which a small young generation will do.
 */
const SMALL_MODEL_FLAGS = ['--wasm-tiering-budget=1300000000', '--max-semi-space-size=1'];

const EMBEDDED_TIMES = { timeoutMs: 20_000, idleMs: 60_000 };
/** Opening 600 MB takes a while. */
const FILE_TIMES = { timeoutMs: 120_000, idleMs: 60_000 };

/** The model that is part of AIDog, in a process. */
export function embeddedModel(): ForecastModel {
  const modelFile = beside(...['media/models', '../media/models', '../../media/models'].map((dir) => join(dir, EMBEDDED)));
  const { script, wasmFile, execArgv } = runtimeFiles();
  return {
    model: createHostedModel({
      modelFile,
      wasmFile,
      start: () => startProcess(script, [...execArgv, ...SMALL_MODEL_FLAGS]),
      ...EMBEDDED_TIMES,
    }),
    by: { kind: 'embedded', name: 'AIDog’s embedded model' },
    async warning() {
      if (!existsSync(modelFile)) throw embeddedModelMissing();
      return null;
    },
  };
}

/** A person's own file, in a process: it may be slow, crash or need more memory than there is. */
export function modelOfFile(file: string): ForecastModel {
  const modelFile = resolve(file);
  const { script, wasmFile, execArgv } = runtimeFiles();
  return {
    model: createHostedModel({ modelFile, wasmFile, start: () => startProcess(script, execArgv), ...FILE_TIMES }),
    by: { kind: 'toto', name: `the model ${modelFile}` },
    async warning() {
      const found = await stat(modelFile).catch((error: unknown) => Promise.reject(modelMissing(modelFile, error)));
      const gigabytes = largeModelGigabytes(found.size);
      if (gigabytes === null) return null;
      return `The model ${modelFile} needs about ${gigabytes.toFixed(1)} GB of memory while it is used; it runs in a process of its own.`;
    },
  };
}

/** Beside the bundles when built; in the sources for tests. */
function runtimeFiles(): { script: string; wasmFile: string; execArgv: readonly string[] } {
  const isBuilt = existsSync(join(__dirname, 'model.js'));
  return {
    script: isBuilt ? join(__dirname, 'model.js') : join(__dirname, '..', 'model.ts'),
    wasmFile: beside(RUNTIME, `../../node_modules/onnxruntime-web/dist/${RUNTIME}`),
    execArgv: isBuilt ? [] : ['--import', 'tsx'],
  };
}

/** The first of these paths, from this code's folder, that exists; else the first. */
function beside(...paths: readonly string[]): string {
  const whole = paths.map((path) => resolve(__dirname, path));
  return whole.find((path) => existsSync(path)) ?? whole[0] ?? '';
}
