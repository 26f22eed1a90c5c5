import type { IncomingMessage } from 'node:http';
import { promisify } from 'node:util';
import * as zlib from 'node:zlib';
import { HttpError } from './http';

const TOO_LARGE = 'The body is larger than the sandbox accepts.';

/** Reads a body whole and unpacks it; 413 beyond `maxBytes` (also when unpacked), 400 when it cannot be unpacked. */
export async function readBody(request: IncomingMessage, maxBytes: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    // The rest is read and let go: a client that is cut off while it writes never sees the answer.
    if (size <= maxBytes) chunks.push(chunk);
  }
  if (size > maxBytes) throw new HttpError(413, TOO_LARGE);
  const body = chunks.length === 1 && chunks[0] !== undefined ? chunks[0] : Buffer.concat(chunks);
  return unpack(body, request.headers['content-encoding'] ?? 'identity', maxBytes);
}

async function unpack(body: Buffer, encoding: string, maxBytes: number): Promise<Buffer> {
  if (encoding === 'identity' || encoding === '') return body;
  const decompress = decompressor(encoding);
  if (decompress === null) throw new HttpError(415, `The content encoding ${encoding} is not supported.`);
  try {
    return await decompress(body, { maxOutputLength: maxBytes });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') throw new HttpError(413, TOO_LARGE);
    throw new HttpError(400, `The body is not valid ${encoding}.`);
  }
}

type Decompress = (body: Buffer, options: { maxOutputLength: number }) => Promise<Buffer>;

/** Node 20 knows no zstd; there such bodies are refused. */
function decompressor(encoding: string): Decompress | null {
  if (encoding === 'gzip') return promisify<Buffer, zlib.ZlibOptions, Buffer>(zlib.gunzip);
  if (encoding === 'deflate') return promisify<Buffer, zlib.ZlibOptions, Buffer>(zlib.inflate);
  if (encoding === 'zstd' && typeof zlib.zstdDecompress === 'function') {
    return promisify<Buffer, zlib.ZstdOptions, Buffer>(zlib.zstdDecompress);
  }
  return null;
}
