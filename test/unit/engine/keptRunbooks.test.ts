import assert from 'node:assert/strict';
import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AppError } from '../../../src/domain/errors';
import { readKeptRunbooks } from '../../../src/engine/keptRunbooks';

describe('reading kept runbooks', () => {
  let dir: string;
  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'aidog-kept-'));
  });

  it('reads Markdown files by name, and nothing else', async () => {
    await writeFile(join(dir, 'b.md'), '# B');
    await writeFile(join(dir, 'a.markdown'), '# A');
    await writeFile(join(dir, 'notes.txt'), 'no');
    await writeFile(join(dir, 'empty.md'), ' \n');
    await mkdir(join(dir, 'folder.md'));
    assert.deepEqual(await readKeptRunbooks(dir), [
      { origin: 'learned', text: '# A', path: 'a.markdown', root: dir, name: 'a' },
      { origin: 'learned', text: '# B', path: 'b.md', root: dir, name: 'b' },
    ]);
  });

  it('passes over a file that is too large', async () => {
    await writeFile(join(dir, 'large.md'), '# Large\n'.padEnd(2 * 1024 * 1024 + 1, 'x'));
    await writeFile(join(dir, 'small.md'), '# Small');
    assert.deepEqual(
      (await readKeptRunbooks(dir)).map(({ path }) => path),
      ['small.md'],
    );
  });

  it('finds none where nothing was kept yet', async () => {
    assert.deepEqual(await readKeptRunbooks(join(dir, 'later')), []);
  });

  it('says what to check when the folder is none', async () => {
    const file = join(dir, 'file');
    await writeFile(file, '');
    await assert.rejects(
      readKeptRunbooks(file),
      (error) =>
        error instanceof AppError &&
        error.message === `The folder of runbooks ${file} could not be read. Check that it is a folder and that you may read it.`,
    );
  });
});
