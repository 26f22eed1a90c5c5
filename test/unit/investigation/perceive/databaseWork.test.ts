import assert from 'node:assert/strict';
import { databaseWork } from '../../../../src/investigation/perceive/databaseWork';
import { createRun, gathered } from '../../../fakes/gathered';
import { said, topStatement, topWait } from '../../../fakes/miniIncidents/world';

const of = (...items: ReturnType<typeof said>[]) => gathered({ logs: { query: '*', items } });

describe('databaseWork', () => {
  it('tells the busiest statements with their waits, and the waits of all', () => {
    const run = createRun();
    const found = databaseWork(
      of(topStatement('SELECT 1', 0.5, { CPU: 0.5 }), topStatement('UPDATE t', 6, { CPU: 1, 'Lock:tuple': 5 }), topWait('CPU', 1)),
      run,
    );
    assert.deepEqual(
      found.map(({ kind, name, load }) => [kind, name, load]),
      [
        ['statement', 'UPDATE t', 6],
        ['statement', 'SELECT 1', 0.5],
        ['wait', 'CPU', 1],
      ],
    );
    assert.equal(found[0]?.waits[0]?.name, 'Lock:tuple');
    assert.equal(run.evidence.all()[0]?.summary, 'Top SQL: "UPDATE t" with 6 average active sessions (Lock:tuple 5, CPU 1).');
    assert.equal(run.evidence.all().at(-1)?.summary, 'The database waits for: CPU 1 (average active sessions).');
  });

  it('passes over what is no report of work', () => {
    const odd = [
      {},
      { kind: 'top_sql' },
      { kind: 'other', name: 'x', db_load_avg: 1 },
      { kind: 'top_sql', statement: 'x', db_load_avg: 'many' },
    ];
    const logs = odd.map((performance_insights) => said(1, 'x', 'info', 'db', { performance_insights }));
    assert.deepEqual(databaseWork(of(...logs), createRun()), []);
  });
});
