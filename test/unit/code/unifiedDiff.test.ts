import assert from 'node:assert/strict';
import { createTwoFilesPatch, structuredPatch } from 'diff';
import fc from 'fast-check';
import { parseUnifiedDiff } from '../../../src/code/unifiedDiff';

const lines = (...text: string[]) => text.join('\n');

describe('Unified diffs', () => {
  it('numbers lines in the old and the new file', () => {
    const [file] = parseUnifiedDiff(
      lines(
        'diff --git a/src/a.js b/src/a.js',
        'index 1..2 100644',
        '--- a/src/a.js',
        '+++ b/src/a.js',
        '@@ -10,3 +10,4 @@ function f() {',
        ' one',
        '-two',
        '+TWO',
        '+more',
        ' three',
      ),
    );
    assert.deepEqual([file?.oldPath, file?.newPath], ['src/a.js', 'src/a.js']);
    assert.equal(file?.hunks[0]?.section, 'function f() {');
    assert.deepEqual(
      file?.hunks[0]?.lines.map((line) => [line.kind, line.text, line.oldLine, line.newLine]),
      [
        ['context', 'one', 10, 10],
        ['removed', 'two', 11, 11],
        ['added', 'TWO', 11, 11],
        ['added', 'more', 11, 12],
        ['context', 'three', 12, 13],
      ],
    );
  });

  it('tells new, deleted, renamed and binary files', () => {
    const files = parseUnifiedDiff(
      lines(
        'diff --git a/new.js b/new.js',
        'new file mode 100644',
        '--- /dev/null',
        '+++ b/new.js',
        '@@ -0,0 +1 @@',
        '+x',
        'diff --git a/gone.js b/gone.js',
        'deleted file mode 100644',
        '--- a/gone.js',
        '+++ /dev/null',
        '@@ -1 +0,0 @@',
        '-x',
        'diff --git a/old name.js b/dir/new name.js',
        'similarity index 100%',
        'rename from old name.js',
        'rename to dir/new name.js',
        'diff --git a/logo.png b/logo.png',
        'index 1..2 100644',
        'Binary files a/logo.png and b/logo.png differ',
      ),
    );
    assert.deepEqual(
      files.map((file) => [file.oldPath, file.newPath, file.isBinary]),
      [
        [null, 'new.js', false],
        ['gone.js', null, false],
        ['old name.js', 'dir/new name.js', false],
        ['logo.png', 'logo.png', true],
      ],
    );
  });

  it('undoes the quoting of unusual names', () => {
    const [file] = parseUnifiedDiff(
      lines(
        'diff --git "a/t\\tb \\303\\244.js" "b/t\\tb \\303\\244.js"',
        '--- "a/t\\tb \\303\\244.js"',
        '+++ "b/t\\tb \\303\\244.js"',
        '@@ -1 +1 @@',
        '-a',
        '+b',
      ),
    );
    assert.equal(file?.newPath, 't\tb ä.js');
  });

  it('takes removed and added lines that look like headers for lines', () => {
    const [file, ...others] = parseUnifiedDiff(
      lines(
        'diff --git a/q.sql b/q.sql',
        '--- a/q.sql',
        '+++ b/q.sql',
        '@@ -1,2 +1,2 @@',
        '--- old comment',
        '+++ new comment',
        ' select 1',
      ),
    );
    assert.deepEqual(others, []);
    assert.deepEqual(
      file?.hunks[0]?.lines.map((line) => [line.kind, line.text]),
      [
        ['removed', '-- old comment'],
        ['added', '++ new comment'],
        ['context', 'select 1'],
      ],
    );
  });

  it('reads hunks without numbers, whose header names the function', () => {
    const [file] = parseUnifiedDiff(
      '@@ func Rank(items []Item) []Item {\n+\tif len(items) == 0 {\n+\t\treturn items\n+\t}\n \tsort.Slice(items)',
      ['pkg/reco/rank.go'],
    );
    assert.equal(file?.newPath, 'pkg/reco/rank.go');
    assert.equal(file?.hunks[0]?.section, 'func Rank(items []Item) []Item {');
    assert.deepEqual(
      file?.hunks[0]?.lines.map((line) => [line.kind, line.newLine]),
      [
        ['added', null],
        ['added', null],
        ['added', null],
        ['context', null],
      ],
    );
  });

  it('gives hunks to the file that their header names', () => {
    const files = parseUnifiedDiff(lines('@@ a/pool.go @@', '-x', '+y', '@@ a/db.yaml: pool', '-1', '+2'), ['a/pool.go', 'a/db.yaml']);
    assert.deepEqual(
      files.map((file) => [file.newPath, file.hunks.length]),
      [
        ['a/pool.go', 1],
        ['a/db.yaml', 1],
      ],
    );
  });

  it('reads diffs of other programs, without "diff --git"', () => {
    const files = parseUnifiedDiff(
      lines(
        '--- a.c\t2026-01-01 10:00:00',
        '+++ a.c\t2026-01-02 10:00:00',
        '@@ -1 +1 @@',
        '-a',
        '+b',
        '\\ No newline at end of file',
        '--- b.c',
        '+++ b.c',
        '@@ -1 +1 @@',
        '-a',
        '+b',
      ),
    );
    assert.deepEqual(
      files.map((file) => [file.newPath, file.hunks[0]?.lines.length]),
      [
        ['a.c', 2],
        ['b.c', 2],
      ],
    );
  });

  it('reads what jsdiff writes, line by line', () => {
    const text = fc
      .array(fc.constantFrom('a', 'b', '', '-- x', '++ y', '@@ z', '  d', '\ttab'), { maxLength: 25 })
      .map((parts) => parts.map((part) => `${part}\n`).join(''));
    fc.assert(
      fc.property(text, text, fc.integer({ min: 0, max: 4 }), (before, after, context) => {
        fc.pre(before !== after);
        const expected = structuredPatch('a.txt', 'a.txt', before, after, '', '', { context });
        const [file] = parseUnifiedDiff(createTwoFilesPatch('a/a.txt', 'b/a.txt', before, after, '', '', { context }));
        const signs = { context: ' ', added: '+', removed: '-' } as const;
        assert.deepEqual(
          file?.hunks.map((hunk) => hunk.lines.map((line) => signs[line.kind] + line.text)),
          expected.hunks.map((hunk) => hunk.lines.filter((line) => !line.startsWith('\\'))),
        );
        const [oldText, newText] = [before.split('\n'), after.split('\n')];
        for (const line of file?.hunks.flatMap((hunk) => hunk.lines) ?? []) {
          if (line.kind !== 'added') assert.equal(oldText[(line.oldLine ?? 0) - 1], line.text);
          if (line.kind !== 'removed') assert.equal(newText[(line.newLine ?? 0) - 1], line.text);
        }
      }),
    );
  });

  it('never throws', () => {
    const piece = fc.oneof(
      fc.constantFrom('@@ -1,2 +3 @@', '@@', 'diff --git ', '--- ', '+++ ', '"a/\\', 'rename to ', '\n', '+', '-', ' '),
      fc.string({ maxLength: 6 }),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), fc.array(fc.string({ maxLength: 5 }), { maxLength: 3 }), (pieces, files) => {
        assert.ok(Array.isArray(parseUnifiedDiff(pieces.join(''), files)));
      }),
      { numRuns: 500 },
    );
  });

  it('finds nothing in an empty diff', () => assert.deepEqual(parseUnifiedDiff(''), []));
});
