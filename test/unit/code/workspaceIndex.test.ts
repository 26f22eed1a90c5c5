import assert from 'node:assert/strict';
import fc from 'fast-check';
import { sameRank, WorkspaceIndex } from '../../../src/code/workspaceIndex';
import type { Repository } from '../../../src/domain/ports';
import { createMemoryRepository } from './memoryRepository';

const { signal } = new AbortController();
const treeOf = (paths: readonly string[]) => Object.fromEntries(paths.map((path) => [path, 'x\n']));
const tree = (...paths: string[]) => createMemoryRepository({ now: treeOf(paths) });
const split = (path: string) => path.split('/');

/** A repository whose files, stamp and failures a test changes. */
function changing(paths: readonly string[]) {
  const state = { paths: [...paths], stamp: 'one' as string | null, asked: 0 };
  const repository = createMemoryRepository({ now: {}, stamp: () => state.stamp });
  repository.listFiles = async (_signal, wanted) => {
    state.asked += 1;
    return wanted === undefined
      ? state.paths
      : state.paths.filter((path) => wanted.some((part) => path === part || path.startsWith(`${part}/`)));
  };
  return { repository: repository as Repository, state };
}

describe('The index of tracked files', () => {
  it('ranks the longest equal ending first', async () => {
    const index = await WorkspaceIndex.read([tree('a/src/x.js', 'b/src/x.js', 'x.js', 'src/y.js')], signal);
    assert.deepEqual(
      index.match(split('srv/b/src/x.js'), null).map(({ path, shared, isWhole }) => [path, shared, isWhole]),
      [
        ['b/src/x.js', 3, true],
        ['a/src/x.js', 2, false],
        ['x.js', 1, true],
      ],
    );
    assert.deepEqual(index.match(split('srv/z.js'), null), []);
  });

  it("settles a tie for the service's own folder, and knows a tie without one", async () => {
    const index = await WorkspaceIndex.read([tree('services/cart/src/x.js', 'services/checkout/src/x.js')], signal);
    const [first, second] = index.match(split('app/src/x.js'), 'checkout');
    assert.equal(first?.path, 'services/checkout/src/x.js');
    assert.equal(sameRank(first!, second!), false);
    const [one, other] = index.match(split('app/src/x.js'), 'search');
    assert.equal(sameRank(one!, other!), true);
  });

  it('finds the best among thousands of files of one name', async () => {
    const paths = Array.from({ length: 5_000 }, (_, at) => `packages/p${at % 50}/m${at}/index.js`);
    const index = await WorkspaceIndex.read([tree(...paths)], signal);
    assert.equal(index.match(split('srv/packages/p7/m1007/index.js'), null)[0]?.path, 'packages/p7/m1007/index.js');
    const crowd = index.match(split('srv/index.js'), 'm4321');
    assert.equal(crowd[0]?.path, 'packages/p21/m4321/index.js');
    assert.ok(crowd.length < 200, String(crowd.length));
  });

  it('lists again when the repository says that its files changed, and takes over the difference', async () => {
    let nowMs = 0;
    const { repository, state } = changing(['src/a.js', 'src/b.js']);
    const index = new WorkspaceIndex([repository], () => nowMs);
    await index.refresh(signal);
    state.paths = ['src/b.js', 'src/c.js'];
    nowMs += 10_000;
    await index.refresh(signal);
    assert.equal(state.asked, 1);
    state.stamp = 'two';
    await index.refresh(signal);
    assert.equal(state.asked, 1, 'it asks at most once a second');
    nowMs += 1_000;
    await index.refresh(signal);
    assert.deepEqual([...index.paths(repository)], ['src/b.js', 'src/c.js']);
    assert.deepEqual(index.match(['src', 'a.js'], null), []);
    assert.equal(index.match(['src', 'c.js'], null).length, 1);
  });

  it('lists a repository that cannot say so again after a while', async () => {
    let nowMs = 0;
    const { repository, state } = changing(['a.js']);
    state.stamp = null;
    const index = new WorkspaceIndex([repository], () => nowMs);
    for (nowMs of [0, 2_000, 14_000]) await index.refresh(signal);
    assert.equal(state.asked, 1);
    nowMs = 16_000;
    await index.refresh(signal);
    assert.equal(state.asked, 2);
  });

  it('is told what changed and asks for that only', async () => {
    const { repository, state } = changing(['src/a.js', 'src/old/b.js', 'src/old/c.js', 'lib/d.js']);
    const index = await WorkspaceIndex.read([repository], signal);
    state.paths = ['src/new/b.js', 'src/new/c.js', 'lib/d.js'];
    await index.changed(repository, ['src/old', 'src/new', 'src/a.js', 'never/seen.js'], signal);
    assert.deepEqual([...index.paths(repository)].sort(), ['lib/d.js', 'src/new/b.js', 'src/new/c.js']);
    assert.deepEqual([index.has(repository, 'src/a.js'), index.has(repository, 'src/new/b.js')], [false, true]);
  });

  it('lists everything again when too much changed at once', async () => {
    const { repository, state } = changing(['a.js']);
    const index = await WorkspaceIndex.read([repository], signal);
    state.paths = ['b.js'];
    await index.changed(
      repository,
      Array.from({ length: 1_000 }, (_, at) => `${at}.js`),
      signal,
    );
    await index.refresh(signal);
    assert.deepEqual([...index.paths(repository)], ['b.js']);
  });

  it('shares one listing, and does not let one caller who gives up spoil it for the others', async () => {
    const { repository, state } = changing(['a.js']);
    let release = () => {};
    const gate = new Promise<void>((resolve) => {
      release = resolve;
    });
    const list = repository.listFiles;
    repository.listFiles = async (asked, paths) => {
      await gate;
      asked.throwIfAborted();
      return list(asked, paths);
    };
    const index = new WorkspaceIndex([repository]);
    const stop = new AbortController();
    const called = [index.refresh(stop.signal), index.refresh(signal)] as const;
    stop.abort();
    release();
    await assert.rejects(called[0], { name: 'AbortError' });
    await called[1];
    assert.deepEqual([...index.paths(repository)], ['a.js']);
    assert.equal(state.asked, 1);
  });

  it('can be called off while it is built, and is whole the next time', async () => {
    const paths = Array.from({ length: 60_000 }, (_, at) => `f${at}.js`);
    const { repository } = changing(paths);
    const index = new WorkspaceIndex([repository]);
    const stop = new AbortController();
    const building = index.refresh(stop.signal);
    setTimeout(() => stop.abort());
    await assert.rejects(building, { name: 'AbortError' });
    await index.refresh(signal);
    assert.equal([...index.paths(repository)].length, 60_000);
  });

  const segment = fc.constantFrom('a', 'b', 'src', 'x.js', 'index.js');
  const path = fc.array(segment, { minLength: 1, maxLength: 5 }).map((parts) => parts.join('/'));
  const steps = fc.array(fc.tuple(fc.boolean(), fc.array(path, { maxLength: 40 })), { maxLength: 12 });

  it('is after any changes what it would be if it were read anew', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uniqueArray(path, { maxLength: 80 }), steps, fc.array(path, { maxLength: 8 }), async (first, changes, asked) => {
        const repository = tree(...first);
        const index = await WorkspaceIndex.read([repository], signal);
        const files = new Set(first);
        for (const [isAdded, paths] of changes) {
          for (const one of asked) index.match(split(one), 'a');
          for (const one of paths) isAdded ? files.add(one) : files.delete(one);
          index.apply(repository, isAdded ? paths : [], isAdded ? [] : paths);
        }
        const rebuilt = new WorkspaceIndex([repository]);
        await rebuilt.refresh(signal);
        rebuilt.apply(
          repository,
          [...files],
          first.filter((one) => !files.has(one)),
        );
        const fresh = await WorkspaceIndex.read([createMemoryRepository({ now: treeOf([...files]) })], signal);
        for (const one of asked) {
          const seen = (other: WorkspaceIndex) =>
            other.match(split(one), 'a').map(({ path: found, shared, isWhole }) => [found, shared, isWhole]);
          assert.deepEqual(seen(index), seen(fresh));
          assert.deepEqual(seen(rebuilt), seen(fresh));
        }
        assert.deepEqual(new Set(index.paths(repository)), files);
      }),
    );
  });

  it('knows no other files than those that are tracked', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uniqueArray(path, { maxLength: 60 }), path, async (paths, asked) => {
        const index = await WorkspaceIndex.read([tree(...paths)], signal);
        for (const match of index.match(split(asked), null)) assert.ok(paths.includes(match.path));
      }),
    );
  });
});
