import { Buffer } from 'node:buffer';
import { addAbortSignal } from 'node:stream';
import type { World } from './world';

export interface Input {
  readonly text: string;
  readonly isCut: boolean;
}

/**
 * Reads a stream to its end, or until `maxBytes` were read, as UTF-8 or, where it begins with that mark, as UTF-16. Bytes that
 * mean nothing become replacement characters. Rejects when the signal fires.
 */
export async function readInput({ stdin, signal }: Pick<World, 'stdin' | 'signal'>, maxBytes: number): Promise<Input> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of addAbortSignal(signal, stdin)) {
    const read = Buffer.from(chunk);
    chunks.push(read);
    bytes += read.length;
    if (bytes > maxBytes) break;
  }
  const all = Buffer.concat(chunks).subarray(0, maxBytes);
  return { text: new TextDecoder(encodingOf(all)).decode(all), isCut: bytes > maxBytes };
}

/** The encoding that the first bytes of a stream tell: PowerShell writes UTF-16 with a mark when output goes into a file. */
export function encodingOf(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  return bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : 'utf-8';
}
