import assert from 'node:assert/strict';
import { Buffer } from 'node:buffer';
import { Readable } from 'node:stream';
import fc from 'fast-check';
import { inputLines } from '../../../src/cli/inputLines';

const signal = new AbortController().signal;
const stdinOf = (chunks: readonly Buffer[]) => Readable.from(chunks);

async function linesOf(chunks: readonly (string | Buffer)[], maxLength = 1000): Promise<(string | null)[]> {
  const lines: (string | null)[] = [];
  for await (const group of inputLines({ stdin: stdinOf(chunks.map((chunk) => Buffer.from(chunk))), signal }, maxLength))
    lines.push(...group);
  return lines;
}

describe('inputLines', () => {
  it('gives the same lines however the bytes are cut', async () => {
    const text = 'one\r\ntwo\n\nschön €\nlast';
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: 1, max: 30 })), async (cuts) => {
        const bytes = Buffer.from(text);
        const places = [0, ...cuts.sort((a, b) => a - b), bytes.length];
        const chunks = places.slice(1).map((to, index) => bytes.subarray(places[index], to));
        assert.deepEqual(await linesOf(chunks), ['one', 'two', '', 'schön €', 'last']);
      }),
    );
  });

  it('reads UTF-16 where the first bytes say so', async () => {
    const text = '\ufeffone\r\nschön €\nlast';
    const little = Buffer.from(text, 'utf16le');
    assert.deepEqual(await linesOf([little.subarray(0, 7), little.subarray(7)]), ['one', 'schön €', 'last']);
    assert.deepEqual(await linesOf([Buffer.from(little).swap16()]), ['one', 'schön €', 'last']);
  });

  it('gives what came together as one group', async () => {
    const groups: unknown[] = [];
    for await (const group of inputLines({ stdin: stdinOf(['a\nb\nc', '\nd\n'].map((text) => Buffer.from(text))), signal }, 9))
      groups.push(group);
    assert.deepEqual(groups, [
      ['a', 'b'],
      ['c', 'd'],
    ]);
  });

  it('gives null for a line that is too long, and goes on', async () => {
    assert.deepEqual(await linesOf(['ab\nabcdefgh\n', 'cd\nabc', 'defgh'], 4), ['ab', null, 'cd', null]);
  });

  it('gives nothing of nothing', async () => {
    assert.deepEqual(await linesOf([]), []);
    assert.deepEqual(await linesOf(['\n']), ['']);
  });
});
