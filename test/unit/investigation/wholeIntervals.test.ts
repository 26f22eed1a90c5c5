import assert from 'node:assert/strict';
import { withoutUnfinished } from '../../../src/investigation/wholeIntervals';
import { series } from '../../fakes/spans';

const counted = series([5, 1], { startSec: 60 });

describe('withoutUnfinished', () => {
  it('leaves out the interval of a count that is still being filled', () => {
    assert.deepEqual(withoutUnfinished('sum:m{*}.as_count()', counted, 150_000).points, [[60, 5]]);
    assert.deepEqual(withoutUnfinished('sum:m{*}.as_count()', counted, 180_000).points, counted.points);
  });

  it('keeps it for averages and for ratios of counts', () => {
    for (const query of ['avg:m{*}', 'sum:m{*}.as_count() / sum:n{*}.as_count()'])
      assert.equal(withoutUnfinished(query, counted, 150_000), counted);
  });

  it('is not misled by a slash in a tag', () => {
    assert.equal(withoutUnfinished('sum:m{path:/a/b}.as_count()', counted, 150_000).points.length, 1);
  });
});
