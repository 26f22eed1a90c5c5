import assert from 'node:assert/strict';
import { join } from 'node:path';
import { openRepository } from '../../../src/git/repository';
import { indexFileOf, stampOf } from '../../../src/git/trackedFiles';
import { ScratchRepository } from './scratchRepository';

const { signal } = new AbortController();

describe('The tracked files of a Git repository', () => {
  let scratch: ScratchRepository;
  beforeEach(() => {
    scratch = new ScratchRepository();
    scratch.commit('first', { 'src/a.js': 'x\n', 'src/b.js': 'x\n', 'lib/c.js': 'x\n' });
  });
  afterEach(() => scratch.dispose());

  it('can be listed for some paths only', async () => {
    scratch.write('src/untracked.js', 'x\n');
    const repository = await openRepository(scratch.root, signal);
    assert.deepEqual(await repository.listFiles(signal, ['src', 'lib/absent.js']), ['src/a.js', 'src/b.js']);
    assert.deepEqual(await repository.listFiles(signal, ['src/untracked.js']), []);
  });

  it('have a stamp that changes when Git begins to track a file, and not when one is edited', async () => {
    const repository = await openRepository(scratch.root, signal);
    const before = await repository.filesStamp(signal);
    scratch.write('src/a.js', 'edited\n');
    assert.equal(await repository.filesStamp(signal), before);
    scratch.write('src/d.js', 'x\n');
    scratch.git('add', 'src/d.js');
    assert.notEqual(await repository.filesStamp(signal), before);
  });

  it('are kept elsewhere for a linked worktree', async () => {
    const dir = `${scratch.root}-linked`;
    scratch.git('worktree', 'add', '--quiet', '-b', 'other', dir);
    try {
      const file = await indexFileOf(dir, signal);
      assert.ok(file.startsWith(join(scratch.root, '.git', 'worktrees')), file);
      assert.ok(await stampOf(file));
    } finally {
      scratch.git('worktree', 'remove', '--force', dir);
    }
  });

  it('have no stamp where there is no index', async () => assert.equal(await stampOf(join(scratch.root, 'absent')), null));

  it('are read from the working tree, also when Git does not track them', async () => {
    scratch.write('dist/app.js.map', '{}');
    const repository = await openRepository(scratch.root, signal);
    assert.equal(await repository.readFile('dist/app.js.map', signal), '{}');
    assert.equal(await repository.readFile('dist/app.js.map', signal, 1), null);
    assert.equal(await repository.readFile('.git/config', signal), null);
  });
});
