import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { Worker } from 'node:worker_threads';
import { defaultForecastSettings } from '../../src/domain/forecast';
import { createForecaster } from '../../src/engine/forecaster';
import { openChannel } from '../../src/protocol/channel';
import { type engineContract, engineHostContract } from '../../src/protocol/engineApi';
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
    { name: `memory for ${BATCH} forecasts, beyond none`, value: extraMemoryMb(windows), unit: 'MB', limit: { at: 'most', value: 150 } },
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
  await batch();
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

/** Largest resident set of the command with the embedded model for all series, less that of one without for one. */
function extraMemoryMb(windows: readonly ForecastWindow[]): number {
  const reporter = path.join(root, 'test', 'benchmarks', 'reportMemory.cjs');
  const largestKb = (lines: readonly ForecastWindow[], model: string) => {
    const input = lines.map(({ context }, id) => `${JSON.stringify({ id, values: context })}\n`).join('');
    const args = ['--require', reporter, path.join(root, 'dist', 'cli.js'), 'forecast', '--json', '--model', model];
    const { stderr } = spawnSync(process.execPath, args, { input, encoding: 'utf8', maxBuffer: 1 << 28 });
    return Number(stderr.trim().split('\n').at(-1));
  };
  return (largestKb(windows, 'embedded') - largestKb(windows.slice(0, 1), 'statistical')) / 1024;
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
    handlers: { requests: {}, commands: {}, notifications: { log: ignore, progress: ignore, forecasted: ignore, surveyProgress: ignore } },
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
