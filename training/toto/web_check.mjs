// Runs converted graphs in onnxruntime-web's plain WASM build on one thread and prints time and memory.
// node training/toto/web_check.mjs FILE.onnx [--lean]   (--lean: without weight packing and without the memory arena)
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createRequire } from 'node:module';

const RUNS = 15;
const require = createRequire(import.meta.url);
const ort = require('onnxruntime-web/wasm');
const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
ort.env.wasm.numThreads = 1;
ort.env.wasm.wasmPaths = `${join(root, 'node_modules', 'onnxruntime-web', 'dist')}/`;

const megabytes = () => Math.round(process.memoryUsage().rss / 1e6);
const [path, ...flags] = process.argv.slice(2);
const lean = flags.includes('--lean')
  ? { enableCpuMemArena: false, enableMemPattern: false, extra: { session: { disable_prepacking: '1' } } }
  : {};
const before = megabytes();
const started = performance.now();
const session = await ort.InferenceSession.create(readFileSync(path), { executionProviders: ['wasm'], ...lean });
const loadMs = performance.now() - started;
const values = Float32Array.from({ length: 512 }, (_, i) => Math.sin(i / 11) + 0.1 * Math.sin(i * i));
let quantiles;
const times = [];
for (let run = 0; run < RUNS; run++) {
  const from = performance.now();
  ({ quantiles } = await session.run({ context: new ort.Tensor('float32', values, [1, 512]) }));
  times.push(performance.now() - from);
}
times.sort((a, b) => a - b);
const data = quantiles.data;
const isSorted = data.every((value, i) => Number.isFinite(value) && (i < 60 || value >= data[i - 60]));
const peak = Math.round(process.resourceUsage().maxRSS / 1e3);
console.log(
  JSON.stringify({
    file: path,
    shape: quantiles.dims,
    isSorted,
    loadMs: Math.round(loadMs),
    medianMs: Number(times[RUNS >> 1].toFixed(1)),
    leastMs: Number(times[0].toFixed(1)),
    rssBeforeMb: before,
    rssMb: megabytes(),
    peakMb: peak,
    first: [...data.slice(0, 3)],
    sum: data.reduce((sum, value) => sum + value, 0),
  }),
);
