import assert from 'node:assert/strict';
import { openRepository } from '../../../src/git/repository';
import { ScratchRepository } from './scratchRepository';

const { signal } = new AbortController();

describe('The remotes of a repository', () => {
  let scratch: ScratchRepository;
  beforeEach(() => {
    scratch = new ScratchRepository();
  });
  afterEach(() => scratch.dispose());

  it('are named without credentials, origin first, each once', async () => {
    scratch.git('remote', 'add', 'fork', 'git@github.com:me/shop.git');
    scratch.git('remote', 'add', 'local', '/srv/git/shop');
    scratch.git('remote', 'add', 'origin', 'https://user:secret@github.com/Acme/Shop.git');
    scratch.git('remote', 'add', 'again', 'ssh://git@github.com/acme/shop');
    const repository = await openRepository(scratch.root, signal);
    assert.deepEqual(await repository.remotes(signal), ['github.com/acme/shop', 'github.com/me/shop']);
  });

  it('tell what was pushed, as of the last push', async () => {
    const remote = new ScratchRepository();
    try {
      const pushed = scratch.commit('pushed', { 'a.js': '1\n' });
      const repository = await openRepository(scratch.root, signal);
      assert.equal(await repository.isPushed(pushed, signal), null);
      remote.git('config', 'receive.denyCurrentBranch', 'ignore');
      scratch.git('remote', 'add', 'origin', `file://${remote.root}`);
      scratch.git('push', '--quiet', 'origin', 'main');
      const own = scratch.commit('mine', { 'a.js': '2\n' });
      scratch.git('checkout', '--quiet', '-b', 'idea');
      const idea = scratch.commit('idea', { 'a.js': '3\n' });
      scratch.git('checkout', '--quiet', '--detach', 'main');
      const loose = scratch.commit('loose', { 'a.js': '4\n' });
      const fresh = await openRepository(scratch.root, signal);
      const answers = await Promise.all([pushed, own, idea, loose, loose.slice(0, 10)].map((sha) => fresh.isPushed(sha, signal)));
      assert.deepEqual(answers, [true, false, false, false, false]);
      assert.equal(await fresh.isPushed('--all', signal), null);
    } finally {
      remote.dispose();
    }
  });
});

describe('A deployed version in a repository', () => {
  let scratch: ScratchRepository;
  beforeEach(() => {
    scratch = new ScratchRepository();
  });
  afterEach(() => scratch.dispose());

  it('leads to the commit of its tag, plain or annotated', async () => {
    const [first, second] = [scratch.commit('first', { 'a.js': '1\n' }), scratch.commit('second', { 'a.js': '2\n' })];
    scratch.git('tag', 'v1.0.0', first);
    scratch.git('tag', '-a', '-m', 'release', 'cart@1.1.0', second);
    scratch.git('tag', 'notes', scratch.git('rev-parse', `${first}:a.js`).trim());
    const repository = await openRepository(scratch.root, signal);
    assert.equal(await repository.resolveVersion('1.0.0', 'cart', signal), first);
    assert.equal(await repository.resolveVersion('v1.1.0', 'cart', signal), second);
    assert.equal(await repository.resolveVersion('notes', null, signal), null);
  });

  it('may be or contain a commit id that the repository has', async () => {
    const sha = scratch.commit('first', { 'a.js': '1\n' });
    const repository = await openRepository(scratch.root, signal);
    assert.equal(await repository.resolveVersion(sha.slice(0, 9), null, signal), sha);
    assert.equal(await repository.resolveVersion(`1.2.3-4-g${sha.slice(0, 7)}`, null, signal), sha);
    for (const version of ['f'.repeat(12), '--all', 'HEAD', '', '9.9.9'])
      assert.equal(await repository.resolveVersion(version, null, signal), null);
  });
});

describe('The history of some lines', () => {
  let scratch: ScratchRepository;
  beforeEach(() => {
    scratch = new ScratchRepository();
  });
  afterEach(() => scratch.dispose());

  const file = (percent: string, other = 'other();') =>
    `first();\n${other}\nfunction discount(cart) {\n  return cart.${percent};\n}\nlast();\n`;

  it('has the commits of the window that changed them, newest first, through renames', async () => {
    scratch.commit('old', { 'a.js': file('old') });
    const from = scratch.nowMs + 1_000;
    const second = scratch.commit('second', { 'a.js': file('coupon') });
    scratch.commit('elsewhere', { 'a.js': file('coupon', 'another();') });
    scratch.rename('a.js', 'b.js');
    scratch.commit('rename');
    const third = scratch.commit('third', { 'b.js': `// new\n${file('coupon.percent', 'another();')}` });
    const sha = scratch.commit('later', { 'b.js': `// new\n${file('coupon.percent', 'more();')}` });
    const repository = await openRepository(scratch.root, signal);
    const window = { fromMs: from, toMs: scratch.nowMs + 1_000 };
    assert.deepEqual(await repository.lineHistory(sha, 'b.js', { from: 4, to: 6 }, window, signal), [third, second]);
  });

  it('is empty for lines, files and commits that are not there', async () => {
    const sha = scratch.commit('first', { 'a.js': file('coupon') });
    const repository = await openRepository(scratch.root, signal);
    const always = { fromMs: 0, toMs: 4_000_000_000_000 };
    const ask = (commit: string, path: string, from: number, to: number) =>
      repository.lineHistory(commit, path, { from, to }, always, signal);
    assert.deepEqual(await ask(sha, 'a.js', 1, 999), [sha]);
    for (const [from, to] of [
      [0, 1],
      [3, 2],
      [99, 100],
      [1.5, 2],
      [Number.NaN, 2],
    ] as const)
      assert.deepEqual(await ask(sha, 'a.js', from, to), []);
    assert.deepEqual(await ask(sha, '--help', 1, 2), []);
    assert.deepEqual(await ask(sha, '../a.js', 1, 2), []);
    assert.deepEqual(await ask('f'.repeat(40), 'a.js', 1, 2), []);
  });
});
