import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { LanguageParser } from '../../../../src/code/frames/languageParser';
import { languageSpans } from '../../../../src/code/frames/spans';
import { plainLines } from '../../../../src/code/frames/text';
import type { StackLanguage } from '../../../../src/domain/frame';

/** Weighs lines that begin with its letter: in capitals for sure. */
const parserOf = (language: StackLanguage, letter: string): LanguageParser => ({
  language,
  weigh: (line) => (line.startsWith(letter.toUpperCase()) ? 2 : line.includes(letter) ? 1 : 0),
  parse: () => [],
});
const parsers = [parserOf('javascript', 'j'), parserOf('csharp', 'c'), parserOf('ruby', 'r')];
const spansOf = (words: string, hint: StackLanguage | null = null, maxGap = 5) =>
  languageSpans(plainLines(words.split(' ').join('\n')), parsers, hint, maxGap).map(({ parser, first, last }) => [
    parser.language,
    first,
    last,
  ]);

describe('Runs of lines of one language', () => {
  it('go on over lines of no language, up to a gap', () => {
    assert.deepEqual(spansOf('x J1 J2 x J3 x'), [['javascript', 1, 4]]);
    assert.deepEqual(spansOf('J1 J2 x x x x x x J3'), [
      ['javascript', 0, 1],
      ['javascript', 8, 8],
    ]);
    assert.deepEqual(spansOf('x x x'), []);
  });

  it('end where another language is certain', () => {
    assert.deepEqual(spansOf('J1 J2 C1 C2 R1'), [
      ['javascript', 0, 1],
      ['csharp', 2, 3],
      ['ruby', 4, 4],
    ]);
  });

  it('do not end where another language only may be meant', () => assert.deepEqual(spansOf('J1 c r J2'), [['javascript', 0, 3]]));

  it('are of the language that most speaks for', () => {
    assert.deepEqual(spansOf('jc C1 C2'), [['csharp', 0, 2]]);
    assert.deepEqual(spansOf('jc jc'), [['javascript', 0, 1]]);
    assert.deepEqual(spansOf('x x jc C1 J1'), [
      ['csharp', 2, 3],
      ['javascript', 4, 4],
    ]);
  });

  it('are of the hinted language when that is not far behind', () => {
    assert.deepEqual(spansOf('jc jc', 'csharp'), [['csharp', 0, 1]]);
    assert.deepEqual(spansOf('J1 J2', 'csharp'), [['javascript', 0, 1]]);
    assert.deepEqual(spansOf('J1 J2 jc', 'csharp'), [['javascript', 0, 2]]);
  });

  it('are found with a bounded number of looks at each line, whatever the lines are', () => {
    const looks = new Map<string, number>();
    const counting = parsers.map(
      (parser): LanguageParser => ({
        ...parser,
        weigh(line) {
          looks.set(line, (looks.get(line) ?? 0) + 1);
          return parser.weigh(line, '');
        },
      }),
    );
    fc.assert(
      fc.property(fc.array(fc.constantFrom('J', 'C', 'R', 'j', 'c', 'jc', 'x', 'Jc', 'rc'), { maxLength: 60 }), (words) => {
        looks.clear();
        languageSpans(plainLines(words.map((word, index) => `${word} ${index}`).join('\n')), counting, null, 5);
        for (const count of looks.values()) assert.ok(count <= parsers.length + 3);
      }),
    );
  });

  it('take lines that begin as the one above once a language is certain', () => {
    const seen: string[] = [];
    const [javascript, ...others] = parsers as [LanguageParser, ...LanguageParser[]];
    const counting: LanguageParser = {
      ...javascript,
      weigh(line) {
        seen.push(line);
        return javascript.weigh(line, '');
      },
    };
    const text = plainLines(['J at 1', 'J at 2', 'J at 3', 'J at 4', 'other'].join('\n'));
    const [span] = languageSpans(text, [counting, ...others], null, 5);
    assert.deepEqual([span?.first, span?.last], [0, 3]);
    assert.ok(!seen.includes('J at 4'));
  });
});
