import assert from 'node:assert/strict';
import fc from 'fast-check';
import { MAX_SHOWN_CHARACTERS, oneLine, plainText, plainTexts } from '../../../src/domain/plainText';

describe('plain text', () => {
  it('leaves ordinary text, line breaks and tabs as they are', () => {
    assert.equal(plainText('a line\n\tand "another" – größer, 日本語'), 'a line\n\tand "another" – größer, 日本語');
  });

  it('leaves mark-up as the characters that it is', () => {
    const text = '<script>alert(1)</script> **bold** [x](command:workbench.action.quit)';
    assert.equal(plainText(text), text);
  });

  it('shows what would reorder the text', () => {
    assert.equal(plainText('gpj.\u202eexe'), 'gpj.[U+202E]exe');
    assert.equal(plainText('\u2066a\u2069\u200f\u061c'), '[U+2066]a[U+2069][U+200F][U+061C]');
  });

  it('shows control characters as pictures', () => {
    assert.equal(plainText('a\u0000b\u0008c\u007f\u0085'), 'a\u2400b\u2408c\u2421[U+0085]');
  });

  it('takes the colours of a terminal out', () => {
    assert.equal(plainText('\u001b[1;31mred\u001b[0m and \u001b]8;;http://x.test\u0007link\u001b]8;;\u0007'), 'red and link');
  });

  it('shows an escape that begins no terminal code', () => {
    assert.equal(plainText('\u001b'), '\u241b');
  });

  it('takes out what has no shape but keeps the joiner that emoji need', () => {
    assert.equal(plainText('pass\u200bword\ufeff\u00ad'), 'password');
    assert.equal(plainText('\u{e0041}\u{e007f}x'), 'x');
    assert.equal(plainText('👩‍🚒'), '👩‍🚒');
  });

  it('makes every line break the same', () => {
    assert.equal(plainText('a\r\nb\rc\u2028d'), 'a\nb\nc\nd');
  });

  it('replaces half characters', () => {
    assert.equal(plainText('a\ud83d'), 'a\ufffd');
  });

  it('cuts long text and says how much is left out', () => {
    assert.equal(plainText('x'.repeat(10_000)), `${'x'.repeat(MAX_SHOWN_CHARACTERS)}… (6,000 more characters)`);
    assert.equal(plainText('abcdef', 4), 'abcd… (2 more characters)');
  });

  it('does not cut through a character', () => {
    assert.equal(plainText('ab👍👍', 3), 'ab… (3 more characters)');
  });

  it('never gives anything that hides or reorders, whatever comes in, and nothing changes the second time', () => {
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not come out
    const deceptive = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]|\p{Surrogate}/u;
    const units = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.string({ unit: fc.constantFrom('\u001b', '[', '0m', '\u202e', '\ud83d', '\ufeff', 'a', '\r') }),
    );
    fc.assert(
      fc.property(units, (text) => {
        const shown = plainText(text);
        assert.doesNotMatch(shown, deceptive);
        assert.equal(plainText(shown), shown);
      }),
    );
  });
});

describe('text on one line', () => {
  it('makes runs of white space one space', () => {
    assert.equal(oneLine('  a\n\n\tb  c '), 'a b c');
  });
});

describe('plain texts', () => {
  it('reaches every text of a value and keeps the rest', () => {
    const value = { a: ['\u202e', 1, null, { b: 'x\u0000' }], c: true, d: undefined };
    assert.deepEqual(plainTexts(value), { a: ['[U+202E]', 1, null, { b: 'x\u2400' }], c: true, d: undefined });
  });

  it('is not led astray by a key that objects inherit', () => {
    const made = plainTexts(JSON.parse('{"__proto__": {"polluted": "yes"}}') as Record<string, unknown>);
    assert.equal(({} as Record<string, unknown>).polluted, undefined);
    assert.deepEqual(Object.keys(made), ['__proto__']);
  });
});
