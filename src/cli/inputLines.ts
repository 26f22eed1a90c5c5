import { addAbortSignal } from 'node:stream';
import { encodingOf } from './readInput';
import type { World } from './world';

const CARRIAGE_RETURN = 13;

/**
 * The lines of a stream in the groups in which they arrive, so that what waits can be worked on together; without their ends
 * (LF or CRLF). A line of more than `maxLength` characters comes as null. Read as UTF-8 or, where the stream begins with that mark,
 * as UTF-16. Bytes that mean nothing become replacement characters.
 */
export async function* inputLines(
  { stdin, signal }: Pick<World, 'stdin' | 'signal'>,
  maxLength: number,
): AsyncGenerator<readonly (string | null)[]> {
  let decoder: TextDecoder | null = null;
  let parts: string[] = [];
  let length = 0;
  const take = (text: string) => {
    length += text.length;
    if (length <= maxLength) parts.push(text);
  };
  const line = () => {
    const text = parts.length === 1 ? (parts[0] ?? '') : parts.join('');
    const end = text.charCodeAt(text.length - 1) === CARRIAGE_RETURN ? text.length - 1 : text.length;
    const whole = length > maxLength ? null : text.slice(0, end);
    parts = [];
    length = 0;
    return whole;
  };
  for await (const chunk of addAbortSignal(signal, stdin)) {
    const bytes: Buffer = typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
    decoder ??= new TextDecoder(encodingOf(bytes));
    const pieces = decoder.decode(bytes, { stream: true }).split('\n');
    const rest = pieces.pop() ?? '';
    const lines = pieces.map((piece) => {
      take(piece);
      return line();
    });
    take(rest);
    if (lines.length > 0) yield lines;
  }
  if (decoder) take(decoder.decode());
  if (length > 0) yield [line()];
}
