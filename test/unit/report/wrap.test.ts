import assert from 'node:assert/strict';
import fc from 'fast-check';
import { columnsOf, wrapped } from '../../../src/report/wrap';

describe('a line that is wider than the terminal', () => {
  it('goes on under its text, behind marks, labels and ids', () => {
    assert.deepEqual(wrapped('     for      E1  one two three four five six seven eight nine', 40), [
      '     for      E1  one two three four',
      '                  five six seven eight',
      '                  nine',
    ]);
    assert.deepEqual(wrapped('  1. Look at the warnings and the errors of shop', 40), [
      '  1. Look at the warnings and the errors',
      '     of shop',
    ]);
    assert.deepEqual(wrapped('short', 40), ['short']);
  });

  it('keeps addresses and queries whole', () => {
    const query = `service:${'x'.repeat(60)}`;
    assert.deepEqual(wrapped(`       query  ${query}`, 40), [`       query  ${query}`]);
  });

  it('counts ideographs and pictures as two columns, and marks as none', () => {
    assert.deepEqual([columnsOf('支払い'), columnsOf('🐶'), columnsOf('e\u0301'), columnsOf('ab')], [6, 2, 1, 2]);
    for (const line of wrapped(`     ${'支払い失敗 '.repeat(20).trim()}`, 60)) assert.ok(columnsOf(line) <= 60);
  });

  it('loses no word, and stays within the width where words do', () => {
    fc.assert(
      fc.property(
        fc.array(fc.stringMatching(/^[a-zé支]{1,12}$/), { minLength: 1, maxLength: 60 }),
        fc.integer({ min: 40, max: 120 }),
        (words, columns) => {
          const lines = wrapped(`  - ${words.join(' ')}`, columns);
          assert.equal(lines.map((line) => line.trim()).join(' '), `- ${words.join(' ')}`);
          assert.ok(lines.every((line) => columnsOf(line) <= columns));
        },
      ),
    );
  });
});
