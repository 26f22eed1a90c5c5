import assert from 'node:assert/strict';
import fc from 'fast-check';
import { besideFile, mapReference, readSourceMap } from '../../../src/code/sourceMap';
import { buildSourceMap, type Segment } from './sourceMapBuilder';

describe('A source map', () => {
  const simple = buildSourceMap({
    sources: ['../src/pricing.ts', '../src/index.ts'],
    names: ['discount'],
    contents: ['one\n', null],
    lines: [
      [
        [0, 0, 0, 0],
        [10, 0, 13, 4, 0],
        [40, 1, 5, 2],
      ],
    ],
  });

  it('leads from positions that count from 1 to such positions', async () => {
    const map = await readSourceMap(simple);
    assert.deepEqual(map?.originalOf(1, 11), { source: '../src/pricing.ts', line: 14, column: 5, name: 'discount', content: 'one\n' });
    assert.deepEqual(map?.originalOf(1, 30), { source: '../src/pricing.ts', line: 14, column: 5, name: 'discount', content: 'one\n' });
    assert.deepEqual(map?.originalOf(1, 41), { source: '../src/index.ts', line: 6, column: 3, name: null, content: null });
    for (const [line, column] of [
      [2, 1],
      [0, 1],
      [1, 0],
    ] as const)
      assert.equal(map?.originalOf(line, column), null);
  });

  it('may have sections, a root for its sources, and a line that keeps browsers out', async () => {
    const map = JSON.parse(simple) as object;
    const indexed = JSON.stringify({ version: 3, sections: [{ offset: { line: 2, column: 0 }, map }] });
    assert.equal((await readSourceMap(indexed))?.originalOf(3, 11)?.line, 14);
    const rooted = buildSourceMap({ sources: ['a.ts'], sourceRoot: 'webpack://shop/', lines: [[[0, 0, 0, 0]]] });
    assert.equal((await readSourceMap(`)]}'\n${rooted}`))?.originalOf(1, 1)?.source, 'webpack://shop/a.ts');
  });

  it('is none when the text is something else', async () => {
    for (const text of ['', '{', 'null', '[]', '{"version":3}', '<html>']) {
      const map = await readSourceMap(text);
      assert.equal(map?.originalOf(1, 1) ?? null, null, text);
    }
  });

  it('leads to every position that was written', async () => {
    const segment = fc.tuple(fc.nat(500), fc.nat(3), fc.nat(2_000), fc.nat(200));
    await fc.assert(
      fc.asyncProperty(fc.uniqueArray(segment, { minLength: 1, maxLength: 30, selector: ([column]) => column }), async (written) => {
        const segments: Segment[] = written.toSorted(([left], [right]) => left - right);
        const map = await readSourceMap(buildSourceMap({ sources: ['a', 'b', 'c', 'd'], lines: [segments] }));
        for (const [column, source, line, original] of segments) {
          const found = map?.originalOf(1, column + 1);
          assert.deepEqual([found?.source, found?.line, found?.column], ['abcd'[source], line + 1, original + 1]);
        }
      }),
    );
  });
});

describe('The reference of a built file to its source map', () => {
  it('is the last of the file, in any of its spellings', () => {
    assert.deepEqual(mapReference('x\n//# sourceMappingURL=app.js.map'), { kind: 'file', url: 'app.js.map' });
    assert.deepEqual(mapReference('x\n//@ sourceMappingURL=app.js.map\n'), { kind: 'file', url: 'app.js.map' });
    assert.deepEqual(mapReference('a{}\n/*# sourceMappingURL=app.css.map */'), { kind: 'file', url: 'app.css.map' });
    assert.deepEqual(mapReference('//# sourceMappingURL=old.map\nx\n//# sourceMappingURL=new.map\n'), { kind: 'file', url: 'new.map' });
    for (const text of ['', 'x', '//# sourceMappingURL=', `//# sourceMappingURL=${'a'.repeat(2_000)}`])
      assert.equal(mapReference(text), null);
  });

  it('may be the map itself', () => {
    const base64 = Buffer.from('{"ä":1}').toString('base64');
    assert.deepEqual(mapReference(`//# sourceMappingURL=data:application/json;charset=utf-8;base64,${base64}`), {
      kind: 'inline',
      text: '{"ä":1}',
    });
    assert.deepEqual(mapReference('//# sourceMappingURL=data:application/json,%7B%7D'), { kind: 'inline', text: '{}' });
    for (const url of ['data:application/json', 'data:;base64,§§', 'data:,%E0%A4%A'])
      assert.equal(mapReference(`//# sourceMappingURL=${url}`), null);
  });

  it('never leads out of the repository', () => {
    assert.equal(besideFile('dist/app.js', 'app.js.map?v=1#x'), 'dist/app.js.map');
    assert.equal(besideFile('dist/js/app.js', '../../src/./a.ts'), 'src/a.ts');
    for (const url of ['../../x', '/etc/passwd', 'https://evil.example/x', 'file:///etc/passwd', '..\\x', 'a\0b', ''])
      assert.equal(besideFile('dist/app.js', url), url === '' ? 'dist' : null);
    const piece = fc.constantFrom('..', '.', '/', 'a', 'b.map', '\\', '?', ':');
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const path = besideFile('dist/js/app.js', pieces.join(''));
        assert.ok(path === null || !path.split('/').includes('..'));
      }),
    );
  });
});
