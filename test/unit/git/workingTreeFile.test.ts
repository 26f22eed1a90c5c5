import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isSafePath, readWorkingTreeFile } from '../../../src/git/workingTreeFile';

describe('A file of the working tree', () => {
  let dir: string;
  let root: string;
  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'aidog-tree-'));
    root = join(dir, 'root');
    mkdirSync(join(root, 'src'), { recursive: true });
    writeFileSync(join(root, 'src', 'a.js'), 'ä\n');
    writeFileSync(join(dir, 'secret'), 'secret');
  });
  afterEach(() => rmSync(dir, { recursive: true }));

  it('is read as text', async () => assert.equal(await readWorkingTreeFile(root, 'src/a.js'), 'ä\n'));

  it('is absent when it is a folder, binary, huge or not there', async () => {
    writeFileSync(join(root, 'binary'), 'a\0b');
    writeFileSync(join(root, 'huge'), Buffer.alloc(5 * 1024 * 1024, 'x'));
    for (const path of ['src', 'binary', 'huge', 'none.js']) assert.equal(await readWorkingTreeFile(root, path), null, path);
  });

  it('may be as large as the caller can bear', async () => {
    assert.equal(await readWorkingTreeFile(root, 'src/a.js', 2), null);
    assert.equal(await readWorkingTreeFile(root, 'src/a.js', 3), 'ä\n');
  });

  it('is none when it is a pipe that nobody writes to', async () => {
    execFileSync('mkfifo', [join(root, 'pipe')]);
    assert.equal(await readWorkingTreeFile(root, 'pipe'), null);
  });

  it('does not lie outside, neither by its name nor by a link', async () => {
    symlinkSync(join(dir, 'secret'), join(root, 'link'));
    symlinkSync(dir, join(root, 'up'));
    for (const path of ['../secret', 'link', 'up/secret', join(dir, 'secret')])
      assert.equal(await readWorkingTreeFile(root, path), null, path);
  });

  it('may be reached by a link that stays inside', async () => {
    symlinkSync(join(root, 'src'), join(root, 'also'));
    assert.equal(await readWorkingTreeFile(root, 'also/a.js'), 'ä\n');
  });

  it('has a path of plain segments', () => {
    for (const path of ['a.js', 'src/a b/ä.js', '..a/b..', '-rf']) assert.ok(isSafePath(path), path);
    for (const path of ['', '/a', 'a/../b', './a', 'a//b', 'a/', 'a\0', 'a\\b', '.git/config', 'sub/.GIT/hooks/x'])
      assert.ok(!isSafePath(path), path);
  });
});
