import assert from 'node:assert/strict';
import fc from 'fast-check';
import { fieldsOf, isYes, listOf, numberOf, textOf } from '../../../../src/investigation/perceive/jsonFields';

describe('jsonFields', () => {
  it('find the first spelling that holds what is asked for', () => {
    const fields = fieldsOf({ restartCount: 3, name: '', podName: 'a', ready: 'True' });
    assert.equal(numberOf(fields, 'restart_count', 'restartCount'), 3);
    assert.equal(textOf(fields, 'name', 'podName'), 'a');
    assert.ok(isYes(fields.ready) && isYes(true) && !isYes('no') && !isYes(undefined));
  });

  it('give nothing for other shapes, and nothing that was inherited', () => {
    assert.deepEqual(fieldsOf([1]), {});
    assert.deepEqual(listOf('x'), []);
    assert.equal(textOf(fieldsOf({}), 'constructor'), null);
    assert.equal(numberOf(fieldsOf({ a: Number.NaN }), 'a'), null);
  });

  it('take any JSON', () => {
    fc.assert(fc.property(fc.jsonValue(), (value) => listOf(value as never).every((one) => typeof one === 'object')));
  });
});
