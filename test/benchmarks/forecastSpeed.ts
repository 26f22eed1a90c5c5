import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { createInterface } from 'node:readline';
import { Worker } from 'node:worker_threads';
import { defaultForecastSettings } from '../../src/domain/forecast';
import { createForecaster } from '../../src/engine/forecaster';
import { openChannel } from '../../src/protocol/channel';
import type { engineContract } from '../../src/protocol/engineApi';
import { engineHostContract } from '../../src/protocol/engineHostApi';
import { classicalForecasters } from './classicalForecasters';
import { requestOf } from './forecastEval';
import { type ForecastWindow, syntheticWindows } from './forecastWindows';
import { type Measurement, median } from './measurement';

const root = path.resolve(__dirname, '..', '..');
const BATCH = 200;
const SINGLE = 60;
const CLASSICAL = 12;

/** How long forecasts take, warm and on one thread, beside the classical packages; 200 at once, and what that costs the host. */
export async function measureForecasting(): Promise<Measurement[]> {
  const windows = Array.from({ length: BATCH }, (_, index) => syntheticWindows(15)[(index * 7) % 210] as ForecastWindow);
  const { aSeriesMs, batchMs } = await timeShipped(windows);
  const some = windows.slice(0, CLASSICAL);
  const beside = classicalForecasters().map(
    ({ name, forecast }): Measurement => ({
      name: `a forecast, warm, beside ${name}`,
      value: aSeriesMs,
      unit: 'ms',
      limit: { at: 'most', value: 10 },
      baseline: { name, value: median(some.map((window) => timed(() => forecast(window)))) },
    }),
  );
  return [
    ...beside,
    { name: `${BATCH} forecasts at once`, value: batchMs, unit: 'ms', limit: { at: 'most', value: 1000 } },
    ...(existsSync('/proc/self/smaps_rollup') ? [await memoryOf(windows)] : []),
    await hostDelay(windows),
  ];
}

function timed(work: () => unknown): number {
  const startMs = performance.now();
  work();
  return performance.now() - startMs;
}

async function timeShipped(windows: readonly ForecastWindow[]): Promise<{ aSeriesMs: number; batchMs: number }> {
  const forecaster = createForecaster(defaultForecastSettings, { info: () => {}, error: () => {} });
  const requests = windows.map(requestOf);
  const batch = async () => {
    const startMs = performance.now();
    await forecaster.forecastAll(requests);
    return performance.now() - startMs;
  };
  const warm = await forecaster.forecastAll(requests);
  if (!warm.some(({ answeredBy }) => answeredBy === 'embedded')) throw new Error('The embedded model answered no request.');
  const batches = [await batch(), await batch(), await batch()];
  const singles: number[] = [];
  for (const request of requests.slice(0, SINGLE)) {
    const startMs = performance.now();
    await forecaster.forecast(request);
    singles.push(performance.now() - startMs);
  }
  forecaster.dispose();
  return { aSeriesMs: median(singles), batchMs: median(batches) };
}

async function memoryOf(windows: readonly ForecastWindow[]): Promise<Measurement> {
  const value = await extraMemoryMb(windows);
  return { name: `memory for ${BATCH} forecasts, beyond none`, value, unit: 'MB', limit: { at: 'most', value: 150 } };
}

/** What the command and the process of its model hold after all series, less what the command alone holds after one without a model. */
async function extraMemoryMb(windows: readonly ForecastWindow[]): Promise<number> {
  return (await heldMb(windows, 'embedded')) - (await heldMb(windows.slice(0, 1), 'statistical'));
}

async function heldMb(windows: readonly ForecastWindow[], model: string): Promise<number> {
  const command = spawn(process.execPath, [path.join(root, 'dist', 'cli.js'), 'forecast', '--json', '--model', model]);
  command.stdin.write(windows.map(({ context }, id) => `${JSON.stringify({ id, values: context })}\n`).join(''));
  let answered = 0;
  for await (const line of createInterface({ input: command.stdout })) {
    if (line !== '') answered++;
    if (answered === windows.length) break;
  }
  const { stdout } = spawnSync('ps', ['-o', 'pid=', '--ppid', String(command.pid)], { encoding: 'utf8' });
  const processes = [command.pid ?? 0, ...stdout.trim().split(/\s+/).filter(Boolean).map(Number)];
  const held = processes.reduce((sum, pid) => sum + privateMb(pid), 0);
  command.stdin.end();
  return held;
}

/** Memory that only this process has, without the pages of the program file that all its processes share; Linux only. */
function privateMb(pid: number): number {
  const pages = readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8').matchAll(/^Private_(?:Clean|Dirty):\s+(\d+) kB$/gm);
  return [...pages].reduce((sum, [, kb]) => sum + Number(kb), 0) / 1024;
}

/** The longest time that the thread which asks the engine's was blocked while the engine forecast the series. */
async function hostDelay(windows: readonly ForecastWindow[]): Promise<Measurement> {
  const worker = new Worker(path.join(root, 'dist', 'engine.js'), { execArgv: [] });
  const ignore = () => undefined;
  const channel = openChannel<typeof engineHostContract, typeof engineContract>({
    transport: {
      post: (message) => worker.postMessage(message),
      listen(receive) {
        worker.on('message', receive);
        return { dispose: () => void worker.off('message', receive) };
      },
    },
    inbound: engineHostContract,
    handlers: {
      requests: {
        completeWithEditor: () => Promise.reject(new Error('No model is asked here.')),
        permitModel: async () => false,
      },
      commands: {},
      notifications: { log: ignore, progress: ignore, forecasted: ignore, surveyProgress: ignore, modelPulled: ignore, modelSpent: ignore },
    },
    onProblem: ignore,
  });
  const ask = () => channel.request('forecastSeries', { runId: 'bench', requests: windows.map(requestOf) });
  await ask();
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  const answers = await ask();
  delay.disable();
  channel.dispose();
  await worker.terminate();
  if (answers.length !== windows.length) throw new Error('The engine did not forecast all series.');
  return {
    name: `longest block of the host while ${BATCH} are forecast`,
    value: delay.max / 1e6,
    unit: 'ms',
    limit: { at: 'most', value: 50 },
  };
}
