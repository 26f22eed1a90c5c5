import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openWorkspaces } from '../../../src/engine/workspaces';
import { ScratchRepository } from '../git/scratchRepository';

const { signal } = new AbortController();
const log = { info: () => {}, error: () => {} };
const open = (...dirs: string[]) => openWorkspaces(dirs, log, signal);

describe('Opening the folders of a workspace', () => {
  let scratch: ScratchRepository;
  let plain: string;

  before(() => {
    scratch = new ScratchRepository();
    scratch.commit('first', { 'src/a.js': 'a\n', '.gitignore': 'out/\n' });
    scratch.write('out/built.js', 'b\n');
    plain = realpathSync(mkdtempSync(join(tmpdir(), 'aidog-plain-')));
    mkdirSync(join(plain, 'lib'));
    writeFileSync(join(plain, 'lib', 'c.py'), 'c\n');
  });
  after(() => {
    scratch.dispose();
    rmSync(plain, { recursive: true });
  });

  it('opens each Git repository once, from any folder of it', async () => {
    const opened = await open(scratch.root, join(scratch.root, 'src'));
    assert.deepEqual(
      opened.map(({ root }) => root),
      [scratch.root],
    );
    assert.deepEqual((await opened[0]!.listFiles(signal)).toSorted(), ['.gitignore', 'src/a.js']);
  });

  it('reads a folder without Git as it is', async () => {
    const opened = await open(plain);
    assert.deepEqual(await opened[0]?.listFiles(signal), ['lib/c.py']);
    assert.equal(opened[0]?.root, plain);
  });

  it('reads a folder that Git ignores as it is', async () => {
    const opened = await open(join(scratch.root, 'out'));
    assert.deepEqual([opened[0]?.root, await opened[0]?.listFiles(signal)], [join(scratch.root, 'out'), ['built.js']]);
  });

  it('reads a repository without files in Git as it is', async () => {
    const fresh = new ScratchRepository();
    try {
      fresh.write('new.js', 'n\n');
      const [opened] = await open(fresh.root);
      assert.deepEqual(await opened?.listFiles(signal), ['new.js']);
    } finally {
      fresh.dispose();
    }
  });

  it('leaves out a folder that is not there', async () => {
    assert.deepEqual(await open(join(plain, 'absent'), join(plain, 'lib', 'c.py')), []);
  });

  it('stops when called off', async () => {
    await assert.rejects(openWorkspaces([scratch.root], log, AbortSignal.abort()));
  });
});
