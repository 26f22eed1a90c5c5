import assert from 'node:assert/strict';
import { dependencyOutage, dependencyOutages, isOutside } from '../../../../src/diagnosis/analysers/dependencyOutage';
import { buildTraces } from '../../../../src/signals/traces/traceTree';
import { change, code, failure, findings, metric } from '../../../fakes/findings';
import { span } from '../../../fakes/spans';

const outside = failure({ peer: 'api.bank.example', message: 'bank answered 503' });

describe('dependencyOutages', () => {
  it('blames a peer that is none of our services, with the words of the error', () => {
    const [found] = dependencyOutages(findings({ failures: [outside] }));
    assert.equal(found?.kind, 'dependency_outage');
    assert.equal(found.service, 'shop');
    assert.match(found.title, /api\.bank\.example does not answer as it should: bank answered 503/);
    assert.equal(found.evidenceClass, 'mechanism');
  });

  it('takes an error that a log tells of a traced peer for the same outage', () => {
    const logged = failure({ peer: null, message: 'x509: certificate of api.bank.example has expired', evidence: 'E11' });
    const found = dependencyOutages(findings({ failures: [logged, outside] }));
    assert.equal(found.length, 1);
    assert.ok(['E10', 'E11'].every((id) => found[0]?.evidenceFor.includes(id)));
  });

  it('is ruled out by traced calls only', () => {
    const look = (given: Parameters<typeof findings>[0]) => dependencyOutage.look(findings(given), { culprits: [], code: code() });
    assert.equal(look({ during: buildTraces([span({ spanId: 'a' })]) }).ruledOut.length, 1);
    assert.deepEqual(look({ failures: [failure()] }).ruledOut, []);
    assert.match(look({}).check.summary, /^Nothing that was read/);
  });

  it('does not blame a service of ours, by name or by host name', () => {
    assert.deepEqual(dependencyOutages(findings({ failures: [failure({ peer: 'stock' })] })), []);
    assert.deepEqual(dependencyOutages(findings({ failures: [failure({ peer: 'stock.prod.example:8080' })] })), []);
    assert.deepEqual(dependencyOutages(findings({ failures: [failure()] })), []);
  });

  it('blames a host outside also when the map of services shows it', () => {
    const graph = new Map([['shop', new Set(['api.bank.example', 'stock'])]]);
    assert.equal(dependencyOutages(findings({ failures: [outside], graph }))[0]?.kind, 'dependency_outage');
    assert.deepEqual(dependencyOutages(findings({ failures: [failure({ peer: 'stock' })], graph })), []);
  });

  it('takes an unreachable host inside the own network for infrastructure', () => {
    const [found] = dependencyOutages(
      findings({ failures: [failure({ peer: null, message: 'connect ECONNREFUSED pg.prod.svc.cluster.local:5432' })] }),
    );
    assert.equal(found?.kind, 'infrastructure_outage');
  });

  it('takes a peer at a private address for a part of the system, with or without a tag that names it', () => {
    const own = [
      '127.0.0.1:6379',
      'localhost:6379',
      '10.0.3.7:5432',
      '172.20.1.9:80',
      '192.168.1.4:80',
      '169.254.1.1:80',
      '[fd00::1]:80',
      '::1:80',
    ];
    for (const address of own) {
      const [found] = dependencyOutages(findings({ failures: [failure({ type: 'Error', message: `connect ECONNREFUSED ${address}` })] }));
      assert.equal(found?.kind, 'infrastructure_outage', address);
      assert.doesNotMatch(found.title, /outside/);
    }
    const kindOf = (given: object) => dependencyOutages(findings({ failures: [failure({ message: 'ECONNREFUSED', ...given })] }))[0]?.kind;
    assert.equal(kindOf({ peer: '10.0.3.7' }), 'infrastructure_outage');
    for (const peer of ['8.8.8.8', '172.32.0.1', '110.0.3.7']) assert.equal(kindOf({ peer }), 'dependency_outage', peer);
    const lookup = 'dial tcp: lookup api.bank.example on 10.96.0.10:53: no such host';
    assert.equal(kindOf({ message: lookup }), 'dependency_outage');
  });

  it('hears nothing of an outage in what an error only quotes', () => {
    const quoting = failure({ type: null, message: 'bad search "connect ECONNREFUSED 8.8.8.8" by user 12' });
    assert.deepEqual(dependencyOutages(findings({ failures: [quoting] })), []);
  });

  it('leaves an inner name that does not exist to the analyser of configuration', () => {
    const wrong = failure({ peer: null, message: 'getaddrinfo ENOTFOUND pg.prod.svc.cluster.local' });
    assert.deepEqual(dependencyOutages(findings({ failures: [wrong] })), []);
    const resolver = failure({ peer: null, message: 'getaddrinfo EAI_AGAIN pg.prod.svc.cluster.local' });
    assert.equal(dependencyOutages(findings({ failures: [resolver] }))[0]?.kind, 'infrastructure_outage');
  });

  it('knows a public host that the error itself names, but no package and no service of ours', () => {
    const told = (message: string) => dependencyOutages(findings({ failures: [failure({ peer: null, type: null, message })] }));
    const [found] = told('maps.bank.example responded 403: quota exceeded for requests per day');
    assert.equal(found?.kind, 'dependency_outage');
    assert.match(found.title, /maps\.bank\.example does not answer/);
    assert.deepEqual(told('java.net.SocketTimeoutException: 503 from the pool'), []);
    assert.deepEqual(told('stock.shop.example answered 503'), []);
    assert.deepEqual(told('mail of anna@bank.example is not valid'), []);
  });

  it('is stronger with news of the provider, and when most errors are of this kind', () => {
    const news = change('other', 5, { title: 'Status page: bank API degraded', service: null });
    const alone = dependencyOutages(findings({ failures: [outside, failure({ count: 30 })] }))[0];
    const most = dependencyOutages(findings({ failures: [outside] }))[0];
    const told = dependencyOutages(findings({ failures: [outside], changes: [news] }))[0];
    assert.ok(alone && most && told && alone.strength < most.strength && most.strength < told.strength);
    assert.ok(told.evidenceFor.includes('E40'));
  });

  it('is stronger where the peer both refuses and stays silent, and cites what its caller shows', () => {
    const silent = failure({ peer: 'api.bank.example', message: 'aborted due to timeout', evidence: 'E11' });
    const waiting = metric('trace.http.request', { score: 4, evidence: 'E20' });
    const calmer = metric('shop.cpu.usage', { score: 4, evidence: 'E21' });
    const [both] = dependencyOutages(findings({ failures: [outside, silent], metrics: [waiting, calmer] }));
    const [one] = dependencyOutages(findings({ failures: [outside] }));
    assert.ok(both && one && both.strength > one.strength);
    assert.deepEqual(both.evidenceFor, ['E10', 'E11', 'E20']);
  });

  it('does not count what callers only pass on', () => {
    const passed = failure({ service: 'web', count: 100, message: 'shop answered 502' });
    assert.equal(
      dependencyOutages(findings({ failures: [outside, passed] }))[0]?.strength,
      dependencyOutages(findings({ failures: [outside] }))[0]?.strength,
    );
  });

  it('makes one explanation a peer', () => {
    assert.equal(
      dependencyOutages(findings({ failures: [outside, { ...outside, evidence: 'E11' }, failure({ peer: 'mail.example' })] })).length,
      2,
    );
  });
});

describe('isOutside', () => {
  it('knows errors that name the unreachable side themselves', () => {
    assert.equal(isOutside(failure({ message: 'connect ECONNREFUSED 10.1.2.3:443' }), new Set()), true);
    assert.equal(isOutside(failure({ message: 'cannot read x' }), new Set()), false);
  });
});
