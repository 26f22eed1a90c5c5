import assert from 'node:assert/strict';
import type { IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { HttpError } from '../../../src/sandbox/http';
import { readBody } from '../../../src/sandbox/requestBody';

function incoming(chunks: Buffer[], encoding?: string): IncomingMessage {
  return Object.assign(Readable.from(chunks), {
    headers: encoding === undefined ? {} : { 'content-encoding': encoding },
  }) as IncomingMessage;
}

const refusal = (status: number) => (error: unknown) => error instanceof HttpError && error.status === status;

describe('request bodies', () => {
  it('are joined from their chunks', async () => {
    const body = await readBody(incoming([Buffer.from('ab'), Buffer.from('cd')]), 100);
    assert.equal(body.toString(), 'abcd');
  });

  it('may be empty', async () => {
    assert.equal((await readBody(incoming([]), 100)).length, 0);
  });

  it('are unpacked', async () => {
    assert.equal((await readBody(incoming([gzipSync('hello')], 'gzip'), 100)).toString(), 'hello');
  });

  it('are refused when they grow beyond the limit, before or after unpacking', async () => {
    await assert.rejects(readBody(incoming([Buffer.alloc(60), Buffer.alloc(60)]), 100), refusal(413));
    await assert.rejects(readBody(incoming([gzipSync(Buffer.alloc(10_000))], 'gzip'), 100), refusal(413));
  });

  it('are refused when they cannot be unpacked', async () => {
    await assert.rejects(readBody(incoming([Buffer.from('nonsense')], 'gzip'), 100), refusal(400));
    await assert.rejects(readBody(incoming([Buffer.from('x')], 'lzma'), 100), refusal(415));
  });
});
