import assert from 'node:assert/strict';
import fc from 'fast-check';
import { type FileEntry, FileSuffixes } from '../../../src/code/fileSuffixes';
import { sharedSuffix } from '../../../src/code/framePath';
import { createMemoryRepository } from './memoryRepository';

const repository = createMemoryRepository({ now: {} });
const entry = (path: string): FileEntry => ({ repository, path });
const never = () => false;

function filled(paths: readonly string[]): FileSuffixes {
  const files = new FileSuffixes();
  for (const path of paths) files.add(entry(path));
  return files;
}
const found = (files: FileSuffixes, path: string) =>
  files.endingLike(path.split('/'), never).map((match) => [match.entry.path, match.shared]);

describe('Files by their endings', () => {
  it('are found by name, longest equal ending first, equals by path', () => {
    const files = filled(['b/src/x.js', 'a/src/x.js', 'x.js', 'src/y.js']);
    assert.deepEqual(found(files, 'srv/a/src/x.js'), [
      ['a/src/x.js', 3],
      ['b/src/x.js', 2],
      ['x.js', 1],
    ]);
    assert.deepEqual(
      files.named('x.js').map(({ path }) => path),
      ['b/src/x.js', 'a/src/x.js', 'x.js'],
    );
    assert.deepEqual(found(files, 'z.js'), []);
  });

  it('are gone once they were removed', () => {
    const files = new FileSuffixes();
    const [kept, removed] = [entry('a/x.js'), entry('b/x.js')];
    files.add(kept);
    files.add(removed);
    files.remove(removed);
    assert.deepEqual(found(files, 'b/x.js'), [['a/x.js', 1]]);
    files.remove(kept);
    files.remove(kept);
    assert.deepEqual(found(files, 'b/x.js'), []);
    assert.deepEqual(files.named('x.js'), []);
  });

  it('keep those that are preferred when there are very many', () => {
    const files = filled(Array.from({ length: 500 }, (_, at) => `p${String(at).padStart(3, '0')}/index.js`));
    const paths = files.endingLike(['srv', 'index.js'], ({ path }) => path === 'p499/index.js').map((match) => match.entry.path);
    assert.equal(paths[0], 'p499/index.js');
    assert.equal(paths[1], 'p000/index.js');
    assert.ok(paths.length < 100);
  });

  it('share with the path that was asked for what is said, and none shares more, also when crowded', () => {
    const segment = fc.constantFrom('a', 'b', 'c');
    const path = fc.array(segment, { maxLength: 6 }).map((folders) => [...folders, 'x.js'].join('/'));
    fc.assert(
      fc.property(fc.uniqueArray(path, { maxLength: 250 }), path, fc.uniqueArray(path, { maxLength: 20 }), (paths, asked, gone) => {
        const entries = paths.map(entry);
        const files = new FileSuffixes();
        for (const one of entries) files.add(one);
        found(files, asked);
        for (const one of entries) if (gone.includes(one.path)) files.remove(one);
        const left = paths.filter((one) => !gone.includes(one));
        const matches = found(files, asked);
        for (const [one, shared] of matches) assert.equal(sharedSuffix(String(one).split('/'), asked.split('/')), shared);
        const longest = Math.max(0, ...left.map((one) => sharedSuffix(one.split('/'), asked.split('/'))));
        assert.equal(matches[0]?.[1] ?? 0, longest);
        const best = left.filter((one) => sharedSuffix(one.split('/'), asked.split('/')) === longest);
        if (best.length === 1) assert.equal(matches[0]?.[0], best[0]);
      }),
    );
  });
});
