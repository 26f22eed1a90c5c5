import { once } from 'node:events';
import { Writable } from 'node:stream';
import type { Output } from './world';

/** Writes, and where the reader is slow waits until it has caught up, or has gone. */
export async function writeAll(output: Output, text: string, signal: AbortSignal): Promise<void> {
  const hasRoom = output.write(text);
  if (hasRoom !== false || !(output instanceof Writable) || output.destroyed) return;
  const settled = new AbortController();
  const until = { signal: AbortSignal.any([signal, settled.signal]) };
  await Promise.race([once(output, 'drain', until), once(output, 'close', until)]).finally(() => settled.abort());
}
