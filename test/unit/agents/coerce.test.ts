import assert from 'node:assert/strict';
import fc from 'fast-check';
import { type AnswerSchema, coerce } from '../../../src/agents/coerce';
import type { Json } from '../../../src/domain/json';

const SCHEMA: AnswerSchema = {
  type: 'object',
  properties: {
    title: { type: 'string', maxLength: 20 },
    level: { type: 'string', enum: ['low', 'very_high'] },
    evidence: { type: 'array', maxItems: 2, items: { type: 'string', enum: ['E1', 'E2', 'E3'] } },
    parts: { type: 'array', maxItems: 3, items: { type: 'object', properties: { text: { type: 'string' } } } },
  },
};
const mend = (value: Json) => coerce(value, SCHEMA);
const WHOLE = { title: 'x', level: 'low', evidence: ['E1'], parts: [{ text: 'y' }] };

describe('coerce', () => {
  it('leaves a valid answer as it is', () => assert.deepEqual(mend(WHOLE), WHOLE));

  const cases: readonly [string, Json, object][] = [
    ['drops properties that nobody asked for', { ...WHOLE, verdict: 'healthy' }, WHOLE],
    ['finds properties in another spelling', { Title: 'x', LEVEL: 'low', 'evi-dence': ['E1'], parts: WHOLE.parts }, WHOLE],
    ['opens a list of one', [WHOLE], WHOLE],
    ['drops ids that do not exist, and doubles', { ...WHOLE, evidence: ['E9', 'E1', 'E1', 7, null] }, WHOLE],
    ['reads ids in another dress', { ...WHOLE, evidence: [' [e1] ', { id: 'E2' }] }, { ...WHOLE, evidence: ['E1', 'E2'] }],
    ['reads options in another spelling', { ...WHOLE, level: 'Very high' }, { ...WHOLE, level: 'very_high' }],
    ['cuts long lists', { ...WHOLE, evidence: ['E3', 'E2', 'E1'] }, { ...WHOLE, evidence: ['E3', 'E2'] }],
    ['takes a lone value for a list of one', { ...WHOLE, evidence: 'E1', parts: { text: 'y' } }, WHOLE],
    [
      'takes a missing list for an empty one',
      { title: 'x', level: 'low', parts: null },
      { title: 'x', level: 'low', evidence: [], parts: [] },
    ],
    ['trims texts and writes numbers as texts', { ...WHOLE, title: '  x ', parts: [{ text: 7 }] }, { ...WHOLE, parts: [{ text: '7' }] }],
    ['clamps texts at a word', { ...WHOLE, title: 'one two three four five six' }, { ...WHOLE, title: 'one two three four…' }],
    ['clamps texts at a sentence where one ends', { ...WHOLE, title: 'One two. Three four five.' }, { ...WHOLE, title: 'One two.' }],
    ['leaves out options that do not exist', { ...WHOLE, level: 'extreme' }, { title: 'x', evidence: ['E1'], parts: WHOLE.parts }],
  ];
  for (const [what, value, expected] of cases) it(what, () => assert.deepEqual(mend(value), expected));

  it('drops what is no object where one is due', () => {
    for (const value of [null, 7, 'x', [], [1, 2]]) assert.equal(mend(value), undefined);
  });

  it('takes inherited names for missing', () =>
    assert.deepEqual(coerce({}, { type: 'object', properties: { constructor: { type: 'string' } } }), {}));

  it('never throws, and changes nothing the second time', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const once = mend(value as Json);
        if (once !== undefined) assert.deepEqual(mend(once), once);
      }),
    );
  });
});
