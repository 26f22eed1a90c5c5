// Runs a converted graph in onnxruntime-web's plain WASM build on one thread, as the extension does.
//   node training/toto/web_check.mjs FILE.onnx [--lean]                 time and memory, one JSON line
//   node training/toto/web_check.mjs FILE.onnx --contexts ROWS.json     the quantiles of each row (512 numbers, null = missing)
// --lean keeps float16 weights as they are and does without the memory arena: less memory, slower.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const RUNS = 15;
// The compiled WASM gets faster in its first runs.
const WARM_UP_RUNS = 15;
const LENGTH = 512;
const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const ort = createRequire(import.meta.url)('onnxruntime-web/wasm');
ort.env.wasm.numThreads = 1;
ort.env.wasm.wasmPaths = `${join(root, 'node_modules', 'onnxruntime-web', 'dist')}/`;

const megabytes = (bytes) => Math.round(bytes / 1e6);
const tensorOf = (row) => new ort.Tensor('float32', Float32Array.from(row, (value) => value ?? Number.NaN), [1, row.length]);

const open = (path, isLean) =>
  ort.InferenceSession.create(readFileSync(path), {
    executionProviders: ['wasm'],
    ...(isLean ? { enableCpuMemArena: false, enableMemPattern: false, graphOptimizationLevel: 'disabled' } : {}),
  });

async function answer(session, rows) {
  const answers = [];
  for (const row of rows) {
    const { quantiles } = await session.run({ context: tensorOf(row) });
    answers.push([...quantiles.data]);
  }
  return answers;
}

async function measure(path, isLean) {
  const before = process.memoryUsage().rss;
  const started = performance.now();
  const session = await open(path, isLean);
  const loadMs = performance.now() - started;
  const row = Array.from({ length: LENGTH }, (_, i) => Math.sin(i / 11) + 0.1 * Math.sin(i * i));
  for (let run = 0; run < WARM_UP_RUNS; run++) await answer(session, [row]);
  const times = [];
  const cpuFrom = process.cpuUsage();
  let quantiles = [];
  for (let run = 0; run < RUNS; run++) {
    const from = performance.now();
    [quantiles] = await answer(session, [row]);
    times.push(performance.now() - from);
  }
  const cpu = process.cpuUsage(cpuFrom);
  times.sort((a, b) => a - b);
  return {
    file: path,
    isFiniteAndSorted: quantiles.every((value, i) => Number.isFinite(value) && (i < 60 || value >= quantiles[i - 60])),
    loadMs: Math.round(loadMs),
    medianMs: Number(times[RUNS >> 1].toFixed(1)),
    leastMs: Number(times[0].toFixed(1)),
    cpuMs: Number(((cpu.user + cpu.system) / 1000 / RUNS).toFixed(1)),
    rssBeforeMb: megabytes(before),
    peakRssMb: megabytes(process.resourceUsage().maxRSS * 1024),
  };
}

const [path, option, rowsPath] = process.argv.slice(2);
const result =
  option === '--contexts'
    ? await answer(await open(path, false), JSON.parse(readFileSync(rowsPath, 'utf8')))
    : await measure(path, option === '--lean');
process.stdout.write(`${JSON.stringify(result)}\n`);
