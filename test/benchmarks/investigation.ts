import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Worker } from 'node:worker_threads';
import { openChannel } from '../../src/protocol/channel';
import type { engineContract } from '../../src/protocol/engineApi';
import { engineHostContract } from '../../src/protocol/engineHostApi';
import { type Measurement, median } from './measurement';

const root = path.resolve(__dirname, '..', '..');
const rounds = 5;

/** One investigation as the extension runs it: the bundled engine in a worker, a recording served by the sandbox. */
interface Run {
  readonly ms: number;
  readonly firstFoundMs: number;
  readonly apiCalls: number;
}

/** Times the demo incident from the request to the first finding and to the report. The first round starts the worker. */
export async function measureInvestigation(): Promise<Measurement[]> {
  const dir = mkdtempSync(path.join(tmpdir(), 'aidog-bench-'));
  const cold: Run[] = [];
  try {
    for (let round = 0; round < rounds; round += 1) cold.push(await investigateOnce(dir));
  } finally {
    rmSync(dir, { recursive: true, force: true, maxRetries: 5 });
  }
  return [
    {
      name: 'demo incident, request to report, fresh worker',
      value: median(cold.map(({ ms }) => ms)),
      unit: 'ms',
      limit: { at: 'most', value: 3000 },
    },
    {
      name: 'demo incident, request to first finding, fresh worker',
      value: median(cold.map(({ firstFoundMs }) => firstFoundMs)),
      unit: 'ms',
    },
    {
      name: 'API calls of the demo incident',
      value: Math.max(...cold.map(({ apiCalls }) => apiCalls)),
      unit: 'calls',
      limit: { at: 'most', value: 15 },
    },
  ];
}

async function investigateOnce(dir: string): Promise<Run> {
  const worker = new Worker(path.join(root, 'dist', 'engine.js'));
  let firstFoundMs = Number.NaN;
  let startMs = performance.now();
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
      notifications: {
        log: () => undefined,
        forecasted: () => undefined,
        surveyProgress: () => undefined,
        modelPulled: () => undefined,
        modelSpent: () => undefined,
        progress({ event }) {
          if (event.kind === 'found' && Number.isNaN(firstFoundMs)) firstFoundMs = performance.now() - startMs;
        },
      },
    },
    onProblem: () => undefined,
  });
  try {
    const demo = await channel.request('prepareDemo', { mediaDir: path.join(root, 'media'), dir });
    const recording = demo.recordings[0];
    if (!recording) throw new Error('The demo has no recording.');
    startMs = performance.now();
    const target = { kind: 'recording' as const, dir: recording.dir };
    const { usage } = await channel.request('investigate', { runId: 'bench', target, repositories: [demo.repository] });
    return { ms: performance.now() - startMs, firstFoundMs, apiCalls: usage.apiCalls };
  } finally {
    channel.dispose();
    await worker.terminate();
  }
}
