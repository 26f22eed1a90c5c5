import assert from 'node:assert/strict';
import { resourceExhaustions } from '../../../../src/diagnosis/analysers/resourceExhaustion';
import { change, failure, findings, metric, template } from '../../../fakes/findings';
import { series } from '../../../fakes/spans';

const cpu = (during: number, score: number, service = 'shop') =>
  metric('container.cpu.usage', { service, during, score, series: series([], { metric: 'container.cpu.usage', unit: 'percent' }) });

describe('resourceExhaustions', () => {
  it('name the resource that rose to its limit', () => {
    const [found] = resourceExhaustions(findings({ metrics: [cpu(97, 6)] }));
    assert.match(found?.title ?? '', /shop has run out of a resource: container\.cpu\.usage at 97 %/);
    assert.equal(found?.evidenceClass, 'mechanism');
  });

  it('weigh a level that was as high before less than a rise', () => {
    const [chronic] = resourceExhaustions(findings({ metrics: [cpu(92, 0)] }));
    const [risen] = resourceExhaustions(findings({ metrics: [cpu(92, 6)] }));
    assert.ok(chronic && risen && chronic.strength < risen.strength);
  });

  it('hear errors, logs and events that say so', () => {
    for (const given of [
      { failures: [failure({ message: 'FATAL: too many connections' })] },
      { templates: [template('java.lang.OutOfMemoryError: heap out of memory')] },
      { changes: [change('other', 3, { text: 'Container was OOMKilled' })] },
    ])
      assert.equal(resourceExhaustions(findings(given))[0]?.evidenceClass, 'mechanism');
  });

  it('find nothing in ordinary levels and errors', () => {
    assert.deepEqual(resourceExhaustions(findings({ metrics: [cpu(40, 1)], failures: [failure()] })), []);
  });

  it('count less in a service that the alerting one does not call', () => {
    const [near, far] = [
      resourceExhaustions(findings({ metrics: [cpu(97, 6, 'stock')] })),
      resourceExhaustions(findings({ metrics: [cpu(97, 6, 'web')] })),
    ];
    assert.ok((far[0]?.strength ?? 1) < (near[0]?.strength ?? 0));
  });
});
