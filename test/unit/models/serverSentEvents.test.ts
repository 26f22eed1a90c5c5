import assert from 'node:assert/strict';
import fc from 'fast-check';
import { linesOf } from '../../../src/models/lines';
import { eventsOf, type ServerSentEvent } from '../../../src/models/serverSentEvents';

async function* inPieces(text: string, cuts: readonly number[]): AsyncGenerator<string> {
  const places = [...cuts.map((cut) => cut % (text.length + 1)), text.length].sort((a, b) => a - b);
  let from = 0;
  for (const place of places) {
    yield text.slice(from, place);
    from = place;
  }
}

async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const item of items) found.push(item);
  return found;
}

const cuts = fc.array(fc.nat(400), { maxLength: 20 });
const word = fc.string({ maxLength: 12, unit: 'binary' }).map((text) => text.replace(/[\r\n]/g, ''));

describe('lines of a stream', () => {
  it('are the same however the stream is cut into pieces', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(word, { maxLength: 12 }), cuts, fc.constantFrom('\n', '\r\n'), async (lines, places, end) => {
        const text = lines.map((line) => line + end).join('');
        assert.deepEqual(await all(linesOf(inPieces(text, places))), lines);
      }),
    );
  });

  it('end with the stream where the last has no end of its own', async () => {
    assert.deepEqual(await all(linesOf(inPieces('a\nb', [1, 2]))), ['a', 'b']);
    assert.deepEqual(await all(linesOf(inPieces('', []))), []);
  });

  it('cost no more in many pieces than in one', async () => {
    const pieces = 200_000;
    async function* drops() {
      for (let at = 0; at < pieces; at++) yield 'x';
    }
    const [line] = await all(linesOf(drops()));
    assert.equal(line?.length, pieces);
  });
});

describe('server-sent events', () => {
  const read = (text: string) => all(eventsOf(inPieces(text, [3, 7, 11])));

  it('have a name and data; comments and other fields are left out', async () => {
    assert.deepEqual(await read(': hello\n\nevent: ping\nid: 7\ndata: {"a":1}\n\ndata:x\ndata: y\n\n'), [
      { name: 'ping', data: '{"a":1}' },
      { name: 'message', data: 'x\ny' },
    ]);
  });

  it('end their lines with a line feed, a carriage return, or both', async () => {
    assert.deepEqual(await read('event: a\r\ndata: 1\r\n\r\nevent: b\rdata: 2\r\rdata: 3\n\n'), [
      { name: 'a', data: '1' },
      { name: 'b', data: '2' },
      { name: 'message', data: '3' },
    ]);
  });

  it('are none where their data is blank, as servers send it to keep a connection', async () => {
    assert.deepEqual(await read('data:\n\ndata: \n\ndata: x\n\n'), [{ name: 'message', data: 'x' }]);
  });

  it('count at the end of the stream too, and only with data', async () => {
    assert.deepEqual(await read('data: last'), [{ name: 'message', data: 'last' }]);
    assert.deepEqual(await read('event: nothing\n\n\n\nretry: 10\n'), []);
  });

  it('come back as they were written, however the stream is cut', async () => {
    const event: fc.Arbitrary<ServerSentEvent> = fc
      .tuple(fc.constantFrom('message', 'delta', 'error'), word)
      .map(([name, data]) => ({ name, data }));
    await fc.assert(
      fc.asyncProperty(fc.array(event, { maxLength: 8 }), cuts, async (events, places) => {
        const text = events.map(({ name, data }) => `event: ${name}\ndata: ${data}\n\n`).join('');
        assert.deepEqual(
          await all(eventsOf(inPieces(text, places))),
          events.filter(({ data }) => data.trim() !== ''),
        );
      }),
    );
  });

  it('never throw, whatever is sent', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ maxLength: 300, unit: 'binary' }), cuts, async (text, places) => {
        for (const { data } of await all(eventsOf(inPieces(text, places)))) assert.equal(typeof data, 'string');
      }),
    );
  });
});
