import assert from 'node:assert/strict';
import fc from 'fast-check';
import { answerJson, balancedSpans } from '../../../src/agents/answerJson';

describe('answerJson', () => {
  const found: readonly [string, string, unknown][] = [
    ['alone', '{"a": 1}', { a: 1 }],
    ['in a fence', '```json\n{"a": 1}\n```', { a: 1 }],
    ['behind prose with braces', 'The set {x, y} is {"a": {"b": "}{"}}, and {"c": 2}.', { a: { b: '}{' } }],
    ['behind an opening brace that never closes', 'Use { to open. {"a": 1}', { a: 1 }],
    ['with quotes and backslashes in its texts', '{"a": "\\"}\\\\"}', { a: '"}\\' }],
    ['behind thoughts', '<think>{"a": 0}</think>{"a": 1}', { a: 1 }],
    ['behind thoughts whose beginning was cut away', 'so {"a": 0} it is</think>\n{"a": 1}', { a: 1 }],
    ['within thoughts, where nothing follows and something came before', 'Well. {"a": 1} </think>', { a: 1 }],
  ];
  for (const [where, text, value] of found) it(`finds an object ${where}`, () => assert.deepEqual(answerJson(text), value));

  const none: readonly [string, string][] = [
    ['prose', 'There is nothing to say.'],
    ['a list', '[1, 2]'],
    ['thoughts that never end', '<think>{"a": 1}'],
    ['braces that are no JSON', '{a: 1}'],
  ];
  for (const [what, text] of none) it(`finds nothing in ${what}`, () => assert.equal(answerJson(text), null));

  it('takes a whole part of an object that was cut rather than a half', () => assert.deepEqual(answerJson('{"a": {"b": 1}'), { b: 1 }));

  it('finds any object again, whatever prose without quotes and braces is around it', () => {
    const prose = fc.string({ unit: 'grapheme-ascii' }).map((text) => text.replace(/["{}<>]/g, ''));
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), prose, prose, (value, before, after) => {
        const text = JSON.stringify(value);
        fc.pre(!text.includes('</t') && !text.includes('</r'));
        assert.deepEqual(answerJson(before + text + after), JSON.parse(text));
      }),
    );
  });

  it('never throws', () => fc.assert(fc.property(fc.string({ unit: 'binary-ascii' }), (text) => answerJson(text) !== undefined)));

  it('reads hostile texts in linear time', () => {
    for (const piece of ['{', '}', '{}', '{"', '"{', '\\', '</think>', '{{}', '<think>'])
      assert.ok(answerJson(piece.repeat(60_000)) === null || piece === '{}' || piece === '{{}');
  });
});

describe('balancedSpans', () => {
  it('gives disjoint spans in order, each with as many opening braces as closing ones', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('{', '}', 'a', ' ') }), (text) => {
        let last = 0;
        for (const [start, end] of balancedSpans(text)) {
          const span = text.slice(start, end);
          assert.ok(start >= last && span.startsWith('{') && span.endsWith('}'));
          assert.equal(span.split('{').length, span.split('}').length);
          last = end;
        }
      }),
    );
  });
});
