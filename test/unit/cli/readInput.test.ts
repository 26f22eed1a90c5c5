import assert from 'node:assert/strict';
import { Buffer } from 'node:buffer';
import { Readable } from 'node:stream';
import { readInput } from '../../../src/cli/readInput';

const never = new AbortController().signal;
const read = (chunks: readonly Buffer[], maxBytes = 1_000) => readInput({ stdin: Readable.from(chunks), signal: never }, maxBytes);

describe('Reading standard input', () => {
  it('puts pieces together, also where one ends within a character', async () => {
    const bytes = Buffer.from('naïve → 漢字');
    for (let at = 0; at <= bytes.length; at += 1) {
      assert.deepEqual(await read([bytes.subarray(0, at), bytes.subarray(at)]), { text: 'naïve → 漢字', isCut: false });
    }
    assert.deepEqual(await read([]), { text: '', isCut: false });
  });

  it('tolerates bytes that are no text', async () => {
    assert.equal((await read([Buffer.from([0x61, 0xff, 0xfe, 0x62, 0xc3])])).text, 'a\ufffd\ufffdb\ufffd');
  });

  it('reads what PowerShell writes', async () => {
    const marked = Buffer.from('\ufeffError: no', 'utf16le');
    assert.equal((await read([marked])).text, 'Error: no');
    assert.equal((await read([Buffer.from(marked).swap16()])).text, 'Error: no');
    assert.equal((await read([Buffer.from('\ufeffError: no')])).text, 'Error: no');
  });

  it('stops at the limit and says so', async () => {
    const endless = (function* () {
      for (;;) yield Buffer.from('aaaaaaa');
    })();
    assert.deepEqual(await readInput({ stdin: Readable.from(endless), signal: never }, 10), { text: 'a'.repeat(10), isCut: true });
    assert.equal((await read([Buffer.from('a'.repeat(10))], 10)).isCut, false);
  });

  it('ends when called off', async () => {
    const controller = new AbortController();
    const reading = readInput({ stdin: new Readable({ read() {} }), signal: controller.signal }, 10);
    controller.abort();
    await assert.rejects(reading, { name: 'AbortError' });
  });
});
