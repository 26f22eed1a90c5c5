import assert from 'node:assert/strict';
import { join } from 'node:path';
import { commitFix } from '../../../src/git/fixCommit';
import { readContents } from '../../../src/git/fixContents';
import { FixScratch, signal } from './fixScratch';

describe('committing a fix', () => {
  let scratch: FixScratch;
  beforeEach(() => {
    scratch = new FixScratch();
  });
  afterEach(() => scratch.dispose());

  it('commits the change as the person whom Git knows, with the message as it is', async () => {
    const fix = await scratch.prepare();
    const message = 'Revert "Round totals"\n\n# not a comment\n- nor an option';
    const made = await commitFix(fix, message, signal);
    assert.equal(made.kind, 'done');
    const log = scratch.git('-C', fix.worktree, 'log', '-1', '--format=%an <%ae>%n%B').trimEnd();
    assert.equal(log, `Ada Byron <ada@shop.example>\n${message}`);
    assert.equal(scratch.git('-C', fix.worktree, 'rev-list', '--count', `${fix.start.commit}..HEAD`).trim(), '1');
  });

  it('takes edits along that were made since, and no new file', async () => {
    const fix = await scratch.prepare();
    scratch.write(fix, 'README.md', 'More\n');
    scratch.write(fix, 'new.js', 'new\n');
    await commitFix(fix, 'Fix', signal);
    const { files, isDirty, untracked } = await readContents(fix.worktree, fix.start.commit, signal);
    assert.deepEqual([files.map(({ path }) => path), isDirty, untracked], [['README.md', 'src/cart.js'], false, ['new.js']]);
  });

  it('shows what a hook said that refused, and keeps every change', async () => {
    scratch.addHook('pre-commit', 'echo "lint: 2 problems"; echo "line 3: no semicolon" >&2; exit 1');
    const fix = await scratch.prepare();
    const before = await readContents(fix.worktree, fix.start.commit, signal);
    const refused = await commitFix(fix, 'Fix', signal);
    assert.deepEqual(refused, {
      kind: 'refused',
      message: 'A hook of the repository refused the commit (line 3: no semicolon). The changes are kept in the worktree.',
      output: 'lint: 2 problems\nline 3: no semicolon',
    });
    assert.deepEqual(await readContents(fix.worktree, fix.start.commit, signal), before);
  });

  it('says that a hook refused also when the hook says nothing', async () => {
    scratch.addHook('commit-msg', 'exit 1');
    const refused = await commitFix(await scratch.prepare(), 'Fix', signal);
    assert.deepEqual(
      [refused.kind, refused.kind === 'refused' && refused.message.startsWith('A hook of the repository refused')],
      ['refused', true],
    );
  });

  it('runs hooks that a tool generated in the working tree only', async () => {
    scratch.git('config', 'core.hooksPath', '.hooks/_');
    scratch.addHook('pre-commit', 'echo generated; exit 1', join(scratch.root, '.hooks', '_'));
    const refused = await commitFix(await scratch.prepare(), 'Fix', signal);
    assert.equal(refused.kind === 'refused' && refused.output, 'generated');
  });

  it('lets a hook change what is committed', async () => {
    scratch.addHook('pre-commit', 'echo formatted >> src/cart.js; git add src/cart.js');
    const fix = await scratch.prepare();
    assert.equal((await commitFix(fix, 'Fix', signal)).kind, 'done');
    assert.match(scratch.git('-C', fix.worktree, 'show', 'HEAD:src/cart.js'), /formatted\n$/);
  });

  it('says how to tell Git who commits', async () => {
    const fix = await scratch.prepare();
    scratch.git('config', '--unset', 'user.email');
    const { HOME, XDG_CONFIG_HOME } = process.env;
    Object.assign(process.env, { GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_SYSTEM: '/dev/null' });
    try {
      await assert.rejects(commitFix(fix, 'Fix', signal), { kind: 'configuration', message: /git config --global user\.name/ });
    } finally {
      Reflect.deleteProperty(process.env, 'GIT_CONFIG_GLOBAL');
      Reflect.deleteProperty(process.env, 'GIT_CONFIG_SYSTEM');
    }
    assert.deepEqual([process.env.HOME, process.env.XDG_CONFIG_HOME], [HOME, XDG_CONFIG_HOME]);
  });

  it('refuses to make an empty commit, and one with open conflicts', async () => {
    const fix = await scratch.prepare();
    await commitFix(fix, 'Fix', signal);
    await assert.rejects(commitFix(fix, 'Again', signal), { message: /no changes that are not committed/ });
    const text = scratch.git('show', 'HEAD:src/cart.js').replace('broken', 'other');
    scratch.repository.commit('Touch the same line', { 'src/cart.js': text });
    const conflicting = await scratch.prepare();
    const staged = scratch.git('-C', conflicting.worktree, 'ls-files', '--unmerged');
    await assert.rejects(commitFix(conflicting, 'Fix', signal), { message: /Conflict markers are left in src\/cart\.js/ });
    assert.equal(scratch.git('-C', conflicting.worktree, 'ls-files', '--unmerged'), staged);
  });

  it('is not led into another repository by the environment, and is called off by its signal', async () => {
    const fix = await scratch.prepare();
    process.env.GIT_DIR = join(scratch.root, '.git');
    process.env.GIT_INDEX_FILE = join(scratch.root, 'elsewhere');
    try {
      assert.equal((await commitFix(fix, 'Fix', signal)).kind, 'done');
    } finally {
      Reflect.deleteProperty(process.env, 'GIT_DIR');
      Reflect.deleteProperty(process.env, 'GIT_INDEX_FILE');
    }
    assert.equal(scratch.git('log', '-1', '--format=%s', 'main').trim(), 'Say hello');
    await assert.rejects(commitFix(fix, 'Fix', AbortSignal.abort()), { kind: 'cancelled' });
  });
});
