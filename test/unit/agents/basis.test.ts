import assert from 'node:assert/strict';
import { ADDED, onBasis } from '../../../src/agents/basis';

const drafts = [{ id: 'S1' }, { id: 'S2' }];
const answer = (basis: string, text = basis) => ({ basis, text });
const merged = (answers: readonly ReturnType<typeof answer>[]) =>
  onBasis(drafts, answers, {
    reworded: ({ id }, given) => `${id}:${given?.text ?? '-'}`,
    added: ({ text }) => (text === 'bad' ? null : `+${text}`),
  });

describe('onBasis', () => {
  it('keeps every draft in its order, reworded or not', () => {
    assert.deepEqual(merged([answer('S2'), answer('S1')]), ['S1:S1', 'S2:S2']);
    assert.deepEqual(merged([]), ['S1:-', 'S2:-']);
  });

  it('puts what is added behind the draft that it follows, the first one where it follows none', () => {
    assert.deepEqual(merged([answer(ADDED, 'a'), answer('S2'), answer(ADDED, 'b')]), ['S1:-', '+a', 'S2:S2', '+b']);
  });

  it('drops what is not fit, and takes the first of two wordings', () => {
    assert.deepEqual(merged([answer('S1', 'x'), answer('S1', 'y'), answer(ADDED, 'bad')]), ['S1:x', 'S2:-']);
  });
});
