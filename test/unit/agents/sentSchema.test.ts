import assert from 'node:assert/strict';
import { redactedSchema, restored } from '../../../src/agents/sentSchema';

const redaction = { redact: (text: string) => text.replace('ada', '<TEXT_1>'), restore: (text: string) => text.replace('<TEXT_1>', 'ada') };

describe('redactedSchema', () => {
  it('leaves lengths of texts out, keeps lists and options, and redacts options only', () => {
    const schema = {
      $schema: 'x',
      type: 'object',
      properties: {
        ada: { type: 'string', minLength: 1, maxLength: 9 },
        who: { type: 'array', maxItems: 2, items: { enum: ['ada', 'E1'] } },
      },
      required: ['ada'],
    };
    assert.deepEqual(redactedSchema(schema, redaction), {
      type: 'object',
      properties: { ada: { type: 'string' }, who: { type: 'array', maxItems: 2, items: { enum: ['<TEXT_1>', 'E1'] } } },
      required: ['ada'],
    });
  });
});

describe('restored', () => {
  it('puts every text back, however deep, and nothing else', () => {
    assert.deepEqual(restored({ a: ['<TEXT_1>', { b: '<TEXT_1>' }], c: 1, d: null }, redaction), {
      a: ['ada', { b: 'ada' }],
      c: 1,
      d: null,
    });
    assert.deepEqual(restored({ a: '<TEXT_1>' }, null), { a: '<TEXT_1>' });
  });
});
