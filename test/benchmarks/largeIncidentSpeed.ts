import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { LARGE, writeLargeIncident } from './largeIncident';
import type { Measurement } from './measurement';

const cli = path.join(__dirname, '..', '..', 'dist', 'cli.js');
const MB = 1024 * 1024;

/** Investigates an incident of 400 services, 20,000 series and 200,000 logs, beside only reading the same recording. */
export async function measureLargeIncident(): Promise<Measurement[]> {
  if (!existsSync(cli)) throw new Error('There is no dist/cli.js to measure; run "npm run build" first.');
  const dir = mkdtempSync(path.join(tmpdir(), 'aidog-large-'));
  try {
    const culprit = writeLargeIncident(dir, LARGE);
    const { ms, memoryMb, out } = await timed([cli, 'investigate', '--recording', dir, '--json']);
    const found = (JSON.parse(out) as { readonly culprits: readonly { readonly service: string }[] }).culprits[0]?.service;
    if (found !== culprit) throw new Error(`The large incident began in ${culprit}; ${found} was found.`);
    const read = await timed(['--eval', READING, dir]);
    const size = `${LARGE.services} services, ${LARGE.services * LARGE.seriesAService} series, ${LARGE.logs} logs`;
    return [
      {
        name: `incident of ${size}`,
        value: ms,
        unit: 'ms',
        limit: { at: 'most', value: 10_000 },
        baseline: { name: 'parsing its files', value: read.ms },
      },
      { name: 'memory of the same', value: memoryMb, unit: 'MB', limit: { at: 'most', value: 600 } },
    ];
  } finally {
    rmSync(dir, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** The least that anything which looks at the recording has to do: read its lines and parse them. */
const READING = `
  const { readFileSync } = require('node:fs');
  let count = 0;
  for (const file of ['metrics', 'logs', 'spans'])
    for (const line of readFileSync(process.argv[1] + '/' + file + '.ndjson', 'utf8').split('\\n')) if (line !== '' && JSON.parse(line)) count += 1;
  process.stdout.write(String(count));
`;

/** Wall time and largest memory of a whole process. */
async function timed(args: readonly string[]): Promise<{ readonly ms: number; readonly memoryMb: number; readonly out: string }> {
  const startMs = performance.now();
  const child = spawn(process.execPath, ['--require', path.join(__dirname, 'reportMemory.cjs'), ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const said = { out: '', err: '' };
  child.stdout.on('data', (chunk: Buffer) => {
    said.out += chunk.toString();
  });
  child.stderr.on('data', (chunk: Buffer) => {
    said.err += chunk.toString();
  });
  const code = await new Promise((resolve) => child.on('close', resolve));
  if (code !== 0) throw new Error(`${args[0]} ended with ${code}: ${said.err}`);
  const memoryMb = (Number(said.err.trim().split('\n').at(-1)) * 1024) / MB;
  return { ms: performance.now() - startMs, memoryMb, out: said.out };
}
