import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readContents } from '../../../src/git/fixContents';
import { discardWorktree } from '../../../src/git/fixWorktree';
import { FixScratch, signal } from './fixScratch';

describe('the worktree of a fix', () => {
  let scratch: FixScratch;
  beforeEach(() => {
    scratch = new FixScratch();
  });
  afterEach(() => scratch.dispose());

  it('lies outside of the working tree, on a branch of its own, with the commit undone', async () => {
    const fix = await scratch.prepare();
    assert.ok(fix.worktree.startsWith(scratch.worktrees));
    assert.deepEqual([fix.branch, fix.start.name, fix.start.remoteBranch], ['aidog/fix', 'HEAD (main)', null]);
    assert.deepEqual(fix.patch, { kind: 'revert', commit: scratch.broken, title: 'Round totals, fixes #7', isMerge: false });
    assert.match(scratch.read(fix, 'src/cart.js') ?? '', /line 10\n/);
    assert.equal(scratch.read(fix, 'README.md'), 'Shop\nHello\n');
    assert.equal(scratch.git('-C', fix.worktree, 'rev-parse', '--abbrev-ref', 'HEAD').trim(), 'aidog/fix');
  });

  it('never touches a working tree with staged, unstaged and new files', async () => {
    scratch.repository.write('src/cart.js', 'mine\n');
    scratch.repository.write('README.md', 'staged\n');
    scratch.git('add', 'README.md');
    scratch.repository.write('new.txt', 'new\n');
    const before = scratch.state;
    const fix = await scratch.prepare();
    assert.equal(fix.isWorkingTreeDirty, true);
    assert.equal(scratch.state, before);
    assert.equal(scratch.read(fix, 'new.txt'), null);
    await discardWorktree(fix, signal);
    assert.equal(scratch.state, before);
  });

  it('begins at the default branch of the upstream, where that has the commit', async () => {
    scratch.addRemote();
    scratch.git('checkout', '--quiet', '-b', 'work');
    scratch.repository.commit('Unpushed', { 'README.md': 'Unpushed\n' });
    const fix = await scratch.prepare();
    assert.deepEqual([fix.start.name, fix.start.remoteBranch], ['origin/main', 'main']);
    assert.equal(scratch.read(fix, 'README.md'), 'Shop\nHello\n');
    assert.equal(fix.isWorkingTreeDirty, false);
  });

  it('begins at HEAD when the commit was not pushed yet', async () => {
    scratch.addRemote();
    const unpushed = scratch.repository.commit('Unpushed', { 'README.md': 'Unpushed\n' });
    const fix = await scratch.prepare(unpushed);
    assert.deepEqual([fix.start.name, fix.start.remoteBranch], ['HEAD (main)', null]);
  });

  it('prefers the upstream of a fork, and finds its main branch where its HEAD is not known', async () => {
    scratch.addRemote();
    scratch.git('remote', 'add', 'upstream', scratch.remote);
    scratch.git('fetch', '--quiet', 'upstream');
    assert.equal((await scratch.prepare()).start.name, 'upstream/main');
  });

  it('works with a detached HEAD and leaves it detached', async () => {
    scratch.git('checkout', '--quiet', '--detach', 'HEAD');
    const fix = await scratch.prepare();
    assert.equal(fix.start.name, 'HEAD (detached)');
    assert.equal(scratch.git('rev-parse', '--abbrev-ref', 'HEAD').trim(), 'HEAD');
  });

  it('takes another name when the branch is taken, here or on the remote as last seen', async () => {
    const first = await scratch.prepare();
    const second = await scratch.prepare();
    assert.deepEqual([first.branch, second.branch], ['aidog/fix', 'aidog/fix-2']);
    assert.notEqual(first.worktree, second.worktree);
    scratch.addRemote();
    scratch.git('push', '--quiet', 'origin', 'main:AIDOG/fix');
    await discardWorktree(first, signal);
    await discardWorktree(second, signal);
    assert.equal((await scratch.prepare()).branch, 'aidog/fix-2');
  });

  it('takes another folder when something is in the way', async () => {
    mkdirSync(join(scratch.worktrees, 'fix'), { recursive: true });
    writeFileSync(join(scratch.worktrees, 'fix', 'kept.txt'), 'kept');
    const fix = await scratch.prepare();
    assert.equal(fix.worktree, join(scratch.worktrees, 'fix-2'));
    await discardWorktree(fix, signal);
    assert.ok(existsSync(join(scratch.worktrees, 'fix', 'kept.txt')));
  });

  it('undoes a merge against the branch that it was merged into', async () => {
    scratch.git('checkout', '--quiet', '-b', 'feature', scratch.good);
    scratch.repository.commit('Feature', { 'feature.js': 'on\n' });
    scratch.git('checkout', '--quiet', 'main');
    scratch.git('merge', '--quiet', '--no-ff', '-m', 'Merge the feature', 'feature');
    const fix = await scratch.prepare(scratch.git('rev-parse', 'HEAD').trim());
    assert.equal(fix.patch.isMerge, true);
    const { files } = await readContents(fix.worktree, fix.start.commit, signal);
    assert.deepEqual(files, [{ path: 'feature.js', previousPath: null, status: 'deleted' }]);
  });

  it('says that a commit was reverted already, and leaves nothing behind', async () => {
    scratch.git('revert', '--no-edit', scratch.broken);
    await assert.rejects(scratch.prepare(), { kind: 'workspace', message: /changes nothing: HEAD \(main\) has none of its changes/ });
    assert.deepEqual(readdirSync(scratch.worktrees), []);
    assert.equal(scratch.git('branch', '--list', 'aidog/*'), '');
    assert.equal(scratch.git('worktree', 'list').trim().split('\n').length, 1);
  });

  it('says that a commit is missing, that it lies elsewhere, and that a clone is too shallow', async () => {
    await assert.rejects(scratch.prepare('0'.repeat(40)), { message: /is in none of the open repositories. Run "git fetch"/ });
    await assert.rejects(scratch.prepare('--all'), { message: /is in none of the open repositories/ });
    scratch.git('checkout', '--quiet', '-b', 'elsewhere', scratch.good);
    await assert.rejects(scratch.prepare(), { message: /is no part of HEAD \(elsewhere\), so there is nothing to revert there/ });
    const shallow = join(scratch.base, 'shallow');
    scratch.git('clone', '--quiet', '--depth=2', '--branch=main', `file://${scratch.root}`, shallow);
    const { findSuspect } = await import('../../../src/git/fixRepository');
    await assert.rejects(findSuspect([shallow], scratch.broken, signal), { message: /clone is shallow.*git fetch --unshallow/ });
  });

  it('finds the repository among several folders, and names a folder that is none', async () => {
    const { findSuspect } = await import('../../../src/git/fixRepository');
    assert.equal((await findSuspect([scratch.base, scratch.root], scratch.broken.slice(0, 10), signal)).commit, scratch.broken);
    await assert.rejects(findSuspect([scratch.base], scratch.broken, signal), { message: /is not a Git repository/ });
    await assert.rejects(findSuspect([], scratch.broken, signal), { message: /in none of the open repositories/ });
  });

  it('is removed with its branch and nothing else, whatever lies in it', async () => {
    const fix = await scratch.prepare();
    scratch.git('branch', 'aidog/other');
    scratch.write(fix, 'new.txt', 'new');
    await discardWorktree(fix, signal);
    assert.equal(existsSync(fix.worktree), false);
    assert.equal(scratch.git('branch', '--format=%(refname:short)').trim(), 'aidog/other\nmain');
    await discardWorktree(fix, signal);
  });

  it('is forgotten when its folder is gone already', async () => {
    const fix = await scratch.prepare();
    rmSync(fix.worktree, { recursive: true });
    await assert.rejects(readContents(fix.worktree, fix.start.commit, signal), { message: /is gone. Discard the fix/ });
    await discardWorktree(fix, signal);
    assert.equal(scratch.git('branch', '--list', 'aidog/*'), '');
  });

  it('is not removed when it is none of ours', async () => {
    const own = join(scratch.base, 'own');
    scratch.git('worktree', 'add', '--quiet', '-b', 'aidog/mine', own);
    const named = { repository: scratch.root, worktree: join(scratch.base, 'other'), branch: 'aidog/mine' };
    await assert.rejects(discardWorktree(named, signal), { message: /left alone/ });
    await assert.rejects(discardWorktree({ ...named, worktree: own, branch: 'main' }, signal), { message: /left alone/ });
    await assert.rejects(discardWorktree({ ...named, worktree: scratch.root, branch: 'aidog/none' }, signal), { message: /left alone/ });
    assert.ok(existsSync(own));
  });
});
