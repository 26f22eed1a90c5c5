import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, openSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { monitorEventLoopDelay, performance } from 'node:perf_hooks';
import { setImmediate } from 'node:timers/promises';
import { LogAnalyser } from '../../src/signals/logs/logAnalyser';
import type { Measurement } from './measurement';
import { syntheticLogs } from './syntheticLogs';

const LINES = 1_000_000;
const LINES_OF_DRAIN3 = 50_000;
const LINES_A_TURN = 1000;
const MB = 1024 * 1024;

/** How fast a million lines of nine made-up systems are mined by the command line tool, in how much memory, and who waits meanwhile. */
export async function measureLogMining(): Promise<Measurement[]> {
  const lines = datedLines();
  const dir = mkdtempSync(path.join(tmpdir(), 'aidog-logs-'));
  try {
    const file = path.join(dir, 'million.log');
    writeFileSync(file, `${lines.join('\n')}\n`);
    const { linesPerSec, memoryMb } = await measureCommand(file);
    const drain3 = measureDrain3(lines);
    const baseline = drain3 === null ? {} : { baseline: { name: 'Drain3 (Python)', value: drain3 } };
    return [
      { name: 'log lines mined, of a million', value: linesPerSec, unit: 'lines/s', limit: { at: 'least', value: 200_000 }, ...baseline },
      { name: 'memory for a million log lines', value: memoryMb, unit: 'MB', limit: { at: 'most', value: 300 } },
      await measureDelay(lines),
    ];
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

function datedLines(): string[] {
  const systems = syntheticLogs(1, 5000);
  const messages = systems.flatMap((system) => system.messages);
  return Array.from({ length: LINES }, (_, at) => {
    const time = new Date(Date.UTC(2026, 0, 1) + at * 20).toISOString();
    return `${time} INFO [main] com.example.Service - ${messages[(at * 7919) % messages.length]}`;
  });
}

/** Wall time of the whole process, start and reading included. */
async function measureCommand(file: string) {
  const cli = path.join(__dirname, '..', '..', 'dist', 'cli.js');
  if (!existsSync(cli)) throw new Error('There is no dist/cli.js to measure; run "npm run build" first.');
  const startMs = performance.now();
  const child = spawn(process.execPath, ['--require', path.join(__dirname, 'reportMemory.cjs'), cli, 'logs', '--json'], {
    stdio: [openSync(file, 'r'), 'ignore', 'pipe'],
  });
  let said = '';
  child.stderr?.on('data', (chunk: Buffer) => {
    said += chunk.toString();
  });
  const code = await new Promise((resolve) => child.on('close', resolve));
  const sec = (performance.now() - startMs) / 1000;
  if (code !== 0) throw new Error(`aidog logs ended with ${code}: ${said}`);
  return { linesPerSec: LINES / sec, memoryMb: (Number(said.trim().split('\n').at(-1)) * 1024) / MB };
}

/** How long a turn of the event loop waits at worst while the lines are mined in its process, as the command line tool does it. */
async function measureDelay(lines: readonly string[]): Promise<Measurement> {
  const analyser = new LogAnalyser({ nowMs: Date.UTC(2026, 11, 31) });
  const delay = monitorEventLoopDelay({ resolution: 10 });
  delay.enable();
  for (let at = 0; at < lines.length; at++) {
    analyser.add(lines[at] ?? '');
    if (at % LINES_A_TURN === 0) await setImmediate();
  }
  delay.disable();
  return { name: 'event-loop delay of the engine while it mines, p99', value: delay.percentile(99) / 1e6, unit: 'ms' };
}

/** Lines a second of Drain3, where Python has it; null otherwise. */
function measureDrain3(lines: readonly string[]): number | null {
  const { status, stdout } = spawnSync('python3', [path.join(__dirname, 'drain3.py')], {
    input: lines.slice(0, LINES_OF_DRAIN3).join('\n'),
    encoding: 'utf8',
    maxBuffer: 64 * MB,
  });
  return status === 0 && Number(stdout) > 0 ? Number(stdout) : null;
}
