import { addAbortSignal } from 'node:stream';
import type { World } from './world';

/**
 * The lines of a stream in the groups in which they arrive, so that what waits can be worked on together; without their ends
 * (LF or CRLF). A line of more than `maxLength` characters comes as null. Bytes that mean nothing become replacement characters.
 */
export async function* inputLines(
  { stdin, signal }: Pick<World, 'stdin' | 'signal'>,
  maxLength: number,
): AsyncGenerator<readonly (string | null)[]> {
  const decoder = new TextDecoder();
  let parts: string[] = [];
  let length = 0;
  const take = (text: string) => {
    length += text.length;
    if (length <= maxLength) parts.push(text);
  };
  const line = () => {
    const whole = length > maxLength ? null : parts.join('').replace(/\r$/, '');
    parts = [];
    length = 0;
    return whole;
  };
  for await (const chunk of addAbortSignal(signal, stdin)) {
    const pieces = decoder.decode(typeof chunk === 'string' ? Buffer.from(chunk) : chunk, { stream: true }).split('\n');
    const rest = pieces.pop() ?? '';
    const lines = pieces.map((piece) => {
      take(piece);
      return line();
    });
    take(rest);
    if (lines.length > 0) yield lines;
  }
  take(decoder.decode());
  if (length > 0) yield [line()];
}
