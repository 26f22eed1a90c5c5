import assert from 'node:assert/strict';
import { busiestStatement, statementsOf, waitShare, waitsOf } from '../../../../src/diagnosis/analysers/databaseLoad';
import { databaseWork, findings } from '../../../fakes/findings';

const loaded = (...databaseWorks: ReturnType<typeof databaseWork>[]) => findings({ databaseWork: databaseWorks });

describe('busiestStatement', () => {
  it('names the statement that makes up most of the load, with what it waits for', () => {
    const waits = [{ name: 'CPU:user', load: 5.5 }];
    const found = busiestStatement(
      loaded(databaseWork('statement', 'SELECT * FROM baskets', 6, { waits }), databaseWork('statement', 'BEGIN', 2)),
    );
    assert.equal(found?.words, 'one statement makes up 75 % of the database load (CPU:user 5.5): "SELECT * FROM baskets"');
    assert.deepEqual(found.evidence, ['E90']);
  });

  it('names none where the load is spread, or not known', () => {
    const spread = [3, 3, 3].map((load, at) => databaseWork('statement', `SELECT ${at}`, load));
    assert.equal(busiestStatement(loaded(...spread)), null);
    assert.equal(busiestStatement(loaded(databaseWork('wait', 'CPU', 9))), null);
  });
});

describe('waits', () => {
  const given = loaded(databaseWork('wait', 'CPU', 1), databaseWork('wait', 'Lock:tuple', 3), databaseWork('statement', 'BEGIN', 4));

  it('come largest first, apart from statements', () => {
    assert.deepEqual(
      waitsOf(given).map(({ name }) => name),
      ['Lock:tuple', 'CPU'],
    );
    assert.deepEqual(
      statementsOf(given).map(({ name }) => name),
      ['BEGIN'],
    );
  });

  it('have shares of all waits, none where none are known', () => {
    assert.equal(waitShare(given, /^lock/i), 0.75);
    assert.equal(waitShare(loaded(), /^lock/i), 0);
  });
});
