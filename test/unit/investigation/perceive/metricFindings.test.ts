import assert from 'node:assert/strict';
import { metricFindings, writeCalm } from '../../../../src/investigation/perceive/metricFindings';
import { serviceOf } from '../../../../src/investigation/perceive/seriesNames';
import { createRun, gathered } from '../../../fakes/gathered';
import { stepped } from '../../../fakes/incidents';
import { series } from '../../../fakes/spans';

const result = (...list: ReturnType<typeof stepped>[]) => ({ query: 'avg:x{*} by {service}', series: list });
const of = (...list: ReturnType<typeof stepped>[]) =>
  gathered({ metrics: [result(...list)], fineSeries: stepped('shop.error_rate', 1, 40) });

describe('metricFindings', () => {
  it('are ranked, say how they moved with the alert, and the plain ones become evidence', () => {
    const run = createRun();
    const found = metricFindings(of(stepped('cpu.usage', 20, 90), stepped('mem.usage', 40, 41)), run);
    assert.deepEqual(
      found.map(({ change, evidence }) => [change.series.metric, evidence]),
      [
        ['cpu.usage', 'E1'],
        ['mem.usage', null],
      ],
    );
    assert.ok((found[0]?.correlation ?? 0) > 0.9);
    assert.ok((found[0]?.pairs ?? 0) > 50);
    assert.equal(run.evidence.all()[0]?.summary, 'cpu.usage of shop is at 92 %, 20 % before (medians).');
  });

  it('say from what to what a metric without a limit went', () => {
    const run = createRun();
    metricFindings(of(stepped('shop.latency', 50, 400, { unit: 'millisecond' })), run);
    assert.match(run.evidence.all()[0]?.summary ?? '', /shop\.latency of shop rose from 51 ms to 408 ms \(medians\)/);
  });

  it('do not repeat the alerting metric, which stands in the batch too', () => {
    const run = createRun();
    const own = { query: 'avg:shop.error_rate{service:shop}', series: [stepped('shop.error_rate', 1, 40)] };
    assert.deepEqual(metricFindings(gathered({ metrics: [own] }), run), []);
  });

  it('write down no more than three of a service and ten in all', () => {
    const run = createRun();
    const many = Array.from({ length: 30 }, (_, index) => stepped(`m${index}.errors`, 1, 90, { tags: [`service:s${index % 6}`] }));
    metricFindings(of(...many), run);
    assert.equal(run.evidence.all().length, 10);
  });
});

describe('serviceOf', () => {
  it('is the service called for what a client measures, and null without a tag', () => {
    assert.equal(serviceOf(series([], { tags: ['service:web', 'peer.service:cart'] })), 'cart');
    assert.equal(serviceOf(series([], { tags: ['service:web', 'peer.service:N/A'] })), 'web');
    assert.equal(serviceOf(series([], { tags: ['service:N/A', 'host:a'] })), null);
  });
});

describe('writeCalm', () => {
  const calm = ['a.errors', 'b.latency', 'c.cpu'].map((name) => stepped(name, 10, 10));

  it('tells of several metrics of the service that did not get worse', () => {
    const run = createRun();
    const all = of(...calm);
    assert.equal(writeCalm(all, metricFindings(all, run), run), 'E1');
    assert.equal(run.evidence.all()[0]?.summary, 'None of 3 metrics of shop got plainly worse.');
  });

  it('says nothing when one got worse, when they are few, or another service’s', () => {
    const run = createRun();
    for (const list of [[...calm, stepped('d.errors', 1, 80)], calm.slice(1), calm.map((one) => ({ ...one, tags: ['service:other'] }))]) {
      const all = of(...list);
      assert.equal(writeCalm(all, metricFindings(all, run), run), null);
    }
  });
});
