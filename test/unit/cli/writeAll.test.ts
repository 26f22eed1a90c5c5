import assert from 'node:assert/strict';
import { Writable } from 'node:stream';
import { writeAll } from '../../../src/cli/writeAll';

const never = new AbortController().signal;

/** A reader that takes a text only when told to. */
function slowReader() {
  const waiting: (() => void)[] = [];
  const taken: string[] = [];
  const output = new Writable({
    highWaterMark: 4,
    write(chunk, _, done) {
      taken.push(String(chunk));
      waiting.push(done);
    },
  });
  return { output, taken, take: () => waiting.shift()?.() };
}

describe('writeAll', () => {
  it('waits for a reader that is slow', async () => {
    const { output, taken, take } = slowReader();
    const written = writeAll(output, 'a long text', never);
    assert.equal(output.writableNeedDrain, true);
    take();
    await written;
    assert.equal(output.writableNeedDrain, false);
    assert.deepEqual(taken, ['a long text']);
  });

  it('does not wait for a reader that has gone', async () => {
    const { output } = slowReader();
    const written = writeAll(output, 'a long text', never);
    output.destroy();
    await written;
    assert.equal(output.destroyed, true);
    await writeAll(
      output.on('error', () => undefined),
      'more',
      never,
    );
  });

  it('stops waiting when called off', async () => {
    const controller = new AbortController();
    const written = writeAll(slowReader().output, 'a long text', controller.signal);
    controller.abort();
    await assert.rejects(written, { name: 'AbortError' });
  });
});
