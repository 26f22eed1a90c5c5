import assert from 'node:assert/strict';
import { trafficSurge, trafficSurges } from '../../../../src/diagnosis/analysers/trafficSurge';
import { code, findings, metric } from '../../../fakes/findings';

describe('trafficSurges', () => {
  it('are far more requests to the alerting service', () => {
    const [found] = trafficSurges(findings({ metrics: [metric('trace.express.request.hits', { score: 3 })] }));
    assert.equal(found?.service, 'shop');
    assert.match(found.strengthReason, /rose from 10 to 50/);
  });

  it('are not fewer requests, other services, or calls that the service itself makes more of', () => {
    const metrics = [
      metric('trace.express.request.hits', { direction: 'down' }),
      metric('trace.express.request.hits', { service: 'stock' }),
      metric('db_query_rate'),
      metric('trace.express.request'),
      metric('trace.sqlite.query.hits'),
      metric('trace.redis.command.hits'),
    ];
    assert.deepEqual(trafficSurges(findings({ metrics })), []);
  });

  it('are ruled out by requests that did not rise, not by calls that the service makes', () => {
    const look = (name: string) => trafficSurge.look(findings({ metrics: [metric(name, { score: 0.1 })] }), { culprits: [], code: code() });
    assert.equal(look('trace.express.request.hits').ruledOut.length, 1);
    assert.deepEqual(look('trace.redis.command.hits').ruledOut, []);
    assert.deepEqual(look('trace.redis.command.hits').check.unchecked, ['request counts of shop: none were found']);
  });
});
