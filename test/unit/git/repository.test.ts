import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { AppError } from '../../../src/domain/errors';
import { hasCommits, openRepository } from '../../../src/git/repository';
import { ScratchRepository } from './scratchRepository';

const { signal } = new AbortController();
const text = (...rows: string[]) => `${rows.join('\n')}\n`;
const always = { fromMs: 0, toMs: 4_000_000_000_000 };

const isWorkspaceError = (pattern: RegExp) => (error: unknown) =>
  error instanceof AppError && error.kind === 'workspace' && pattern.test(error.message);

describe('A Git repository', () => {
  let scratch: ScratchRepository;
  beforeEach(() => {
    scratch = new ScratchRepository();
  });
  afterEach(() => scratch.dispose());

  describe('when it is opened', () => {
    it('has the root of the working tree, also from a folder inside', async () => {
      scratch.commit('first', { 'src/deep/a.js': 'x\n' });
      const repository = await openRepository(join(scratch.root, 'src', 'deep'), signal);
      assert.equal(repository.root, scratch.root);
      assert.equal(repository.name, basename(scratch.root));
      assert.deepEqual(await repository.listFiles(signal), ['src/deep/a.js']);
    });

    it('says that a folder is no repository, and what to do', async () => {
      const dir = mkdtempSync(join(tmpdir(), 'aidog-none-'));
      try {
        await assert.rejects(openRepository(dir, signal), isWorkspaceError(/is not a Git repository.*Open the folder/));
        await assert.rejects(openRepository(join(dir, 'absent'), signal), isWorkspaceError(/is not a Git repository/));
      } finally {
        rmSync(dir, { recursive: true });
      }
    });

    it('tells whether it has a commit, also one that is checked out without a branch', async () => {
      assert.equal(await hasCommits(scratch.root, signal), false);
      scratch.commit('first', { 'a.js': 'x\n' });
      scratch.git('checkout', '--quiet', '--detach');
      scratch.git('branch', '--quiet', '-D', 'main');
      assert.equal(await hasCommits(scratch.root, signal), true);
    });

    it('says that a bare repository has no files', async () => {
      const dir = mkdtempSync(join(tmpdir(), 'aidog-bare-'));
      try {
        execFileSync('git', ['init', '--quiet', '--bare', dir]);
        await assert.rejects(openRepository(dir, signal), isWorkspaceError(/is not a Git repository/));
      } finally {
        rmSync(dir, { recursive: true });
      }
    });

    it('says that Git is missing', async () => {
      const path = process.env.PATH;
      process.env.PATH = join(scratch.root, 'nothing-here');
      try {
        await assert.rejects(openRepository(scratch.root, signal), isWorkspaceError(/Install Git/));
      } finally {
        process.env.PATH = path;
      }
    });

    it('can be called off', async () => {
      const stop = new AbortController();
      stop.abort();
      await assert.rejects(
        openRepository(scratch.root, stop.signal),
        (error: unknown) => error instanceof AppError && error.kind === 'cancelled',
      );
    });

    it('works in a linked worktree', async () => {
      const first = scratch.commit('first', { 'a.js': 'one\n' });
      const dir = `${scratch.root}-worktree`;
      scratch.git('worktree', 'add', '--quiet', '-b', 'side', dir);
      try {
        const repository = await openRepository(dir, signal);
        assert.equal(repository.root, dir);
        assert.equal(await repository.fileAt(first, 'a.js', signal), 'one\n');
        assert.deepEqual(await repository.mapLine(first, 'a.js', 1, signal), { path: 'a.js', line: 1, status: 'exact' });
      } finally {
        rmSync(dir, { recursive: true });
      }
    });
  });

  it('answers for a repository without a commit', async () => {
    scratch.write('a.js', 'x\n');
    const repository = await openRepository(scratch.root, signal);
    assert.deepEqual(await repository.listFiles(signal), []);
    assert.deepEqual(await repository.commitsBetween(always, signal), []);
    assert.equal(await repository.fileAt('HEAD', 'a.js', signal), null);
    assert.equal(await repository.hasCommit('a'.repeat(40), signal), false);
    assert.deepEqual(await repository.mapLine('a'.repeat(40), 'a.js', 1, signal), { path: 'a.js', line: 1, status: 'unknown' });
    assert.deepEqual(await repository.blame('a'.repeat(40), 'a.js', [1], signal), [null]);
    assert.equal(await repository.isAncestor('a'.repeat(40), 'b'.repeat(40), signal), false);
  });

  it('lists names that are not plain ASCII', async () => {
    scratch.commit('first', { 'größe.js': '', 'a b.js': '', 'tab\tand"quote.js': '' });
    const repository = await openRepository(scratch.root, signal);
    assert.deepEqual([...(await repository.listFiles(signal))].sort(), ['a b.js', 'größe.js', 'tab\tand"quote.js']);
  });

  describe('knows its commits', () => {
    it('by whole and by short id', async () => {
      const sha = scratch.commit('first', { 'a.js': 'x\n' });
      const repository = await openRepository(scratch.root, signal);
      assert.equal(await repository.hasCommit(sha, signal), true);
      assert.equal(await repository.hasCommit(sha.slice(0, 8), signal), true);
      assert.equal(await repository.hasCommit('f'.repeat(40), signal), false);
    });

    it('and never takes anything but an id for one', async () => {
      scratch.commit('first', { 'a.js': 'x\n' });
      const repository = await openRepository(scratch.root, signal);
      for (const sha of ['main', '--output=/tmp/x', 'HEAD~1', '@', '', 'abc', `${'a'.repeat(40)}; ls`, 'A'.repeat(40), '-n1234567']) {
        assert.equal(await repository.hasCommit(sha, signal), false, sha);
        assert.equal(await repository.fileAt(sha, 'a.js', signal), null, sha);
        assert.equal(await repository.isAncestor(sha, sha, signal), false, sha);
        assert.deepEqual(await repository.blame(sha, 'a.js', [1], signal), [null], sha);
      }
    });

    it('by what contains them', async () => {
      const first = scratch.commit('first', { 'a.js': '1\n' });
      const second = scratch.commit('second', { 'a.js': '2\n' });
      scratch.git('checkout', '--quiet', '-b', 'side', first);
      const side = scratch.commit('side', { 'b.js': '1\n' });
      const repository = await openRepository(scratch.root, signal);
      assert.equal(await repository.isAncestor(first, second, signal), true);
      assert.equal(await repository.isAncestor(second, second, signal), true);
      assert.equal(await repository.isAncestor(second, first, signal), false);
      assert.equal(await repository.isAncestor(side, second, signal), false);
      assert.equal(await repository.isAncestor(first.slice(0, 9), second.slice(0, 9), signal), true);
    });
  });

  describe('reads a file at a commit', () => {
    it('as it was', async () => {
      const first = scratch.commit('first', { 'src/a.js': 'one\n' });
      const second = scratch.commit('second', { 'src/a.js': 'two\n' });
      scratch.write('src/a.js', 'unsaved work\n');
      const repository = await openRepository(scratch.root, signal);
      assert.equal(await repository.fileAt(first, 'src/a.js', signal), 'one\n');
      assert.equal(await repository.fileAt(second, 'src/a.js', signal), 'two\n');
      assert.equal(await repository.fileAt('HEAD', 'src/a.js', signal), 'two\n');
      assert.equal(await repository.fileAt(first, 'src/b.js', signal), null);
    });

    it('and neither binary files nor folders nor what lies outside', async () => {
      const sha = scratch.commit('first', { 'a.bin': 'x\0y', 'src/a.js': 'x\n' });
      const repository = await openRepository(scratch.root, signal);
      for (const path of [
        'a.bin',
        'src',
        '',
        '/etc/passwd',
        '../x',
        'src/../src/a.js',
        './src/a.js',
        'src//a.js',
        '.git/config',
        'src\\a.js',
        'a\0b',
      ]) {
        assert.equal(await repository.fileAt(sha, path, signal), null, path);
      }
    });
  });

  describe('follows a line to the working tree', () => {
    const base = ['const vat = 0.19;', 'function price(cart) {', '  return cart.coupon.percent;', '}', 'module.exports = { price };'];

    it('through commits and saved edits', async () => {
      const sha = scratch.commit('first', { 'a.js': text(...base) });
      const repository = await openRepository(scratch.root, signal);
      const map = (line: number) => repository.mapLine(sha, 'a.js', line, signal);
      assert.deepEqual(await map(3), { path: 'a.js', line: 3, status: 'exact' });
      scratch.commit('second', { 'a.js': text("'use strict';", '', ...base) });
      assert.deepEqual(await map(3), { path: 'a.js', line: 5, status: 'moved' });
      scratch.write('a.js', text("'use strict';", ...base.slice(0, 2), '  return cart.coupon?.percent ?? 0;', ...base.slice(3)));
      assert.deepEqual(await map(3), { path: 'a.js', line: 4, status: 'edited' });
      scratch.write('a.js', text(...base.slice(0, 2), ...base.slice(3)));
      assert.deepEqual(await map(3), { path: 'a.js', line: 2, status: 'deleted' });
      scratch.write('a.js', text(...base.slice(0, 2), ...base.slice(3), base[2]!));
      assert.deepEqual(await map(3), { path: 'a.js', line: 5, status: 'moved' });
    });

    it('through a rename, with and without a commit', async () => {
      const sha = scratch.commit('first', { 'src/a.js': text(...base) });
      scratch.rename('src/a.js', 'lib/prices/ä b.js');
      scratch.git('add', '--all');
      const repository = await openRepository(scratch.root, signal);
      assert.deepEqual(await repository.mapLine(sha, 'src/a.js', 3, signal), { path: 'lib/prices/ä b.js', line: 3, status: 'moved' });
      scratch.commit('second');
      scratch.write('lib/prices/ä b.js', text('// prices', ...base));
      assert.deepEqual(await repository.mapLine(sha, 'src/a.js', 3, signal), { path: 'lib/prices/ä b.js', line: 4, status: 'moved' });
    });

    it('to where a deleted file was', async () => {
      const sha = scratch.commit('first', { 'a.js': text(...base), 'b.js': '1\n' });
      scratch.remove('a.js');
      const repository = await openRepository(scratch.root, signal);
      assert.deepEqual(await repository.mapLine(sha, 'a.js', 3, signal), { path: 'a.js', line: 3, status: 'deleted' });
    });

    it('across line ends', async () => {
      const sha = scratch.commit('first', { 'a.js': base.join('\r\n') });
      scratch.write('a.js', text('// new', ...base));
      const repository = await openRepository(scratch.root, signal);
      assert.deepEqual(await repository.mapLine(sha, 'a.js', 3, signal), { path: 'a.js', line: 4, status: 'moved' });
    });

    it('and does not know what the commit did not have', async () => {
      const sha = scratch.commit('first', { 'a.js': text(...base) });
      const repository = await openRepository(scratch.root, signal);
      assert.equal((await repository.mapLine(sha, 'b.js', 1, signal)).status, 'unknown');
      assert.equal((await repository.mapLine(sha, 'a.js', 99, signal)).status, 'unknown');
      assert.equal((await repository.mapLine(sha, '../a.js', 1, signal)).status, 'unknown');
      assert.equal((await repository.mapLine('f'.repeat(40), 'a.js', 1, signal)).status, 'unknown');
    });

    it('but never through a link that leads out of it', async () => {
      const outside = mkdtempSync(join(tmpdir(), 'aidog-outside-'));
      const other = new ScratchRepository();
      try {
        const sha = scratch.commit('first', { 'dir/a.js': text(...base) });
        other.write('a.js', text('secret', ...base));
        scratch.remove('dir');
        symlinkSync(other.root, join(scratch.root, 'dir'));
        const repository = await openRepository(scratch.root, signal);
        assert.deepEqual(await repository.mapLine(sha, 'dir/a.js', 3, signal), { path: 'dir/a.js', line: 3, status: 'deleted' });
      } finally {
        other.dispose();
        rmSync(outside, { recursive: true });
      }
    });
  });

  describe('says who wrote a line', () => {
    it('as of a commit, through renames, for many lines at once', async () => {
      const first = scratch.commit('first', { 'a.js': text('one();', 'two();', 'three();') });
      const second = scratch.commit('second', { 'a.js': text('one();', 'TWO();', 'three();') });
      scratch.rename('a.js', 'b.js');
      const third = scratch.commit('third');
      scratch.commit('fourth', { 'b.js': text('ONE();', 'TWO();', 'three();') });
      const repository = await openRepository(scratch.root, signal);
      assert.deepEqual(await repository.blame(third, 'b.js', [1, 2, 3, 2], signal), [first, second, first, second]);
    });

    it('and null for lines and files that do not exist', async () => {
      const sha = scratch.commit('first', { 'a.js': 'one\ntwo' });
      const repository = await openRepository(scratch.root, signal);
      assert.deepEqual(await repository.blame(sha, 'a.js', [0, 2, 3, -1, 1.5], signal), [null, sha, null, null, null]);
      assert.deepEqual(await repository.blame(sha, 'b.js', [1], signal), [null]);
      assert.deepEqual(await repository.blame(sha, 'a.js', [], signal), []);
    });

    it('unless history was cut off there', async () => {
      const first = scratch.commit('first', { 'a.js': 'one\n' });
      const second = scratch.commit('second', { 'b.js': 'two\n' });
      const dir = `${scratch.root}-shallow`;
      scratch.git('clone', '--quiet', '--depth=1', `file://${scratch.root}`, dir);
      try {
        const repository = await openRepository(dir, signal);
        assert.equal(await repository.hasCommit(first, signal), false);
        assert.deepEqual(await repository.blame(second, 'a.js', [1], signal), [null]);
      } finally {
        rmSync(dir, { recursive: true });
      }
    });
  });

  it('runs no program that its configuration or attributes name', async () => {
    const trap = join(scratch.root, 'trap.sh');
    const sprung = join(scratch.root, 'sprung');
    scratch.write('trap.sh', `#!/bin/sh\ntouch '${sprung}'\ncat "$@" 2>/dev/null\n`);
    chmodSync(trap, 0o755);
    const first = scratch.commit('first', { 'a.js': 'one\n', '.gitattributes': '*.js diff=trap filter=trap\n' });
    for (const key of [
      'core.fsmonitor',
      'core.pager',
      'diff.external',
      'diff.trap.command',
      'diff.trap.textconv',
      'filter.trap.clean',
      'filter.trap.smudge',
    ]) {
      scratch.git('config', key, trap);
    }
    mkdirSync(join(scratch.root, 'hooks'));
    scratch.git('config', 'core.hooksPath', join(scratch.root, 'hooks'));
    scratch.write('a.js', 'two\nthree\n');
    const repository = await openRepository(scratch.root, signal);
    await repository.listFiles(signal);
    const commits = await repository.commitsBetween(always, signal);
    await repository.mapLine(first, 'a.js', 1, signal);
    scratch.rename('a.js', 'c.js');
    await repository.mapLine(first, 'a.js', 1, signal);
    await repository.blame(first, 'a.js', [1], signal);
    assert.equal(existsSync(sprung), false);
    assert.match(commits[0]?.diff ?? '', /\+one/);
  });

  it('does not let one caller who gives up spoil the answer for another', async () => {
    const sha = scratch.commit('first', { 'a.js': 'one\n' });
    const repository = await openRepository(scratch.root, signal);
    const stop = new AbortController();
    const impatient = repository.fileAt(sha, 'a.js', stop.signal);
    const patient = repository.fileAt(sha, 'a.js', signal);
    stop.abort();
    await assert.rejects(impatient, (error: unknown) => error instanceof AppError && error.kind === 'cancelled');
    assert.equal(await patient, 'one\n');
  });
});
