import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { incompleteSets } from '../../../src/evaluation/incomplete';
import type { CaseSet } from '../../../src/evaluation/sets';

const SERIES = Array.from({ length: 200 }, (_, at) => JSON.stringify({ metric: at === 7 ? 'alert.metric' : `m${at}` })).join('\n');
const FILES: Readonly<Record<string, string>> = {
  'recording.json': JSON.stringify({ alert: { metric: 'alert.metric' } }),
  'logs.ndjson': '{}',
  'metrics.ndjson': SERIES,
};

/** Four cases with logs and metrics in a new folder, which is removed afterwards. */
async function withCases(use: (sets: readonly CaseSet[], target: string) => Promise<void>): Promise<void> {
  const dir = await mkdtemp(path.join(tmpdir(), 'aidog-incomplete-'));
  try {
    const cases = ['c1', 'c2', 'c3', 'c4'].map((name) => ({ name, dir: path.join(dir, name), answer: {} }));
    for (const { dir: own } of cases) {
      await mkdir(own);
      for (const [file, text] of Object.entries(FILES)) await writeFile(path.join(own, file), text);
    }
    await use([{ name: 'net', cases }], path.join(dir, 'copies'));
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}

describe('incompleteSets', () => {
  it('leaves one source out of each case in turn, and everything else as it is', async () => {
    await withCases(async (sets, target) => {
      const [copy] = await incompleteSets(sets, target);
      assert.deepEqual(
        copy?.cases.map(({ name }) => name),
        ['c1', 'c2', 'c3', 'c4'],
      );
      const files = await Promise.all((copy?.cases ?? []).map(async ({ dir }) => (await readdir(dir)).sort()));
      assert.deepEqual(files[0], ['metrics.ndjson', 'recording.json']);
      assert.deepEqual(files[1], ['logs.ndjson', 'metrics.ndjson', 'recording.json']);
      assert.deepEqual(files[2], files[0]);
      assert.equal(await readFile(path.join(copy!.cases[0]!.dir, 'metrics.ndjson'), 'utf8'), SERIES);
    });
  });

  it('keeps most series, the alert’s own among them, and always the same ones', async () => {
    await withCases(async (sets, target) => {
      const keptIn = async (folder: string) => {
        const [copy] = await incompleteSets(sets, path.join(target, folder));
        return (await readFile(path.join(copy!.cases[1]!.dir, 'metrics.ndjson'), 'utf8')).trim().split('\n');
      };
      const [once, twice] = [await keptIn('a'), await keptIn('b')];
      assert.deepEqual(once, twice);
      assert.ok(once.length > 90 && once.length < 150, `${once.length}`);
      assert.ok(once.some((line) => line.includes('alert.metric')));
    });
  });

  it('has no copy of a case that holds nothing to leave out', async () => {
    await withCases(async ([set], target) => {
      const [bare] = set!.cases;
      for (const file of ['logs.ndjson', 'metrics.ndjson']) await rm(path.join(bare!.dir, file));
      assert.deepEqual(await incompleteSets([{ name: 'net', cases: [bare!] }], target), [{ name: 'net', cases: [] }]);
    });
  });
});
