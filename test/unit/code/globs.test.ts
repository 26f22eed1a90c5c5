import assert from 'node:assert/strict';
import fc from 'fast-check';
import { matchesGlob } from '../../../src/code/globs';

const matches = (glob: string, path: string) => matchesGlob(glob, path.split('/'));

describe('Globs of mapping rules', () => {
  it('match any part of a segment, and any number of segments', () => {
    for (const [glob, path] of [
      ['vendor/**', 'srv/shop/vendor/acme/a.js'],
      ['vendor/', 'srv/shop/vendor/acme/a.js'],
      ['/vendor/**', 'vendor/acme/a.js'],
      ['vendor/*/a.?s', 'x/vendor/acme/a.js'],
      ['**/acme-*/**', 'node_modules/acme-money/index.js'],
      ['*.gen.go', 'internal/api.gen.go'],
      ['a/**/z.js', 'a/z.js'],
      ['a/**/z.js', 'a/b/c/z.js'],
    ] as const)
      assert.ok(matches(glob, path), `${glob} ${path}`);
  });

  it('match nothing else', () => {
    for (const [glob, path] of [
      ['/vendor/**', 'srv/vendor/a.js'],
      ['vendor/*', 'vendor/acme/a.js'],
      ['vendor/**', 'vendors/a.js'],
      ['a?.js', 'a.js'],
      ['a/**/z.js', 'a/b/y.js'],
      ['*.js', 'a.js/b.ts'],
    ] as const)
      assert.ok(!matches(glob, path), `${glob} ${path}`);
  });

  it('match their own text when they have no wildcards', () => {
    const name = fc.stringMatching(/^[a-c.]{1,4}$/).filter((text) => text !== '.');
    fc.assert(
      fc.property(fc.array(name, { minLength: 1, maxLength: 5 }), (segments) => assert.ok(matchesGlob(segments.join('/'), segments))),
    );
  });

  it('take no time that grows without bound on hostile patterns', () => {
    assert.ok(!matchesGlob(`${'*a'.repeat(100)}b`, ['a'.repeat(1_000)]));
    assert.ok(
      !matchesGlob(
        `${'**/'.repeat(100)}x`,
        Array.from({ length: 1_000 }, () => 'a'),
      ),
    );
  });
});
