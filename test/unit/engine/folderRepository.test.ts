import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Repository } from '../../../src/domain/ports';
import { openFolder } from '../../../src/engine/folderRepository';

const { signal } = new AbortController();
const always = { fromMs: 0, toMs: 4_000_000_000_000 };

describe('A folder without version control', () => {
  let root: string;
  let folder: Repository;

  before(async () => {
    root = realpathSync(mkdtempSync(join(tmpdir(), 'aidog-folder-')));
    for (const dir of ['src/deep/er', 'node_modules/x', '.git', 'elsewhere']) mkdirSync(join(root, dir), { recursive: true });
    for (const file of ['z.js', 'src/a.py', 'src/deep/er/b.go', 'node_modules/x/index.js', '.git/config', 'elsewhere/secret.txt'])
      writeFileSync(join(root, file), `${file}\n`);
    symlinkSync(join(root, 'elsewhere'), join(root, 'src', 'link'));
    symlinkSync(join(root, 'elsewhere', 'secret.txt'), join(root, 'src', 'link.txt'));
    const opened = await openFolder(root);
    assert.ok(opened);
    folder = opened;
  });
  after(() => rmSync(root, { recursive: true }));

  it('lists its files, but neither libraries, nor what belongs to Git, nor what links lead to', async () => {
    assert.deepEqual(await folder.listFiles(signal), ['elsewhere/secret.txt', 'src/a.py', 'src/deep/er/b.go', 'z.js']);
  });

  it('lists again only what it is asked for', async () => {
    assert.deepEqual(await folder.listFiles(signal, ['src/deep', 'z.js', 'absent.js', '../x', 'node_modules/x']), [
      'src/deep/er/b.go',
      'z.js',
    ]);
    assert.equal(await folder.filesStamp(signal), null);
  });

  it('reads files that are no larger than wanted', async () => {
    assert.equal(await folder.readFile('z.js', signal), 'z.js\n');
    assert.equal(await folder.readFile('z.js', signal, 3), null);
    assert.equal(await folder.readFile('src', signal), null);
  });

  it('has the present text of a file and no other', async () => {
    assert.equal(await folder.fileAt('HEAD', 'src/a.py', signal), 'src/a.py\n');
    assert.equal(await folder.fileAt('a'.repeat(40), 'src/a.py', signal), null);
    for (const path of ['../x', '/etc/passwd', '.git/config', 'absent']) assert.equal(await folder.fileAt('HEAD', path, signal), null);
  });

  it('knows no past', async () => {
    const sha = 'a'.repeat(40);
    assert.deepEqual(await folder.commitsBetween(always, signal), []);
    assert.equal(await folder.hasCommit(sha, signal), false);
    assert.deepEqual(await folder.mapLine(sha, 'z.js', 3, signal), { path: 'z.js', line: 3, status: 'unknown' });
    assert.deepEqual(await folder.mapLineBack('z.js', 3, sha, signal), { path: 'z.js', line: 3, status: 'unknown' });
    assert.deepEqual(await folder.blame(sha, 'z.js', [1, 2], signal), [null, null]);
    assert.deepEqual(await folder.lineHistory(sha, 'z.js', { from: 1, to: 1 }, always, signal), []);
    assert.deepEqual([await folder.isAncestor(sha, sha, signal), await folder.fetchCommit(sha, signal)], [false, false]);
    assert.deepEqual([await folder.resolveVersion('1.0', null, signal), await folder.remotes(signal)], [null, []]);
    assert.equal(await folder.isPushed(sha, signal), null);
  });

  it('is none where there is no folder', async () => {
    assert.equal(await openFolder(join(root, 'absent')), null);
    assert.equal(await openFolder(join(root, 'z.js')), null);
  });

  it('stops listing when called off', async () => {
    await assert.rejects(folder.listFiles(AbortSignal.abort()), { name: 'AbortError' });
  });
});
