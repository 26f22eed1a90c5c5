import assert from 'node:assert/strict';
import { createFrameMapper } from '../../../src/code/mapping';
import type { StackFrame } from '../../../src/domain/frame';
import { createMemoryRepository, type MemoryRepositoryOptions, type Tree } from './memoryRepository';
import { type BuiltMap, buildSourceMap } from './sourceMapBuilder';

const { signal } = new AbortController();
const SHA = 'a'.repeat(40);
const SOURCE = 'export class Pricer {\n  discount(cart: Cart): number {\n    return cart.coupon.percent\n  }\n}\n';
const BUILT = 'class o{discount(t){return t.coupon.percent}}\n//# sourceMappingURL=app.min.js.map';

const frame = (file: string, more: Partial<StackFrame> = {}): StackFrame => ({
  function: 'o.discount',
  file,
  line: 1,
  column: 36,
  kind: 'app',
  ...more,
});
const mapOf = (more: Partial<BuiltMap> = {}) =>
  buildSourceMap({
    sources: ['../src/pricing.ts'],
    contents: [SOURCE],
    lines: [
      [
        [0, 0, 0, 0],
        [35, 0, 2, 16],
      ],
    ],
    ...more,
  });

/** What was built lies beside the sources, but Git does not track it. */
const builtRepository = (now: Tree, more: Partial<MemoryRepositoryOptions> = {}) =>
  createMemoryRepository({ now, untracked: Object.keys(now).filter((path) => path.includes('dist/')), ...more });

async function find(given: StackFrame, now: Tree, commit: string | null = null, more: Partial<MemoryRepositoryOptions> = {}) {
  const { location, candidates, reason } = await createFrameMapper([builtRepository(now, more)]).map(
    given,
    { commit, service: null },
    signal,
  );
  return {
    at: location === null ? null : `${location.path}:${location.line}`,
    status: location?.status,
    score: location?.score ?? 0,
    candidates,
    reason,
  };
}

describe('Mapping a frame in a built file', () => {
  const whole = { 'src/pricing.ts': SOURCE, 'dist/app.min.js': BUILT, 'dist/app.min.js.map': mapOf() };

  it('leads through the map beside it to the line of the source', async () => {
    const { at, score, reason } = await find(frame('/srv/shop/dist/app.min.js'), whole);
    assert.equal(at, 'src/pricing.ts:3', reason);
    assert.ok(score > 0.9);
    assert.match(
      reason,
      /The source map dist\/app\.min\.js\.map leads to it; it was made from this very text; the line is in the function discount/,
    );
  });

  it('finds maps that are in the file, that lie alone, in packages, and for what a server showed', async () => {
    const inline = `${BUILT.split('\n')[0]}\n//# sourceMappingURL=data:application/json;base64,${Buffer.from(mapOf()).toString('base64')}`;
    assert.equal(
      (await find(frame('/srv/dist/app.min.js'), { 'src/pricing.ts': SOURCE, 'dist/app.min.js': inline })).at,
      'src/pricing.ts:3',
    );
    assert.equal(
      (await find(frame('/srv/dist/app.min.js'), { 'src/pricing.ts': SOURCE, 'dist/app.min.js.map': mapOf() })).at,
      'src/pricing.ts:3',
    );
    const inPackage = {
      'packages/web/package.json': '{}',
      'packages/web/src/pricing.ts': SOURCE,
      'packages/web/dist/app.min.js.map': mapOf(),
    };
    assert.equal((await find(frame('/app/dist/app.min.js'), inPackage)).at, 'packages/web/src/pricing.ts:3');
    assert.equal((await find(frame('https://shop.example/app.min.js?v=3'), whole)).at, 'src/pricing.ts:3');
  });

  it('understands how bundlers spell sources', async () => {
    const spelled = [
      'webpack://shop/./src/pricing.ts',
      'webpack:///src/pricing.ts?749a',
      './../src/pricing.ts',
      '/build/shop/src/pricing.ts',
      'webpack://shop/../shop/src/pricing.ts',
    ];
    for (const source of spelled) {
      const now = { ...whole, 'dist/app.min.js.map': mapOf({ sources: [source] }) };
      assert.equal((await find(frame('/srv/dist/app.min.js'), now)).at, 'src/pricing.ts:3', source);
    }
    const rooted = { ...whole, 'dist/app.min.js.map': mapOf({ sources: ['pricing.ts'], sourceRoot: '../src' }) };
    assert.equal((await find(frame('/srv/dist/app.min.js'), rooted)).at, 'src/pricing.ts:3');
  });

  it('follows the line when the map was made from another version of the file, and is less sure', async () => {
    const now = { ...whole, 'src/pricing.ts': `// new\n\n${SOURCE}` };
    const { at, status, score, reason } = await find(frame('/srv/dist/app.min.js'), now);
    assert.deepEqual([at, status], ['src/pricing.ts:5', 'moved']);
    assert.ok(score < (await find(frame('/srv/dist/app.min.js'), whole)).score);
    assert.match(reason, /made from another version of the file/);
  });

  it('follows the line from the deployed commit where that is known', async () => {
    const now = { ...whole, 'src/pricing.ts': `// new\n${SOURCE}` };
    const { at, status } = await find(frame('/srv/dist/app.min.js'), now, SHA, { trees: { [SHA]: { 'src/pricing.ts': SOURCE } } });
    assert.deepEqual([at, status], ['src/pricing.ts:4', 'moved']);
  });

  it('refuses what it cannot know, politely, and never opens a minified line', async () => {
    const without = await find(frame('/srv/dist/app.min.js', { column: 10_342 }), { 'src/app.ts': SOURCE, 'dist/app.min.js': BUILT });
    assert.equal(without.at, null);
    assert.match(without.reason, /minified code; without its source map the line means nothing/);
    assert.deepEqual(
      without.candidates.map(({ path }) => path),
      ['src/app.ts'],
    );
    const tracked = createMemoryRepository({ now: { 'dist/app.min.js': BUILT } });
    assert.equal(
      (await createFrameMapper([tracked]).map(frame('/srv/dist/app.min.js'), { commit: null, service: null }, signal)).location,
      null,
    );
    const other = await find(frame('/srv/dist/app.min.js', { line: 7 }), whole);
    assert.match(other.reason, /has no position 7:36; it belongs to another build/);
    const library = await find(frame('/srv/dist/app.min.js'), {
      ...whole,
      'dist/app.min.js.map': mapOf({ sources: ['../node_modules/x/a.js'] }),
    });
    assert.match(library.reason, /in a library, as its source map says/);
    const absent = await find(frame('/srv/dist/app.min.js'), { ...whole, 'dist/app.min.js.map': mapOf({ sources: ['../src/gone.ts'] }) });
    assert.match(absent.reason, /leads to \.\.\/src\/gone\.ts, which the workspace does not have/);
  });

  it('does not take a line of what a compiler wrote for one of the source', async () => {
    const { at, candidates, reason } = await find(frame('/app/dist/pricing.js', { line: 9, column: 5 }), { 'src/pricing.ts': SOURCE });
    assert.equal(at, null);
    assert.deepEqual(
      candidates.map(({ path }) => path),
      ['src/pricing.ts'],
    );
    assert.match(reason, /built code/);
    const generated = await find(frame('webpack-internal:///./src/pricing.ts', { line: 3, function: 'Pricer.discount' }), {
      'src/pricing.ts': SOURCE,
    });
    assert.equal(generated.at, null);
    assert.match(generated.reason, /what the bundler made of the file/);
  });

  it('takes built files that Git tracks as they are when nothing squeezed them', async () => {
    const tracked = createMemoryRepository({ now: { 'dist/pricing.js': 'function discount() {\n  return 1;\n}\n' } });
    const { location } = await createFrameMapper([tracked]).map(
      frame('/srv/dist/pricing.js', { line: 2, column: 3 }),
      { commit: null, service: null },
      signal,
    );
    assert.equal(location?.path, 'dist/pricing.js');
  });

  it('chooses none of two builds that are called alike unless the text decides', async () => {
    const two = (other: string) => ({
      'a/package.json': '{}',
      'b/package.json': '{}',
      'a/src/pricing.ts': SOURCE,
      'b/src/pricing.ts': other,
      'a/dist/app.min.js.map': mapOf(),
      'b/dist/app.min.js.map': mapOf({ contents: [other] }),
    });
    const tied = await find(frame('/app/dist/app.min.js'), two(SOURCE));
    assert.equal(tied.at, null);
    assert.deepEqual(tied.candidates.map(({ path }) => path).sort(), ['a/src/pricing.ts', 'b/src/pricing.ts']);
  });
});
