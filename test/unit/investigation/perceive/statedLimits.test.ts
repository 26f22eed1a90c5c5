import assert from 'node:assert/strict';
import { statedLimits } from '../../../../src/investigation/perceive/statedLimits';
import { change } from '../../../fakes/findings';
import { series } from '../../../fakes/spans';

const said = (text: string) => statedLimits([], [change('other', 5, { text }).change]).get('connections');

describe('statedLimits', () => {
  it('reads the limit of connections from a metric or from what is said', () => {
    assert.equal(statedLimits([series([400], { metric: 'postgresql.max_connections' })], []).get('connections'), 400);
    assert.equal(said('approaching max_connections limit. Current connections: 469 of 500.'), 500);
    assert.equal(said('max_connections = 200'), 200);
  });

  it('takes the new value of a change', () => {
    assert.equal(said('max_connections changed from 500 to 100'), 100);
  });

  it('knows none where none is stated', () => {
    assert.equal(said('3 of 5 pods are ready'), undefined);
    assert.equal(said('too many connections'), undefined);
  });
});
