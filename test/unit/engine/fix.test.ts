import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createFixHandlers } from '../../../src/engine/fix';
import { engineContract } from '../../../src/protocol/engineApi';
import { fixRequests } from '../../../src/protocol/fixApi';
import { FixScratch, signal } from '../git/fixScratch';

const ending = new AbortController();
const handlers = createFixHandlers((given) => AbortSignal.any([given, ending.signal]));

describe('what the engine does for a fix', () => {
  let scratch: FixScratch;
  beforeEach(() => {
    scratch = new FixScratch();
  });
  afterEach(() => scratch.dispose());

  it('is every request of the contract, and the engine answers them', () => {
    assert.deepEqual(Object.keys(handlers).toSorted(), Object.keys(fixRequests).toSorted());
    for (const name of Object.keys(fixRequests)) assert.ok(name in engineContract.requests, name);
  });

  it('names the branch after the incident and what is undone, and finds a free name', async () => {
    const order = { repositories: [scratch.root], commit: scratch.broken, incident: 'Checkout fails!', dir: scratch.worktrees };
    const [first, second] = [await handlers.prepareFix(order, signal), await handlers.prepareFix(order, signal)];
    const name = `aidog/checkout-fails-revert-${scratch.broken.slice(0, 7)}`;
    assert.deepEqual([first.branch, second.branch], [name, `${name}-2`]);
  });

  it('reads a file as it was when the branch began, and nothing outside of the repository', async () => {
    const fix = await handlers.prepareFix(
      { repositories: [scratch.root], commit: scratch.broken, incident: 'x', dir: scratch.worktrees },
      signal,
    );
    const read = (path: string) => handlers.readFixStart({ worktree: fix.worktree, commit: fix.start.commit, path }, signal);
    assert.match((await read('src/cart.js')) ?? '', /^broken$/m);
    assert.deepEqual([await read('none.js'), await read('../../etc/passwd'), await read('/etc/passwd')], [null, null, null]);
  });

  it('finds how the changed files are tested, nearest folder first', async () => {
    const worktree = join(scratch.base, 'project');
    mkdirSync(join(worktree, 'services', 'checkout', 'src'), { recursive: true });
    writeFileSync(join(worktree, 'Makefile'), 'test:\n\ttrue\n');
    const suggest = (...paths: string[]) => handlers.suggestTests({ worktree, paths }, signal);
    assert.deepEqual(await suggest('services/checkout/src/a.js'), { command: 'make test', directory: '' });
    writeFileSync(join(worktree, 'services', 'checkout', 'package.json'), '{"scripts":{"test":"mocha"}}');
    assert.deepEqual(await suggest('services/checkout/src/a.js'), { command: 'npm test', directory: 'services/checkout' });
    assert.deepEqual(await suggest('services/checkout/src/a.js', 'README.md'), { command: 'make test', directory: '' });
    assert.equal(await handlers.suggestTests({ worktree: scratch.base, paths: [] }, signal), null);
  });

  it('knows which repository on GitHub a remote is, without its credentials', async () => {
    scratch.git('remote', 'add', 'origin', 'https://me:canary@github.com/acme/shop.git');
    scratch.git('remote', 'add', 'mirror', scratch.remote);
    scratch.git('remote', 'add', 'local', 'git@ghe.example:acme/shop.git');
    scratch.git('remote', 'set-url', '--push', 'local', scratch.remote);
    const remotes = await handlers.listFixRemotes({ repository: scratch.root }, signal);
    assert.deepEqual(
      remotes.map(({ name, github }) => [name, github?.host ?? null]),
      [
        ['origin', 'github.com'],
        ['local', 'ghe.example'],
        ['mirror', null],
      ],
    );
    assert.equal(remotes[0]?.url, 'https://github.com/acme/shop.git');
    assert.doesNotMatch(JSON.stringify(remotes), /canary/);
  });
});
