import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { LanguageParser } from '../../../../src/code/frames/languageParser';
import { plainLines } from '../../../../src/code/frames/text';
import type { StackException, StackFrame } from '../../../../src/domain/frame';

export const lines = (...text: string[]) => text.join('\n');

/** `app discount (/srv/cart.rb:12:3)`: a frame in one line. */
export function shown({ kind, function: name, file, line, column }: StackFrame): string {
  const place = [file, line, column].filter((part) => part !== null).join(':');
  return `${kind} ${name ?? '-'} (${place})`;
}

/** What a parser reads in a text: per exception its relation, type, message and frames. */
export function read(parser: LanguageParser, text: string): [StackException['relation'], string, string, string[]][] {
  return parser.parse(plainLines(text)).map(({ relation, type, message, frames }) => [relation, type, message, frames.map(shown)]);
}

/** The frames of the first exception. */
export function framesOf(parser: LanguageParser, text: string): string[] {
  return read(parser, text)[0]?.[3] ?? [];
}

/** The weights of all lines of a text. */
export function weights(parser: LanguageParser, text: string): number[] {
  let previous = '';
  return plainLines(text).map(({ text: line }) => {
    const weight = parser.weigh(line, previous);
    previous = line;
    return weight;
  });
}

/** Each frame is one line of the text, without its indentation. */
export function assertRanges(parser: LanguageParser, text: string): void {
  for (const { frames } of parser.parse(plainLines(text))) {
    for (const { range } of frames) {
      assert.ok(range !== undefined && range.start >= 0 && range.end <= text.length && range.start <= range.end);
      assert.ok(!text.slice(range.start, range.end).includes('\n'));
    }
  }
}

/** Says of any text made of a language's words: reading it never fails, and makes no more of it than there is. */
export function itIsSafe(parser: LanguageParser, words: readonly string[]): void {
  const word = fc.oneof(
    fc.constantFrom(...words),
    fc.string({ maxLength: 12 }),
    fc.constantFrom(' ', '\t', '\n', ':', '1', '12', '(', ')', "'"),
  );
  const text = fc.array(word, { maxLength: 80 }).map((parts) => parts.join(''));

  it('never fails, and makes no more of a text than there is', () => {
    fc.assert(
      fc.property(text, (any) => {
        assertRanges(parser, any);
        weights(parser, any);
        const exceptions = parser.parse(plainLines(any));
        const frames = exceptions.reduce((sum, exception) => sum + exception.frames.length, 0);
        const chars = exceptions.reduce((sum, { type, message }) => sum + type.length + message.length, 0);
        assert.ok(frames <= any.length + 1, 'frames');
        assert.ok(chars <= 4 * any.length + 100, 'messages');
        for (const { frames: all } of exceptions) for (const { line, column } of all) assert.ok((line ?? 1) > 0 && (column ?? 1) > 0);
      }),
      { numRuns: 300 },
    );
  });

  it('reads long lines and many lines that only begin as its own do', () => {
    for (const start of words) {
      const long = start.repeat(Math.ceil(4_000 / start.length));
      const many = Array.from({ length: 3_000 }, () => start).join('\n');
      for (const hostile of [long, many, Array.from({ length: 20 }, () => long).join('\n')]) {
        weights(parser, hostile);
        assert.ok(parser.parse(plainLines(hostile)).length <= hostile.length);
      }
    }
  });
}
