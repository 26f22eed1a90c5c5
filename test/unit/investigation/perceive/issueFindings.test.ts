import assert from 'node:assert/strict';
import type { ErrorIssue } from '../../../../src/domain/errorIssue';
import { writeIssues } from '../../../../src/investigation/perceive/issueFindings';
import { createRun, gathered } from '../../../fakes/gathered';
import { ONSET_MS } from '../../../fakes/incidents';

const issue = (given: Partial<ErrorIssue> = {}): ErrorIssue => ({
  id: 'i1',
  service: 'shop',
  type: 'TypeError',
  message: 'x is undefined',
  file: 'prices.js',
  function: 'price',
  count: 40,
  firstSeenMs: ONSET_MS + 1,
  lastSeenMs: ONSET_MS + 2,
  firstSeenVersion: '1.1.0',
  lastSeenVersion: '1.1.0',
  state: 'OPEN',
  ...given,
});
const write = (...items: readonly ErrorIssue[]) => {
  const run = createRun();
  return { found: writeIssues(gathered({ issues: { query: 'service:shop', items } }), run), evidence: run.evidence.all() };
};

describe('writeIssues', () => {
  it('tells new groups of errors with place and version', () => {
    const { found, evidence } = write(issue());
    assert.deepEqual(found, [{ service: 'shop', evidence: 'E1' }]);
    assert.equal(
      evidence[0]?.summary,
      'Error tracking: TypeError in shop, 40 times at price in prices.js, first in version 1.1.0: x is undefined',
    );
    assert.equal(evidence[0]?.link, 'https://example.test/issue');
  });

  it('counts as people do, and names no type where there is none', () => {
    const [fact] = write(issue({ count: 1, type: '', file: null, function: null, firstSeenVersion: null })).evidence;
    assert.equal(fact?.summary, 'Error tracking: errors in shop, once: x is undefined');
  });

  it('leaves out groups that are older than the incident, and keeps the three most frequent', () => {
    assert.deepEqual(write(issue({ firstSeenMs: ONSET_MS - 9e6 })).found, []);
    const many = [1, 2, 3, 4].map((count) => issue({ count, file: null, function: null, firstSeenVersion: null }));
    const { evidence } = write(...many);
    assert.equal(evidence.length, 3);
    assert.match(evidence[0]?.summary ?? '', /4 times: x is undefined$/);
  });
});
