import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openWorkspaces, Workspaces } from '../../../src/engine/workspaces';
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

describe('Folders that are kept open', () => {
  let scratch: ScratchRepository;
  let nowMs: number;
  let workspaces: Workspaces;

  beforeEach(() => {
    scratch = new ScratchRepository();
    scratch.commit('first', { 'src/a.js': 'a\n' });
    nowMs = 1_000_000;
    workspaces = new Workspaces(log, () => nowMs);
  });
  afterEach(() => scratch.dispose());

  const openAgain = () => workspaces.open([scratch.root], signal);

  async function placeOf(file: string) {
    const { mapper } = await openAgain();
    const frame = { function: null, file: `/srv/${file}`, line: 1, column: null, kind: 'app' } as const;
    return (await mapper.map(frame, { commit: null, service: null }, signal)).location?.path ?? null;
  }

  it('are opened once, and again after some minutes, when a folder may have become a repository', async () => {
    const dir = realpathSync(mkdtempSync(join(tmpdir(), 'aidog-later-')));
    try {
      writeFileSync(join(dir, 'a.js'), 'a\n');
      writeFileSync(join(dir, 'b.js'), 'b\n');
      const openDir = () => workspaces.open([dir], signal);
      const first = await openDir();
      execFileSync('git', ['init', '--quiet'], { cwd: dir });
      execFileSync('git', ['add', 'a.js'], { cwd: dir });
      assert.equal(await openDir(), first);
      assert.notEqual(await workspaces.open([], signal), first);
      nowMs += 6 * 60_000;
      assert.deepEqual(await (await openDir()).repositories[0]?.listFiles(signal), ['a.js']);
    } finally {
      rmSync(dir, { recursive: true });
    }
  });

  it('know files that were added and removed since', async () => {
    assert.deepEqual([await placeOf('src/a.js'), await placeOf('src/b.js')], ['src/a.js', null]);
    scratch.remove('src/a.js');
    scratch.commit('second', { 'src/b.js': 'b\n' });
    nowMs += 2_000;
    assert.deepEqual([await placeOf('src/a.js'), await placeOf('src/b.js')], [null, 'src/b.js']);
  });

  it('keep what was learned when they are opened again', async () => {
    const first = await openAgain();
    nowMs += 6 * 60_000;
    assert.equal((await openAgain()).mapper, first.mapper);
    assert.equal(await workspaces.mapperOf(await openWorkspaces([join(scratch.root, 'src')], log, signal)), first.mapper);
  });

  it('have a mapper of their own as soon as a repository has no folder', async () => {
    const recorded = { ...(await openAgain()).repositories[0]!, root: null };
    assert.notEqual(await workspaces.mapperOf([recorded]), await workspaces.mapperOf([recorded]));
  });

  it('are told which files changed in the window, which need not be committed for that', async () => {
    await placeOf('src/a.js');
    scratch.write('src/b.js', 'b\n');
    scratch.git('add', 'src/b.js');
    scratch.git('rm', '--quiet', '--cached', 'src/a.js');
    assert.equal(await placeOf('src/b.js'), null);
    await workspaces.filesChanged([join(scratch.root, 'src', 'a.js'), join(scratch.root, 'src', 'b.js'), tmpdir(), scratch.root], signal);
    assert.deepEqual([await placeOf('src/a.js'), await placeOf('src/b.js')], [null, 'src/b.js']);
  });

  it('are opened by all who wait when the first of them gives up', async () => {
    const stop = new AbortController();
    const [first, second] = [workspaces.open([scratch.root], stop.signal), openAgain()];
    stop.abort();
    await assert.rejects(first);
    assert.equal((await second).repositories[0]?.root, scratch.root);
  });

  it('are not kept when opening them was called off', async () => {
    await assert.rejects(workspaces.open([scratch.root], AbortSignal.abort()));
    assert.equal(await placeOf('src/a.js'), 'src/a.js');
  });
});
