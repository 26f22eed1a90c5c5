import assert from 'node:assert/strict';
import { parseBlame } from '../../../src/git/blame';

const A = 'a'.repeat(40);
const B = 'b'.repeat(40);
const output = [
  `${A} 1 1 1`,
  'author Ada',
  'summary boundary',
  'boundary',
  'filename a.js',
  `\t${B} 9 9 9`,
  `${B} 4 2`,
  '\ttwo',
  `${A} 3 3`,
  '\tthree',
].join('\n');

describe('Blame', () => {
  it('is read by line, whatever the lines themselves say', () => {
    assert.deepEqual(
      [...parseBlame(output, false)],
      [
        [1, A],
        [2, B],
        [3, A],
      ],
    );
  });

  it('does not name the commit at which a shallow history begins', () => {
    assert.deepEqual([...parseBlame(output, true)], [[2, B]]);
  });

  it('is empty without output', () => assert.equal(parseBlame('', false).size, 0));
});
