import assert from 'node:assert/strict';
import { exonerations } from '../../../src/diagnosis/exonerations';
import type { Findings } from '../../../src/diagnosis/findings';
import { callGraph } from '../../../src/signals/topology';
import { change, failure, findings, metric, ONSET_MS, statement, template } from '../../fakes/findings';

const MINUTE_MS = 60_000;
const reasons = (given: Partial<Findings>) => exonerations(findings(given)).map(({ reason }) => reason);
const announced = (title: string, minutesBefore: number, text = '') => {
  const news = change('other', 1);
  return { ...news, change: { ...news.change, title, text, timestampMs: ONSET_MS - minutesBefore * MINUTE_MS } };
};

describe('What explains an incident without a change of ours', () => {
  it('is nothing where only our own service fails', () => {
    assert.deepEqual(reasons({ failures: [failure()], metrics: [metric('checkout.errors', { service: 'shop', score: 4 })] }), []);
  });

  it('is what a provider announced at the time, not that all is well, and not old news', () => {
    assert.equal(reasons({ changes: [announced('Elevated error rates of the payments API', 3)] }).length, 1);
    assert.deepEqual(reasons({ changes: [announced('Service is operating normally', 3, 'no incident')] }), []);
    assert.deepEqual(reasons({ changes: [announced('Outage of the payments API', 600)] }), []);
  });

  it('is no word of trouble in an event about something else', () => {
    const about = (service: string | null, title: string) => {
      const news = announced(title, 3);
      return { ...news, change: { ...news.change, service } };
    };
    const failures = [failure({ type: 'HTTPError', message: 'call of stock timed out', peer: 'stock' })];
    assert.deepEqual(reasons({ failures, changes: [about('billing', 'Incident: printed statements are delayed')] }), []);
    assert.deepEqual(reasons({ failures, changes: [about(null, 'Scheduled maintenance of the office network')] }), []);
    assert.deepEqual(reasons({ failures, changes: [about('web', 'Failover of the page cache')] }), []);
    assert.equal(reasons({ failures, changes: [about('stock', 'Failover of the database')] }).length, 1);
    assert.equal(reasons({ failures, changes: [about('status', 'Degraded networking in eu-west-1')] }).length, 1);
  });

  it('is no announcement while the errors are the program’s own, nor one that had ended before', () => {
    assert.deepEqual(reasons({ failures: [failure()], changes: [announced('Outage of the cloud provider', 3)] }), []);
    assert.deepEqual(reasons({ changes: [announced('Outage of the cloud provider resolved', 20)] }), []);
  });

  it('is no rare message beside errors that say something else', () => {
    const failures = [failure({ count: 90 }), failure({ message: 'the api key has expired', count: 3, evidence: 'E11' })];
    assert.deepEqual(reasons({ failures }), []);
  });

  it('is nothing that a log line only quotes, and no line or two alone', () => {
    const says = (message: string, during: number) => {
      const said = template(message);
      const change = { ...said.change, during };
      const told = statement(message, { count: during, evidence: said.evidence });
      return reasons({ templates: [{ ...said, change }], statements: [told] });
    };
    assert.deepEqual(says('slow search for "certificate has expired" by user 12', 90), []);
    assert.deepEqual(says('certificate has expired', 1), []);
    assert.equal(says('certificate has expired', 9).length, 1);
  });

  it('is no read or write that a program did wrongly, and nothing of a user that expired', () => {
    for (const message of ['I/O error: closed stream', 'password reset link expired for user 12'])
      assert.deepEqual(reasons({ failures: [failure({ type: null, message })] }), [], message);
  });

  it('is no setting of a service that the alerting one does not use', () => {
    const byHand = change('config', 5);
    assert.deepEqual(reasons({ changes: [{ ...byHand, change: { ...byHand.change, service: 'web' } }] }), []);
  });

  it('is a peer outside that does not answer', () => {
    const outside = failure({ peer: 'api.bank.example', message: 'bank answered 503' });
    assert.ok(reasons({ failures: [outside] }).some((reason) => /bank/.test(reason)));
  });

  it('is what ran out on its date', () => {
    for (const message of ['x509: certificate has expired or is not yet valid', 'invalid_client: the client secret has expired'])
      assert.ok(reasons({ failures: [failure({ message })] }).includes('the errors speak of what expired'), message);
    assert.deepEqual(reasons({ failures: [failure({ message: 'the session of the user expired' })] }), []);
  });

  it('is a machine, a disk or a network below the services', () => {
    assert.equal(reasons({ templates: [template('pod evicted: NodeNotReady')] }).length, 1);
    assert.equal(reasons({ templates: [template('I/O error on /dev/sdb')] }).length, 1);
    const lost = metric('tcp_retransmits_per_second', { service: 'shop', score: 3, direction: 'up' });
    assert.equal(reasons({ metrics: [lost] }).length, 1);
  });

  it('is a surge of requests from outside, not one that a caller makes', () => {
    const graph = callGraph({ web: ['shop'] });
    const more = (service: string, score: number) =>
      metric('http_requests_per_second', { service, score, kind: 'traffic', direction: score > 0 ? 'up' : 'flat' });
    assert.equal(reasons({ graph, metrics: [more('shop', 3)] }).length, 1);
    assert.equal(reasons({ graph, metrics: [more('shop', 3), more('web', 2)] }).length, 2);
    assert.deepEqual(reasons({ graph, metrics: [more('shop', 3), more('web', 0)] }), []);
  });

  it('is no surge where a share of refused requests, or their time, rose', () => {
    for (const name of ['http_401_ratio', 'http_request_duration_p95', 'db_query_count_per_request', 'request_errors'])
      assert.deepEqual(reasons({ metrics: [metric(name, { service: 'shop', score: 4, kind: 'other', direction: 'up' })] }), [], name);
  });

  it('is what somebody changed by hand just before', () => {
    const byHand = change('config', 5);
    assert.equal(reasons({ changes: [byHand] }).length, 1);
    assert.deepEqual(reasons({ changes: [change('deployment', 5)] }), []);
  });
});
