import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Repository } from '../../../../src/domain/ports';
import { openFolder } from '../../../../src/engine/folderRepository';
import type { InvestigationDeps } from '../../../../src/investigation/deps';
import { readRunbooks } from '../../../../src/investigation/knowledge/readRunbooks';
import { Run } from '../../../../src/investigation/run';
import { createStatisticalForecaster } from '../../../../src/signals/forecast/statistical';
import { createFakeRepository } from '../../../fakes/repository';
import { createFakeTelemetry } from '../../../fakes/telemetry';

function runOver(repositories: readonly Repository[]): Run {
  const deps: InvestigationDeps = {
    telemetry: createFakeTelemetry({}),
    repositories,
    clock: { nowMs: () => 0 },
    log: { info: () => undefined, error: () => undefined },
    forecaster: createStatisticalForecaster(),
  };
  return new Run(deps, () => undefined, new AbortController().signal);
}

async function read(files: Record<string, string>): Promise<readonly string[]> {
  const repository = createFakeRepository({ commits: [], files });
  return (await readRunbooks([repository], null, runOver([repository]))).map(({ path, name }) => `${path} ${name}`);
}

describe('reading the runbooks of repositories', () => {
  it('finds them in their usual folders and takes notes for assistants along', async () => {
    const found = await read({
      'runbooks/disk_full.md': 'x',
      'docs/runbooks/db/pool-exhausted.markdown': 'x',
      'BITS.md': 'x',
      '.datadog/bits.md': 'x',
      'runbooks/README.md': 'x',
      'runbooks/script.sh': 'x',
      'docs/other.md': 'x',
      'notrunbooks/a.md': 'x',
      'runbooks/empty.md': ' \n',
    });
    assert.deepEqual(found, [
      'runbooks/disk_full.md Disk full',
      'docs/runbooks/db/pool-exhausted.markdown Pool exhausted',
      'BITS.md BITS',
      '.datadog/bits.md Bits',
    ]);
  });

  it('says which could not be read, and goes on with the others', async () => {
    const files = { 'runbooks/a.md': 'x', 'runbooks/b.md': 'x' };
    const repository = createFakeRepository({ commits: [], files });
    const broken = { ...repository, readFile: async (path: string) => (path === 'runbooks/a.md' ? null : 'text') };
    const run = runOver([broken]);
    assert.equal((await readRunbooks([broken], null, run)).length, 1);
    assert.deepEqual(run.problems, [
      'The runbook runbooks/a.md could not be read: it is larger than 2 MiB, no text, or outside of its folder.',
    ]);
  });

  it('asks no repository that has no files at hand', async () => {
    const recorded = { ...createFakeRepository({ root: null, commits: [], files: {} }), listFiles: () => assert.fail('asked') };
    assert.deepEqual(await readRunbooks([recorded], null, runOver([recorded])), []);
  });

  it('reads a bounded number of them, and says so', async () => {
    const files = Object.fromEntries(Array.from({ length: 302 }, (_, index) => [`runbooks/${index}.md`, 'x']));
    const repository = createFakeRepository({ commits: [], files });
    const run = runOver([repository]);
    assert.equal((await readRunbooks([repository], null, run)).length, 300);
    assert.deepEqual(run.problems, ['shop has more runbooks than AIDog searches; the first 300 were read.']);
  });

  it('reads no more than 16 MiB of them together with the kept ones, and says how many were left out', async () => {
    const long = 'x'.repeat(2 * 1024 * 1024);
    const files = Object.fromEntries(Array.from({ length: 7 }, (_, index) => [`runbooks/${index}.md`, long]));
    const repository = createFakeRepository({ commits: [], files });
    const kept = { ...createFakeRepository({ commits: [], files: { 'a.md': long, 'b.md': long, 'c.md': 'short' } }), name: '/kept' };
    const run = runOver([repository]);
    const found = await readRunbooks([repository], kept, run);
    assert.deepEqual(
      found.slice(-2).map(({ path, origin }) => `${origin} ${path}`),
      ['workspace runbooks/6.md', 'learned a.md'],
    );
    assert.deepEqual(run.problems, ['AIDog searches 16 MiB of runbooks; 2 of /kept were left out. Remove or shorten some of them.']);
  });

  describe('on disk', () => {
    let dir: string;
    beforeEach(async () => {
      dir = await mkdtemp(join(tmpdir(), 'aidog-runbooks-'));
      await mkdir(join(dir, 'shop/runbooks'), { recursive: true });
    });
    afterEach(() => rm(dir, { recursive: true, force: true }));

    it('never leaves the repository, is not held up by size or by what is no text', async () => {
      await writeFile(join(dir, 'secret.md'), '# Secret');
      await symlink(join(dir, 'secret.md'), join(dir, 'shop/runbooks/linked.md'));
      await writeFile(join(dir, 'shop/runbooks/binary.md'), Buffer.from([0, 1, 2]));
      await writeFile(join(dir, 'shop/runbooks/large.md'), 'x'.repeat(2 * 1024 * 1024 + 1));
      await writeFile(join(dir, 'shop/runbooks/good.md'), '# Good');
      const repository = await openFolder(join(dir, 'shop'));
      assert.ok(repository);
      const run = runOver([repository]);
      const found = await readRunbooks([repository], null, run);
      assert.deepEqual(
        found.map(({ text }) => text),
        ['# Good'],
      );
      assert.deepEqual(run.problems.map((problem) => /runbooks\/(\w+)\.md/.exec(problem)?.[1]).sort(), ['binary', 'large']);
    });
  });
});
