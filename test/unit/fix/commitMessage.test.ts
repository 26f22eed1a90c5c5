import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { FixPatch } from '../../../src/domain/fix';
import { commitMessage, deedOf, fixTitle, quoted } from '../../../src/fix/commitMessage';

const patch = (changes: Partial<FixPatch> = {}): FixPatch => ({
  kind: 'revert',
  commit: 'f'.repeat(40),
  title: 'Round totals',
  isMerge: false,
  ...changes,
});
const reason = { incident: 'Checkout fails', hypothesis: 'total() throws' };

/** What GitHub reads as an order to close something, after its documentation. */
const CLOSES =
  /\b(?:close[sd]?|fix(?:e[sd])?|resolve[sd]?):? +(?:[\w.-]+\/[\w.-]+)?#\d|\b(?:close[sd]?|fix(?:e[sd])?|resolve[sd]?):? +(?:gh-\d|https?:)/i;
const CALLS = /(?:^|[^\w])@\w/;

describe('the message of the commit', () => {
  it('says what is undone, and why', () => {
    assert.equal(
      commitMessage(patch(), reason),
      `Revert "Round totals"\n\nThis reverts commit ${'f'.repeat(40)}.\n\nSuspected cause of the incident "Checkout fails": total() throws`,
    );
  });

  it('says against what a merge is undone', () => {
    assert.match(
      commitMessage(patch({ isMerge: true }), reason),
      /^This reverts commit f{40} \(a merge, undone against its first parent\)\.$/m,
    );
  });

  it('has a first line that fits a log, however long the title is', () => {
    assert.equal(fixTitle(patch({ title: 'x'.repeat(500) })).length, 72);
    assert.match(fixTitle(patch({ title: 'word '.repeat(50) })), /word wo…"$/);
  });

  for (const title of [
    'Fixes #7',
    'fix: closes acme/shop#12 now',
    'resolved GH-3',
    'Closed: https://github.com/a/b/issues/1',
    'FIXED   #9',
  ])
    it(`closes nothing by quoting ${JSON.stringify(title)}`, () => {
      assert.doesNotMatch(commitMessage(patch({ title }), reason), CLOSES);
      assert.doesNotMatch(commitMessage(patch(), { ...reason, hypothesis: title }), CLOSES);
    });

  it('keeps the number of a pull request that is only mentioned', () => {
    assert.equal(fixTitle(patch({ title: 'Add tiers (#123)' })), 'Revert "Add tiers (#123)"');
  });

  it('calls nobody, and leaves addresses of mail as they are', () => {
    assert.equal(quoted('ask @team/core or me@shop.example, @ada'), 'ask (at)team/core or me@shop.example, (at)ada');
  });

  it('stays on its lines, calls nobody and closes nothing, whatever is quoted', () => {
    const words = fc.array(
      fc.constantFrom('fixes', 'Close', '#1', 'a/b#2', '@x', '\n', '\u202e', 'GH-4', 'https://x.y/1', ': ', ' ', 'resolve:'),
      { maxLength: 30 },
    );
    fc.assert(
      fc.property(words, (parts) => {
        const line = quoted(parts.join(''), 200);
        assert.doesNotMatch(line, /[\n\r\u202e]/);
        assert.doesNotMatch(line, CALLS);
        assert.doesNotMatch(line, CLOSES);
      }),
    );
  });

  it('takes linear time', () => {
    assert.ok(quoted(`fixes ${'a/'.repeat(200_000)}`).length <= 72);
  });

  it('names the deed for a branch', () => {
    assert.equal(deedOf('fef1cf73fd8f'), 'revert fef1cf7');
  });
});
