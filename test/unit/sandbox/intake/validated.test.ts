import assert from 'node:assert/strict';
import { z } from 'zod';
import { tagsSchema, validated } from '../../../../src/sandbox/intake/validated';

describe('validation of what is sent', () => {
  const schema = z.object({ items: z.array(z.object({ name: z.string() })) });

  it('gives the value back', () => {
    assert.deepEqual(validated(schema, { items: [{ name: 'a' }] }), { items: [{ name: 'a' }] });
  });

  it('says where the first mistake is, in the shape that is asked for', () => {
    assert.throws(() => validated(schema, { items: [{ name: 'a' }, { name: 5 }] }, 'jsonApi'), {
      status: 400,
      shape: 'jsonApi',
      message: /^JSON validation failed at \$\.items\[1\]\.name: /,
    });
  });

  it('takes absent tags for none', () => {
    assert.deepEqual([tagsSchema.parse(undefined), tagsSchema.parse(null), tagsSchema.parse(['a'])], [[], [], ['a']]);
  });
});
