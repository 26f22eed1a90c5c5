import assert from 'node:assert/strict';
import fc from 'fast-check';
import { weighServices } from '../../../../src/diagnosis/localisation/rank';
import { callGraph } from '../../../../src/signals/topology';
import { failure, findings, metric } from '../../../fakes/findings';
import { series } from '../../../fakes/spans';

const latency = (service: string, before: number, during: number, correlation = 0.95) =>
  metric('service.latency', { service, before, during, correlation, series: series([], { metric: 'service.latency' }) });
const chain = callGraph({ shop: ['stock', 'mail'], stock: ['db'] });
const ranked = (given: Parameters<typeof findings>[0]) => weighServices(findings({ symptom: 'latency', graph: chain, path: [], ...given }));
const order = (given: Parameters<typeof findings>[0]) => ranked(given).map(({ service }) => service);

describe('weighServices', () => {
  it('puts the deepest service that moves with the alert above those that wait for it', () => {
    const metrics = [latency('shop', 100, 600, 1), latency('stock', 60, 560), latency('db', 10, 500)];
    assert.deepEqual(order({ metrics }).slice(0, 1), ['db']);
    assert.ok((ranked({ metrics }).find(({ service }) => service === 'stock')?.explained ?? 0) > 0.5);
  });

  it('does not let a callee explain more time than it added', () => {
    assert.equal(order({ metrics: [latency('shop', 100, 600, 1), latency('stock', 60, 560), latency('db', 10, 12)] })[0], 'stock');
  });

  it('explains nothing between services that call each other', () => {
    const circle = callGraph({ shop: ['a'], a: ['b'], b: ['a'] });
    const found = ranked({ graph: circle, metrics: [latency('a', 10, 90), latency('b', 10, 90)] });
    assert.ok(found.filter(({ service }) => service !== 'shop').every(({ explained }) => explained === 0));
  });

  it('takes what the alerting service does not call for an effect, its own resources aside', () => {
    const metrics = [latency('web', 50, 500), latency('stock', 50, 500)];
    assert.equal(order({ graph: callGraph({ web: ['shop'], shop: ['stock'] }), metrics })[0], 'stock');
  });

  it('believes a full processor before latency', () => {
    const cpu = metric('container.cpu.usage', {
      service: 'mail',
      before: 5,
      during: 86,
      score: 7,
      series: series([], { metric: 'container.cpu.usage', unit: 'percent' }),
    });
    assert.equal(order({ metrics: [latency('stock', 60, 300, 0.7), cpu] })[0], 'mail');
  });

  it('trusts what is seen of a host from outside less', () => {
    const graph = callGraph({ shop: ['lb.example.com', 'stock'] });
    const metrics = [latency('lb.example.com', 50, 500, 0.97), latency('stock', 50, 500, 0.93)];
    assert.equal(order({ graph, metrics })[0], 'stock');
  });

  it('keeps every score within 0 and 1, and the order whatever the order of the facts', () => {
    const names = fc.constantFrom('shop', 'stock', 'mail', 'db');
    const one = fc.record({
      service: names,
      score: fc.double({ min: 0, max: 20, noNaN: true }),
      correlation: fc.double({ min: -1, max: 1, noNaN: true }),
    });
    fc.assert(
      fc.property(fc.array(one, { maxLength: 12 }), fc.array(names, { maxLength: 4 }), (given, failing) => {
        const metrics = given.map((values) => metric('service.latency', values));
        const failures = failing.map((service, at) => failure({ service, count: at + 1 }));
        const found = ranked({ metrics, failures });
        assert.ok(found.every(({ score, signs }) => score >= 0 && score <= 1 && signs.every(({ chance }) => chance >= 0 && chance <= 1)));
        const turned = ranked({ metrics: [...metrics].reverse(), failures });
        assert.deepEqual(
          turned.map(({ service, score }) => [service, score.toFixed(9)]),
          found.map(({ service, score }) => [service, score.toFixed(9)]),
        );
      }),
    );
  });

  it('does not look at names: renamed services rank alike', () => {
    const rename = (name: string) => `x-${name}-9`;
    const facts = (name: (service: string) => string) =>
      weighServices(
        findings({
          symptom: 'latency',
          alerting: name('shop'),
          path: [],
          graph: callGraph({ [name('shop')]: [name('stock')], [name('stock')]: [name('db')] }),
          metrics: [latency(name('stock'), 60, 560), latency(name('db'), 10, 400)],
        }),
      );
    assert.deepEqual(
      facts(rename).map(({ service, score }) => [service, score]),
      facts((name) => name).map(({ service, score }) => [rename(service), score]),
    );
  });

  it('takes from a service on the path what the one behind it explains, of its place as well', () => {
    const metrics = [latency('shop', 100, 600, 1), latency('stock', 60, 560), latency('db', 10, 500)];
    const place = (firstFailing: string) =>
      ranked({ metrics, path: ['shop', 'stock', 'db'], firstFailing })
        .find(({ service }) => service === 'stock')
        ?.signs.find(({ kind }) => kind === 'path')?.chance ?? 0;
    assert.ok(place('db') < 0.3 * place('stock'));
  });

  it('makes little of slowness beside errors whose origin is seen', () => {
    const gap = (symptom: 'errors' | 'latency') =>
      ranked({ symptom, failures: [failure({ service: 'stock' })], metrics: [latency('mail', 10, 90, 0)] }).find(
        ({ service }) => service === 'mail',
      )?.score ?? 0;
    assert.ok(gap('errors') < 0.5 * gap('latency'));
  });

  it('puts who is called from where trouble shows before who is not, where nothing else tells', () => {
    const graph = callGraph({ shop: ['zoo', 'stock'], zoo: ['api'] });
    const names = order({ graph, path: ['shop'], metrics: [latency('shop', 100, 600, 1)] });
    assert.ok(names.indexOf('zoo') < names.indexOf('api'));
  });
});
