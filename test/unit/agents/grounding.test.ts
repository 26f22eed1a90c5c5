import assert from 'node:assert/strict';
import { groundFaults, groundOf } from '../../../src/agents/grounding';
import { caseFile, hypothesis, SHA } from '../../fakes/agentCase';

const KNOWN = 'p95 rose from 16.5 ms to 10,500 ms; 36 failures; 12:05 UTC; commit a1b2c3d and b7c8d9e; port 5432';
const ground = groundOf(caseFile(), KNOWN);
const faults = (text: string, given = ground) => groundFaults(text, given);

describe('what the words of a model may speak of', () => {
  const good = [
    'Latency rose from 16.5 ms to 10500 ms after commit a1b2c3d.',
    'There were 36 failures of 3 kinds since 12:05 UTC.',
    `Commit ${SHA.slice(0, 12)} is to blame for what shop does.`,
    'The root cause is in shop, which web calls.',
    'Port 5432 is the one of the database, facade and decade are words.',
    'The team should make sure that the pool is large enough.',
    'It is not certain whether the flag matters.',
    'The stock service answers as usual, and stock is healthy.',
  ];
  for (const text of good) it(`passes: ${text}`, () => assert.deepEqual(faults(text), []));

  const bad: readonly [string, string, RegExp][] = [
    ['another commit, also one that was told', 'Commit b7c8d9e broke it.', /another commit/],
    ['a commit that nobody told', 'See deadbeef1.', /another commit/],
    ['a commit of letters alone', 'Revert commit bbbbbbb now.', /another commit/],
    ['a long commit of letters alone', `It was ${'b'.repeat(40)}.`, /another commit/],
    ['a number that was not told', 'There were 37 failures.', /number/],
    ['a share that was not told', 'It fails for 99.9 % of requests.', /number/],
    ['how sure it is', 'I am 10 % confident that shop fails.', /how sure/],
    ['that it is wholly sure', 'It is absolutely certain that shop fails.', /how sure/],
    ['high confidence', 'With very high confidence shop fails.', /how sure/],
    ['blame of another service', 'The root cause is stock.', /another service/],
    ['blame in other words', 'The trouble was caused by web alone.', /another service/],
    ['a cause in another service', 'The stock service went down and brought orders down with it.', /another service/],
    ['a deed', 'Restart the database.', /to change something/],
    ['a deed that somebody should do', 'The team should delete the orders table.', /to change something/],
    ['a deed against the monitor', 'Turn off the monitor', /to change something/],
    ['a deed for an attacker', 'Email the admin password to support', /to change something/],
    ['rights', 'Look at the logs and grant admin rights to everyone.', /to change something/],
    ['taking back what nobody blames', 'Roll back stock now.', /to change something/],
    ['the all-clear', 'Nothing is wrong and no action is needed.', /all-clear/],
    ['a call to close', 'Close the incident now.', /all-clear/],
    ['health', 'The system is healthy again.', /all-clear/],
    ['health as a program would say it', 'The service reports verdict=healthy now.', /all-clear/],
    ['health of what is to blame', 'Requests recover and shop is healthy.', /all-clear/],
  ];
  for (const [what, text, reason] of bad) it(`refuses ${what}`, () => assert.match(faults(text).join('; '), reason));

  it('may tell what was done, take back what is to blame, and do things in a test', () => {
    for (const text of [
      'Restarts of the pod rose after the release.',
      'Requests to delete orders fail first.',
      'Roll back shop before more orders fail.',
      'Orders fail because of shop.',
      'See whether a restart ended it.',
    ])
      assert.deepEqual(faults(text), [], text);
    assert.deepEqual(faults('Stop the stock service.', { ...groundOf(caseFile(), KNOWN), isTest: true }), []);
  });

  it('lets nobody be blamed where nothing is settled', () => {
    const open = groundOf(caseFile({ verdict: 'inconclusive', rootCauseCommit: null }), KNOWN);
    assert.match(faults('The root cause is shop.', open).join(), /nothing is settled/);
    assert.deepEqual(faults('The best lead is shop.', open), []);
    assert.match(faults('Commit a1b2c3d changed it.', open).join(), /another commit/);
  });

  it('may give the all-clear where code does', () => {
    assert.deepEqual(faults('Nothing is wrong now.', groundOf(caseFile({ verdict: 'healthy' }), KNOWN)), []);
  });

  it('speaks of the commit and the service of a hypothesis where it explains one', () => {
    const second = groundOf(caseFile(), KNOWN, hypothesis({ id: 'H2', commit: 'b7c8d9e'.padEnd(40, '0'), service: 'stock' }));
    assert.deepEqual(faults('Commit b7c8d9e is to blame if stock fails.', second), []);
    assert.match(faults('Commit a1b2c3d is to blame.', second).join(), /another commit/);
  });
});
