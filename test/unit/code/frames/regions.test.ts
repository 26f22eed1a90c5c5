import assert from 'node:assert/strict';
import fc from 'fast-check';
import { MAX_CONTEXT_LINES, regionsAround } from '../../../../src/code/frames/regions';

const filler = (count: number) => Array.from({ length: count }, (_, index) => `line ${index}`).join('\n');
const texts = (text: string, ...markers: string[]) => [...regionsAround(text, markers)].map(({ start, end }) => text.slice(start, end));

describe('Parts of a text that are worth reading', () => {
  it('are lines with a marker, with lines around', () => {
    assert.deepEqual(texts('a\nb\nat c\nd', 'at '), ['a\nb\nat c\nd']);
    assert.deepEqual(texts('a\nb', 'at '), []);
    assert.deepEqual(texts('', 'at '), []);
    assert.deepEqual(texts('at x', 'at ', 'x'), ['at x']);
  });

  it('leave out what is far from any marker', () => {
    const [part] = texts(`${filler(500)}\nat c\n${filler(500)}`, 'at ');
    const read = part?.split('\n') ?? [];
    assert.equal(read.length, 2 * MAX_CONTEXT_LINES + 2);
    assert.equal(read[MAX_CONTEXT_LINES], 'at c');
  });

  it('are parted by a gap, and share no line that comes before', () => {
    const parts = texts(`at a\n${filler(200)}\nat b\n${filler(10)}\n@c`, 'at ', '@');
    assert.equal(parts.length, 2);
    assert.ok(parts[0]?.startsWith('at a') && !parts[0].includes('at b'));
    assert.ok(parts[1]?.endsWith('@c') && parts[1].includes('at b') && !parts[1].includes('at a'));
  });

  it('hold every line with a marker once, in order, as whole lines', () => {
    const line = fc.constantFrom('', 'at x', 'words', '@y', 'at x@y', ' ');
    fc.assert(
      fc.property(fc.array(fc.tuple(line, fc.integer({ min: 0, max: 90 })), { maxLength: 30 }), (parts) => {
        const text = parts.map(([words, gap]) => `${words}${'\n'.repeat(gap)}`).join('\n');
        const hits = (part: string) => part.split('\n').filter((words) => words.includes('at ') || words.includes('@'));
        const regions = [...regionsAround(text, ['at ', '@'])];
        assert.deepEqual(
          regions.flatMap(({ start, end }) => hits(text.slice(start, end))),
          hits(text),
        );
        for (const { start, end } of regions) {
          assert.ok(start === 0 || text[start - 1] === '\n');
          assert.ok(end === text.length || text[end] === '\n');
        }
      }),
    );
  });
});
