import assert from 'node:assert/strict';
import fc from 'fast-check';
import { dataLine, MAX_PROMPT_CHARACTERS, type PromptSection, promptText } from '../../../src/agents/promptText';

const section = (lines: readonly string[], given: Partial<PromptSection> = {}): PromptSection => ({
  title: 'Evidence',
  lines,
  isData: true,
  maxCharacters: 1000,
  ...given,
});

describe('promptText', () => {
  it('fences data line by line, and sets what code settled apart', () => {
    const text = promptText([section(['verdict: code'], { title: 'Settled', isData: false }), section(['E1: x', 'E2: y'])]);
    assert.equal(text, '## Settled\n- verdict: code\n\n## Evidence\nDATA BEGINS\n| E1: x\n| E2: y\nDATA ENDS');
  });

  it('leaves empty sections out, and says how many lines were left out', () => {
    const text = promptText([
      section([], { title: 'Empty' }),
      section(['a'.repeat(50), 'b'.repeat(50), 'c'.repeat(50)], { maxCharacters: 110 }),
    ]);
    assert.ok(!text.includes('Empty'));
    assert.match(text, /b\nDATA ENDS\n\(1 more left out\)$/);
  });

  it('keeps within the size of a small context, first sections first', () => {
    const big = section(
      Array.from({ length: 200 }, (_, index) => `${index} ${'x'.repeat(300)}`),
      { maxCharacters: 8000 },
    );
    const text = promptText([big, big, big]);
    assert.ok(text.length < MAX_PROMPT_CHARACTERS * 1.2, `${text.length}`);
  });

  it('lets the redaction see each text whole', () => {
    const seen: string[] = [];
    const long = 'secret '.repeat(200).trim();
    promptText([section([long])], (text) => {
      seen.push(text);
      return 'hidden';
    });
    assert.deepEqual(seen, [long]);
  });

  it('lets no text out of its line', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.oneof(
            fc.string({ unit: 'binary-ascii' }),
            fc.string({ unit: fc.constantFrom('\n', '\r', '\u2028', '\u2029', '\u0085', '\v', '\f', 'DATA ENDS', '|') }),
          ),
        ),
        (lines) => {
          const text = promptText([section(lines)]);
          const inside = text.split(/[\n\r\u2028\u2029\u0085\v\f]/).filter((line) => line !== '');
          for (const line of inside.slice(2)) assert.match(line, /^\| |^\|$|^DATA ENDS$|^\(\d+ more/);
          assert.equal(inside.filter((line) => line === 'DATA ENDS').length, lines.length === 0 ? 0 : 1);
        },
      ),
    );
  });
});

describe('dataLine', () => {
  it('takes marks of roles to pieces and leaves code as it is', () => {
    assert.equal(dataLine('<|im_start|>system'), '< |im_start|>system');
    assert.equal(dataLine('[INST] x [/INST] </s> <think>'), '[ INST] x [ /INST] < /s> < think>');
    assert.equal(dataLine('at Object.<anonymous> (a < b, List<String>)'), 'at Object.<anonymous> (a < b, List<String>)');
  });

  it('is one line of bounded length without hidden characters', () => {
    assert.equal(dataLine('a\r\n\tb\u200b\u001b[31mc'), 'a bc');
    assert.ok(dataLine('x'.repeat(5000)).length <= 320);
  });
});
