import assert from 'node:assert/strict';
import { effectOf, isQuietPath } from '../../../src/code/harmless';
import { parseUnifiedDiff } from '../../../src/code/unifiedDiff';

const effect = (path: string, ...rows: string[]) =>
  effectOf(parseUnifiedDiff(`--- a/${path}\n+++ b/${path}\n@@ -1,5 +1,5 @@\n${rows.join('\n')}\n`), [path]);

describe('Changes that cannot matter', () => {
  it('are tests, documents, pictures and the like', () => {
    for (const path of [
      'test/a.js',
      'src/a.test.ts',
      'pkg/a_test.go',
      'tests/test_a.py',
      'docs/x.md',
      'README.md',
      'CODEOWNERS',
      '.github/workflows/ci.yml',
      'logo.png',
      'pkg/testdata/golden.json',
    ]) {
      assert.ok(isQuietPath(path), path);
    }
    for (const path of ['src/a.js', 'services/latest/a.js', 'requirements.txt', 'contest/a.js', 'src/attest.go', 'docsearch/a.js'])
      assert.ok(!isQuietPath(path), path);
  });

  it('are comments', () => {
    assert.ok(effect('a.js', '-// old', '+// new', '+ * more', ' code();') < 0.05);
    assert.ok(effect('a.py', '+# note') < 0.05);
    assert.equal(effect('a.js', '+// new', '+code();'), 1);
  });

  it('are blanks, except where they carry meaning', () => {
    assert.ok(effect('a.js', '-a( 1 );', '+a(1);') < 0.05);
    assert.equal(effect('a.py', '-  return x', '+    return x'), 1);
    assert.equal(effect('a.yaml', '-  a: 1', '+    a: 1'), 1);
  });

  it('are hardly log statements and styles', () => {
    assert.equal(effect('a.js', '-logger.info(`a`);', '+logger.info(`a`, { id });'), 0.2);
    assert.equal(effect('a.css', '-a { b: c }', '+a { b: d }'), 0.1);
    assert.equal(effect('a.js', '-logger.info(`a`);', '+send(a);'), 1);
  });

  it('are not mixed with changes that can', () => {
    const files = parseUnifiedDiff(
      '--- a/README.md\n+++ b/README.md\n@@ -1 +1 @@\n-a\n+b\n--- a/src/a.js\n+++ b/src/a.js\n@@ -1 +1 @@\n-a()\n+b()\n',
    );
    assert.equal(effectOf(files, ['README.md', 'src/a.js']), 1);
  });

  it('cannot be told without a diff, but by the paths', () => {
    assert.equal(effectOf([], ['src/a.js']), 1);
    assert.ok(effectOf([], ['docs/a.md']) < 0.05);
  });
});
