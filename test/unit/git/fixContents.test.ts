import assert from 'node:assert/strict';
import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import type { FixContents, PreparedFix } from '../../../src/domain/fix';
import { readContents, resolveConflicts } from '../../../src/git/fixContents';
import { FixScratch, signal } from './fixScratch';

describe('the contents of a fix', () => {
  let scratch: FixScratch;
  beforeEach(() => {
    scratch = new FixScratch();
  });
  afterEach(() => scratch.dispose());

  const read = (fix: PreparedFix): Promise<FixContents> => readContents(fix.worktree, fix.start.commit, signal);
  const resolve = (fix: PreparedFix, ...choices: { path: string; side: 'before' | 'fix' }[]) =>
    resolveConflicts(fix.worktree, fix.start.commit, choices, signal);
  /** A fix whose revert meets a later change of the same line. */
  const conflicting = async () => {
    const text = scratch.git('show', 'HEAD:src/cart.js').replace('broken', 'broken again');
    scratch.repository.commit('Touch the same line', { 'src/cart.js': text });
    return scratch.prepare();
  };

  it('name the changed files, and nothing committed yet', async () => {
    const fix = await scratch.prepare();
    const { files, conflicts, untracked, commit, isDirty } = await read(fix);
    assert.deepEqual(files, [{ path: 'src/cart.js', previousPath: null, status: 'modified' }]);
    assert.deepEqual([conflicts, untracked, commit, isDirty], [[], [], null, true]);
  });

  it('tell added, deleted and renamed files apart, whatever their names', async () => {
    const long = 'same\n'.repeat(30);
    scratch.repository.commit('Before', { 'old name.js': long, 'gone\ttab "quoted".js': 'x\n' });
    scratch.repository.rename('old name.js', 'sub/new\nname.js');
    scratch.repository.remove('gone\ttab "quoted".js');
    const moved = scratch.repository.commit('Move', { 'fresh.js': 'y\n' });
    const { files } = await read(await scratch.prepare(moved));
    assert.deepEqual(
      files.toSorted((a, b) => a.path.localeCompare(b.path)),
      [
        { path: 'fresh.js', previousPath: null, status: 'deleted' },
        { path: 'gone\ttab "quoted".js', previousPath: null, status: 'added' },
        { path: 'old name.js', previousPath: 'sub/new\nname.js', status: 'renamed' },
      ],
    );
  });

  it('have another fingerprint when one character of a tracked file changes, and the same when it changes back', async () => {
    const fix = await scratch.prepare();
    const before = await read(fix);
    const text = scratch.read(fix, 'README.md') ?? '';
    scratch.write(fix, 'README.md', `${text}!`);
    assert.notEqual((await read(fix)).fingerprint, before.fingerprint);
    scratch.write(fix, 'README.md', text);
    assert.equal((await read(fix)).fingerprint, before.fingerprint);
  });

  it('keep their fingerprint when they are committed', async () => {
    const fix = await scratch.prepare();
    const before = await read(fix);
    scratch.git('-C', fix.worktree, 'commit', '--quiet', '-am', 'Done');
    const after = await read(fix);
    assert.deepEqual([after.fingerprint, after.isDirty], [before.fingerprint, false]);
    assert.equal(after.commit, scratch.git('-C', fix.worktree, 'rev-parse', 'HEAD').trim());
  });

  it('list new files apart, without ignored ones', async () => {
    const fix = await scratch.prepare();
    scratch.write(fix, '.gitignore', 'out.log\n');
    scratch.write(fix, 'out.log', 'x');
    scratch.write(fix, 'new.test.js', 'x');
    const { untracked, files } = await read(fix);
    assert.deepEqual(untracked, ['.gitignore', 'new.test.js']);
    assert.equal(files.length, 1);
  });

  it('show a conflict with both versions in the file, and go on when the markers are gone', async () => {
    const fix = await conflicting();
    assert.deepEqual((await read(fix)).conflicts, [{ path: 'src/cart.js', kind: 'markers' }]);
    const text = scratch.read(fix, 'src/cart.js') ?? '';
    assert.match(text, /^<<<<<<< /m);
    await assert.rejects(resolve(fix), { kind: 'workspace', message: /markers are left in src\/cart\.js/ });
    assert.equal(scratch.read(fix, 'src/cart.js'), text);
    scratch.write(fix, 'src/cart.js', 'decided\n');
    const after = await resolve(fix);
    assert.deepEqual(after.conflicts, []);
    assert.equal(scratch.git('-C', fix.worktree, 'show', ':src/cart.js'), 'decided\n');
  });

  for (const left of ['<<<<<<< HEAD\nx\n', 'x\n>>>>>>> parent of 12\n', '||||||| base\nx\n', 'x\n=======\ny\n', '<<<<<<<\r\nx\r\n'])
    it(`take ${JSON.stringify(left)} for markers that are left`, async () => {
      const fix = await conflicting();
      scratch.write(fix, 'src/cart.js', left);
      await assert.rejects(resolve(fix), { message: /markers are left/ });
    });

  it('take a ruler that was there before for what it is', async () => {
    scratch.repository.commit('Doc', { 'doc.rst': 'Title\n=======\none\n' });
    const edit = scratch.repository.commit('Edit', { 'doc.rst': 'Title\n=======\ntwo\n' });
    scratch.repository.commit('Edit again', { 'doc.rst': 'Title\n=======\nthree\n' });
    const fix = await scratch.prepare(edit);
    scratch.write(fix, 'doc.rst', 'Title\n=======\nfour\n');
    assert.deepEqual((await resolve(fix)).conflicts, []);
  });

  it('take a file that was deleted to resolve it for deleted', async () => {
    const fix = await conflicting();
    scratch.git('-C', fix.worktree, 'rm', '--quiet', '--cached', 'README.md');
    scratch.git('-C', fix.worktree, 'checkout', '--quiet', 'HEAD', '--', 'README.md');
    const { rmSync } = await import('node:fs');
    rmSync(join(fix.worktree, 'src/cart.js'));
    const { files, conflicts } = await resolve(fix);
    assert.deepEqual([files, conflicts], [[{ path: 'src/cart.js', previousPath: null, status: 'deleted' }], []]);
  });

  describe('of a file that one side deleted', () => {
    const deleted = async () => {
      const edit = scratch.repository.commit('Edit', { 'late.js': 'one\n' });
      scratch.repository.commit('Edit again', { 'late.js': 'two\n' });
      return scratch.prepare(edit);
    };

    it('ask which version shall stay', async () => {
      const fix = await deleted();
      assert.deepEqual((await read(fix)).conflicts, [{ path: 'late.js', kind: 'choice' }]);
      await assert.rejects(resolve(fix), { message: /not decided what becomes of late\.js/ });
    });

    it('keep it as it was before the fix', async () => {
      const fix = await deleted();
      const { files, conflicts } = await resolve(fix, { path: 'late.js', side: 'before' });
      assert.deepEqual([files, conflicts, scratch.read(fix, 'late.js')], [[], [], 'two\n']);
    });

    it('delete it, as the fix wants it', async () => {
      const fix = await deleted();
      const { files } = await resolve(fix, { path: 'late.js', side: 'fix' });
      assert.deepEqual([files[0]?.status, scratch.read(fix, 'late.js')], ['deleted', null]);
    });
  });

  it('ask about a binary file too', async () => {
    const edit = (text: string) => scratch.repository.commit(text, { 'logo.bin': `\0${text}` });
    edit('one');
    const two = edit('two');
    edit('three');
    const fix = await scratch.prepare(two);
    assert.deepEqual((await read(fix)).conflicts, [{ path: 'logo.bin', kind: 'choice' }]);
    await resolve(fix, { path: 'logo.bin', side: 'fix' });
    assert.equal(scratch.read(fix, 'logo.bin'), '\0one');
  });

  it('never read a file outside of the worktree through a link', async () => {
    const fix = await conflicting();
    const { rmSync } = await import('node:fs');
    rmSync(join(fix.worktree, 'src/cart.js'));
    symlinkSync(join(scratch.root, 'src/cart.js'), join(fix.worktree, 'src/cart.js'));
    assert.deepEqual((await read(fix)).conflicts, [{ path: 'src/cart.js', kind: 'choice' }]);
  });

  it('change nothing while one of several conflicts is open', async () => {
    const other = scratch.git('show', 'HEAD:README.md');
    const both = scratch.repository.commit('Both', { 'README.md': 'both\n', 'src/cart.js': 'both\n' });
    scratch.repository.commit('Both again', { 'README.md': `${other}again\n`, 'src/cart.js': 'again\n' });
    const fix = await scratch.prepare(both);
    scratch.write(fix, 'README.md', 'decided\n');
    await assert.rejects(resolve(fix), { message: /src\/cart\.js/ });
    assert.equal((await read(fix)).conflicts.length, 2);
  });
});
