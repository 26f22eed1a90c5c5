import { execFile } from 'node:child_process';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { startSandbox } from '../../src/sandbox/server';

export interface SandboxIntakeResult {
  /** Spans taken a second of wall time; the sandbox runs in this process and so on one core, the sender in another. */
  readonly spansPerSec: number;
  /** Spans taken a second of processor time of the sandbox: what a core to itself would reach. */
  readonly spansPerCpuSec: number;
  readonly spans: number;
  /** Memory of the sandbox's process at the end, with the store full. */
  readonly rssMb: number;
  readonly keptSpans: number;
  readonly maxSpans: number;
}

/** Posts traces shaped like an express service's over HTTP for `durationMs` and measures how many the sandbox takes. */
export async function measureSandboxIntake(durationMs = 8000): Promise<SandboxIntakeResult> {
  const maxSpans = 200_000;
  const sandbox = await startSandbox({ retention: { maxSpans } });
  const run = promisify(execFile);
  const tsx = pathToFileURL(createRequire(__filename).resolve('tsx')).href;
  const send = (ms: number) => run(process.execPath, ['--import', tsx, join(__dirname, 'sendTraces.ts'), sandbox.url, String(ms)]);
  try {
    await send(1500);
    const cpu = process.cpuUsage();
    const startMs = performance.now();
    const { stdout } = await send(durationMs);
    const { user, system } = process.cpuUsage(cpu);
    const spans = Number(stdout);
    const keptSpans = [...sandbox.store.spans({ fromMs: 0, toMs: Number.MAX_SAFE_INTEGER })].length;
    return {
      spansPerSec: Math.round(spans / ((Math.min(performance.now() - startMs, durationMs) || durationMs) / 1000)),
      spansPerCpuSec: Math.round(spans / ((user + system) / 1e6)),
      spans,
      rssMb: Math.round(process.memoryUsage().rss / 1024 / 1024),
      keptSpans,
      maxSpans,
    };
  } finally {
    await sandbox.close();
  }
}
