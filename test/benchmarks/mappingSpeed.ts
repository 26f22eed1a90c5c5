import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { mapBuffer } from '../../src/code/drift';
import { createFrameMapper, type FrameMapper } from '../../src/code/mapping';
import { WorkspaceIndex } from '../../src/code/workspaceIndex';
import type { StackFrame } from '../../src/domain/frame';
import { openRepository } from '../../src/git/repository';
import { type Measurement, median } from './measurement';

const FILES = 50_000;
const FRAMES = 500;
const ROUNDS = 5;
const { signal } = new AbortController();

const moduleText = (at: number) =>
  Array.from({ length: 40 }, (_, line) => `function step${line}(cart) {\n  return cart.items[${at}] + ${line};\n}\n`).join('');

/** Fifty files with text, fifty thousand that are only tracked. */
const realFile = (at: number) => `services/checkout/src/part${at}/module${at}.js`;
const trackedFile = (at: number) => `packages/p${at % 400}/src/d${at % 13}/file${at % 9_000}.js`;

/** How fast a large repository is listed, a frame is placed in it and a line is followed. */
export async function measureMapping(): Promise<Measurement[]> {
  const root = mkdtempSync(path.join(tmpdir(), 'aidog-mapping-'));
  try {
    const commit = createLargeRepository(root);
    return [...(await indexMeasurements(root)), await warmMapping(root, commit), followedLine()];
  } finally {
    rmSync(root, { recursive: true, force: true, maxRetries: 5 });
  }
}

function git(root: string, args: readonly string[], input = ''): string {
  const env = { ...process.env, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_NOSYSTEM: '1' };
  const identity = ['-c', 'user.name=Ada', '-c', 'user.email=ada@shop.example'];
  return execFileSync('git', [...identity, ...args], { cwd: root, env, input, encoding: 'utf8' }).trim();
}

function createLargeRepository(root: string): string {
  git(root, ['init', '--quiet']);
  for (let at = 0; at < 50; at += 1) {
    mkdirSync(path.join(root, path.dirname(realFile(at))), { recursive: true });
    writeFileSync(path.join(root, realFile(at)), moduleText(at));
  }
  git(root, ['add', '.']);
  const blob = git(root, ['hash-object', '-w', '--stdin'], 'empty\n');
  const rows = Array.from({ length: FILES }, (_, at) => `100644 ${blob}\t${trackedFile(at)}\n`);
  git(root, ['update-index', '--index-info'], rows.join(''));
  git(root, ['commit', '--quiet', '-m', 'all']);
  return git(root, ['rev-parse', 'HEAD']);
}

const frameIn = (file: string, at: number): StackFrame => ({
  function: `step${at % 40}`,
  file: `/srv/shop/${file}`,
  line: (at % 40) * 3 + 2,
  column: 3,
  kind: 'app',
});

async function place(mapper: FrameMapper, frame: StackFrame, commit: string | null): Promise<number> {
  const startMs = performance.now();
  const { location, reason } = await mapper.map(frame, { commit, service: null }, signal);
  if (location === null) throw new Error(`${frame.file} was not found: ${reason}`);
  return performance.now() - startMs;
}

/** All files listed from nothing; then a file is added, and looked up. */
async function indexMeasurements(root: string): Promise<Measurement[]> {
  const [cold, changed]: [number[], number[]] = [[], []];
  for (let round = 0; round < ROUNDS; round += 1) {
    const repository = await openRepository(root, signal);
    const startMs = performance.now();
    const index = await WorkspaceIndex.read([repository], signal);
    cold.push(performance.now() - startMs);
    const added = realFile(1_000 + round);
    mkdirSync(path.join(root, path.dirname(added)), { recursive: true });
    writeFileSync(path.join(root, added), moduleText(round));
    git(root, ['add', added]);
    const addedMs = performance.now();
    await index.changed(repository, [added], signal);
    if (index.match(added.split('/'), null)[0]?.path !== added) throw new Error(`${added} was not found`);
    changed.push(performance.now() - addedMs);
  }
  return [
    { name: '50,000 files listed by their endings', value: median(cold), unit: 'ms', limit: { at: 'most', value: 2000 } },
    { name: '50,000 files, one added', value: median(changed), unit: 'ms', limit: { at: 'most', value: 20 } },
  ];
}

/** Frames in files that were looked at before, at a commit. */
async function warmMapping(root: string, commit: string): Promise<Measurement> {
  const mapper = createFrameMapper([await openRepository(root, signal)]);
  const frames = Array.from({ length: FRAMES }, (_, at) => frameIn(realFile(at % 50), at));
  for (const frame of frames) await place(mapper, frame, commit);
  const rounds: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const startMs = performance.now();
    for (const frame of frames) await place(mapper, frame, commit);
    rounds.push((performance.now() - startMs) / FRAMES);
  }
  return {
    name: 'a frame placed and followed to the working tree, warm',
    value: median(rounds),
    unit: 'ms',
    limit: { at: 'most', value: 1 },
  };
}

/** A file of 2,000 lines, every tenth edited and every fiftieth moved. */
function followedLine(): Measurement {
  const before = Array.from({ length: 2_000 }, (_, at) => `  const value${at} = compute(${at % 17}, cart);`);
  const after = before.map((line, at) => (at % 10 === 3 ? `${line} // checked` : line));
  for (let at = 0; at < after.length - 700; at += 50) after.push(...after.splice(at, 1));
  const [old, now] = [before.join('\n'), after.join('\n')];
  const times = Array.from({ length: ROUNDS * 3 }, (_, round) => {
    const startMs = performance.now();
    mapBuffer(old, now, 100 + round * 120);
    return performance.now() - startMs;
  });
  return { name: 'a line followed through a file of 2,000 lines', value: median(times), unit: 'ms', limit: { at: 'most', value: 30 } };
}
