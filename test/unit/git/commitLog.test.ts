import assert from 'node:assert/strict';
import { parseUnifiedDiff } from '../../../src/code/unifiedDiff';
import { openRepository } from '../../../src/git/repository';
import { runGit } from '../../../src/git/runGit';
import { ScratchRepository } from './scratchRepository';

const { signal } = new AbortController();
const always = { fromMs: 0, toMs: 4_000_000_000_000 };

describe('The commits of a repository', () => {
  let scratch: ScratchRepository;
  beforeEach(() => {
    scratch = new ScratchRepository();
  });
  afterEach(() => scratch.dispose());

  it('come newest first with author, time, message, files and diff', async () => {
    scratch.commit('first', { 'a.js': 'one\n' });
    const sha = scratch.commit('Second: more\n\nBecause of\nreasons.', { 'a.js': 'one\ntwo\n', 'größe b.js': 'x\n' });
    const repository = await openRepository(scratch.root, signal);
    const [commit, ...others] = await repository.commitsBetween(always, signal);
    assert.equal(others.length, 1);
    assert.deepEqual(
      { ...commit, diff: null },
      {
        sha,
        repository: repository.name,
        author: 'Ada Byron',
        timestampMs: scratch.nowMs,
        message: 'Second: more\n\nBecause of\nreasons.',
        files: ['a.js', 'größe b.js'],
        diff: null,
      },
    );
    const [file, other] = parseUnifiedDiff(commit?.diff ?? '');
    assert.deepEqual([file?.newPath, file?.hunks[0]?.lines.at(-1)?.text, other?.newPath], ['a.js', 'two', 'größe b.js']);
  });

  it('are those of the window, to the second', async () => {
    scratch.commit('before', { 'a.js': '1\n' });
    const fromMs = scratch.nowMs + 60_000;
    const inside = scratch.commit('inside', { 'a.js': '2\n' });
    const toMs = scratch.nowMs + 60_000;
    scratch.commit('after', { 'a.js': '3\n' });
    const repository = await openRepository(scratch.root, signal);
    const commits = await repository.commitsBetween({ fromMs, toMs }, signal);
    assert.deepEqual(
      commits.map((commit) => commit.sha),
      [inside],
    );
  });

  it('are those of all branches, but no merges and nothing that is stashed', async () => {
    scratch.commit('first', { 'a.js': '1\n' });
    scratch.git('checkout', '--quiet', '-b', 'side');
    scratch.commit('side', { 'b.js': '1\n' });
    scratch.git('checkout', '--quiet', 'main');
    scratch.commit('main', { 'a.js': '2\n' });
    scratch.git('merge', '--quiet', '--no-edit', 'side');
    scratch.git('checkout', '--quiet', '-b', 'unmerged', 'HEAD~1');
    scratch.commit('unmerged', { 'c.js': '1\n' });
    scratch.write('a.js', 'work in progress\n');
    scratch.git('stash', '--quiet');
    const repository = await openRepository(scratch.root, signal);
    const messages = (await repository.commitsBetween(always, signal)).map((commit) => commit.message);
    assert.deepEqual(messages.sort(), ['first', 'main', 'side', 'unmerged']);
  });

  it('keep renames, deletions and binary files apart', async () => {
    scratch.commit('first', { 'old.js': 'one\ntwo\nthree\nfour\n', 'gone.js': 'x\n', 'logo.png': 'a\0b' });
    scratch.rename('old.js', 'new name.js');
    scratch.remove('gone.js');
    scratch.commit('second', { 'logo.png': 'a\0c' });
    const repository = await openRepository(scratch.root, signal);
    const [commit] = await repository.commitsBetween(always, signal);
    assert.deepEqual([...(commit?.files ?? [])].sort(), ['gone.js', 'logo.png', 'new name.js']);
    const files = parseUnifiedDiff(commit?.diff ?? '');
    assert.deepEqual(files.map(({ oldPath, newPath, isBinary }) => `${oldPath} ${newPath} ${isBinary}`).sort(), [
      'gone.js null false',
      'logo.png logo.png true',
      'old.js new name.js false',
    ]);
  });

  it('cannot be forged by what a commit says', async () => {
    const forged = `commit ${'f'.repeat(40)}\nAuthor: Eve\n:100644 100644 a b M\tx\ndiff --git a/x b/x\n`;
    scratch.commit(forged, { 'diff --git a': forged, ':100644 x': forged });
    const repository = await openRepository(scratch.root, signal);
    const commits = await repository.commitsBetween(always, signal);
    assert.equal(commits.length, 1);
    assert.equal(commits[0]?.message, forged.trim());
    assert.deepEqual([...(commits[0]?.files ?? [])].sort(), [':100644 x', 'diff --git a']);
  });

  it('have a diff that is cut at a line when it is huge', async () => {
    scratch.commit('first', { 'a.txt': 'x'.repeat(99).concat('\n').repeat(10_000) });
    const repository = await openRepository(scratch.root, signal);
    const [commit] = await repository.commitsBetween(always, signal);
    assert.ok((commit?.diff.length ?? 0) <= 100_000);
    assert.ok((commit?.diff.length ?? 0) > 99_000);
    assert.ok(commit?.diff.endsWith(`${'x'.repeat(99)}\n`));
  });

  it('are not needed when there are none', async () => {
    const repository = await openRepository(scratch.root, signal);
    assert.deepEqual(await repository.commitsBetween(always, signal), []);
    scratch.commit('empty');
    const [commit] = await repository.commitsBetween(always, signal);
    assert.deepEqual([commit?.message, commit?.files, commit?.diff], ['empty', [], '']);
  });

  it('do not depend on how the user likes to see diffs', async () => {
    for (const [key, value] of [
      ['diff.noprefix', 'true'],
      ['color.ui', 'always'],
      ['log.showSignature', 'true'],
      ['core.quotePath', 'true'],
      ['log.date', 'relative'],
      ['diff.context', '0'],
    ] as const) {
      scratch.git('config', key, value);
    }
    scratch.commit('first', { 'ä.js': 'one\ntwo\nthree\n' });
    scratch.commit('second', { 'ä.js': 'one\n2\nthree\n' });
    const repository = await openRepository(scratch.root, signal);
    const [commit] = await repository.commitsBetween(always, signal);
    const [file] = parseUnifiedDiff(commit?.diff ?? '');
    assert.deepEqual([file?.newPath, file?.hunks[0]?.lines.length], ['ä.js', 4]);
  });

  it('come from a process that is stopped when it says too much', async () => {
    scratch.commit('first', { 'a.txt': 'line\n'.repeat(200_000) });
    const answer = await runGit(scratch.root, ['cat-file', 'blob', 'HEAD:a.txt'], { signal, maxBytes: 10_000 });
    assert.equal(answer.isCut, true);
    assert.equal(answer.exitCode, null);
    assert.equal(answer.text.length, 10_000);
  });
});
