import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AppError } from '../../../src/domain/errors';
import { openKeptRunbooks } from '../../../src/engine/keptRunbooks';
import { readRunbooks } from '../../../src/investigation/knowledge/readRunbooks';
import { Run } from '../../../src/investigation/run';
import { createStatisticalForecaster } from '../../../src/signals/forecast/statistical';
import { createFakeTelemetry } from '../../fakes/telemetry';

async function read(dir: string) {
  const deps = {
    telemetry: createFakeTelemetry({}),
    repositories: [],
    clock: { nowMs: () => 0 },
    log: { info: () => undefined, error: () => undefined },
    forecaster: createStatisticalForecaster(),
  };
  const run = new Run(deps, () => undefined, new AbortController().signal);
  const documents = await readRunbooks([], await openKeptRunbooks(dir), run);
  return { documents, paths: documents.map(({ path }) => path), problems: run.problems };
}

describe('reading kept runbooks', () => {
  let dir: string;
  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'aidog-kept-'));
  });
  afterEach(() => rm(dir, { recursive: true, force: true }));

  it('reads Markdown files by name, also those in subfolders, and nothing else', async () => {
    await writeFile(join(dir, 'b.md'), '# B');
    await writeFile(join(dir, 'a.markdown'), '# A');
    await writeFile(join(dir, 'notes.txt'), 'no');
    await writeFile(join(dir, 'README.md'), '# About this folder');
    await writeFile(join(dir, 'empty.md'), ' \n');
    await mkdir(join(dir, 'team/db'), { recursive: true });
    await writeFile(join(dir, 'team/db/pool-full.md'), '# C');
    const { documents, problems } = await read(dir);
    assert.deepEqual(documents, [
      { origin: 'learned', text: '# A', path: 'a.markdown', root: dir, name: 'A' },
      { origin: 'learned', text: '# B', path: 'b.md', root: dir, name: 'B' },
      { origin: 'learned', text: '# C', path: 'team/db/pool-full.md', root: dir, name: 'Pool full' },
    ]);
    assert.deepEqual(problems, []);
  });

  it('passes over a file that is too large, and says so', async () => {
    await writeFile(join(dir, 'large.md'), '# Large\n'.padEnd(2 * 1024 * 1024 + 1, 'x'));
    await writeFile(join(dir, 'small.md'), '# Small');
    const { paths, problems } = await read(dir);
    assert.deepEqual(paths, ['small.md']);
    assert.deepEqual(problems, ['The runbook large.md could not be read: it is larger than 2 MiB, no text, or outside of its folder.']);
  });

  it('reads a bounded number of files, and says so', async () => {
    await Promise.all(Array.from({ length: 301 }, (_, index) => writeFile(join(dir, `${index}.md`), 'x')));
    const { paths, problems } = await read(dir);
    assert.equal(paths.length, 300);
    assert.deepEqual(problems, [`${dir} has more runbooks than AIDog searches; the first 300 were read.`]);
  });

  it('follows no symbolic link out of the folder', async () => {
    const kept = join(dir, 'kept');
    await mkdir(join(dir, 'elsewhere'));
    await mkdir(kept);
    await writeFile(join(dir, 'elsewhere/secret.md'), '# Secret');
    await symlink(join(dir, 'elsewhere'), join(kept, 'folder'));
    await symlink(join(dir, 'elsewhere/secret.md'), join(kept, 'file.md'));
    await writeFile(join(kept, 'own.md'), '# Own');
    assert.deepEqual((await read(kept)).paths, ['own.md']);
  });

  it('finds none where nothing was kept yet', async () => {
    assert.deepEqual(await openKeptRunbooks(join(dir, 'later')), null);
  });

  it('says what to check when the folder is none', async () => {
    const file = join(dir, 'file');
    await writeFile(file, '');
    await assert.rejects(
      openKeptRunbooks(file),
      (error) =>
        error instanceof AppError &&
        error.message === `The folder of runbooks ${file} could not be read. Check that it is a folder and that you may read it.`,
    );
  });
});
