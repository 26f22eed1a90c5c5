import assert from 'node:assert/strict';
import { connectionPool } from '../../../../src/diagnosis/analysers/connectionPool';
import { cpuSaturation } from '../../../../src/diagnosis/analysers/cpuSaturation';
import { memoryExhaustion } from '../../../../src/diagnosis/analysers/memoryExhaustion';
import { change, code, findings, gauge, metric, statement } from '../../../fakes/findings';
import { series } from '../../../fakes/spans';

const context = { culprits: [], code: code() };
const cpu = (during: number, score: number, service = 'shop') =>
  metric('container.cpu.usage', { service, during, score, series: series([], { metric: 'container.cpu.usage', unit: 'percent' }) });
const saturated = (...metrics: readonly ReturnType<typeof cpu>[]) => cpuSaturation.look(findings({ metrics }), context).explanations;

describe('resourceAnalyser', () => {
  it('names the resource that rose to its limit', () => {
    const [found] = saturated(cpu(97, 6));
    assert.match(found?.title ?? '', /shop has run out of CPU: container\.cpu\.usage at 97 %/);
    assert.equal(found?.evidenceClass, 'mechanism');
  });

  it('weighs a level that was as high before less than a rise', () => {
    const [[chronic], [risen]] = [saturated(cpu(92, 0)), saturated(cpu(92, 6))];
    assert.ok(chronic && risen && chronic.strength < risen.strength);
  });

  it('hears errors, logs and events that say so', () => {
    const told = statement('java.lang.OutOfMemoryError: heap out of memory');
    assert.equal(memoryExhaustion.look(findings({ statements: [told] }), context).explanations[0]?.evidenceClass, 'mechanism');
    const [pool] = connectionPool.look(findings({ statements: [statement('FATAL: too many connections')] }), context).explanations;
    assert.deepEqual(pool?.evidenceFor, ['E60']);
  });

  it('believes an event of the platform more than a program', () => {
    const said = (source: 'event' | 'log') =>
      memoryExhaustion.look(findings({ statements: [statement('Container was OOMKilled', { source })] }), context).explanations[0]
        ?.strength;
    assert.ok((said('event') ?? 0) > (said('log') ?? 1));
  });

  it('rules the resource out with the level that it saw', () => {
    const { explanations, check, ruledOut } = cpuSaturation.look(findings({ metrics: [cpu(40, 1)] }), context);
    assert.deepEqual(explanations, []);
    assert.equal(check.isInteresting, false);
    assert.match(ruledOut[0]?.reason ?? '', /container\.cpu\.usage \(40 %\) is not near a limit/);
    assert.deepEqual(ruledOut[0]?.evidence, ['E20']);
  });

  it('does not rule a resource out with metrics that say nothing of it', () => {
    const others = ['trace.http.request', 'trace.http.request.hits', 'kubernetes.containers.restarts', 'db.pool.usage'];
    const { check, ruledOut } = cpuSaturation.look(findings({ metrics: others.map((name) => metric(name, { score: 0 })) }), context);
    assert.deepEqual(check.unchecked, ['CPU metrics of shop: none were found']);
    assert.deepEqual(ruledOut, []);
  });

  it('speaks of no limit where only an amount is known', () => {
    const used = gauge('process.memory.rss', { resource: 'memory', unit: 'byte', last: 3e9 });
    assert.match(memoryExhaustion.look(findings({ gauges: [used] }), context).ruledOut[0]?.reason ?? '', / GB\) is as usual\.$/);
  });

  it('says what it could not check, and then rules nothing out', () => {
    const { check, ruledOut } = memoryExhaustion.look(findings(), context);
    assert.deepEqual(check.unchecked, ['memory metrics of shop: none were found']);
    assert.deepEqual(ruledOut, []);
  });

  it('counts less in a service that the alerting one does not call', () => {
    const [near, far] = [saturated(cpu(97, 6, 'stock')), saturated(cpu(97, 6, 'web'))];
    assert.ok((far[0]?.strength ?? 1) < (near[0]?.strength ?? 0));
  });

  it('needs no quiet hour where a gauge shows that the level was reached', () => {
    const full = gauge('aws.rds.cpuutilization', { resource: 'cpu', unit: 'percent', state: 'full', first: 20, last: 94 });
    const [found] = cpuSaturation.look(findings({ gauges: [full] }), context).explanations;
    assert.match(found?.strengthReason ?? '', /went from 20 % to 94 %/);
    assert.ok((found?.strength ?? 0) > 0.8);
  });

  it('says that a level is as before rather than that it went nowhere', () => {
    const full = gauge('aws.rds.cpuutilization', { resource: 'cpu', unit: 'percent', state: 'full', first: 94.1, last: 94.2 });
    const [found] = cpuSaturation.look(findings({ gauges: [full] }), context).explanations;
    assert.match(found?.strengthReason ?? '', /is at 94 %, as before/);
  });

  it('takes an event for settled whose own numbers leave room', () => {
    const said = (text: string) =>
      connectionPool.look(findings({ statements: [statement(text, { source: 'event' })] }), context).explanations.length;
    assert.equal(said('approaching max_connections limit: 310 of 500 connections'), 0);
    assert.equal(said('approaching max_connections limit: 490 of 500 connections'), 1);
  });

  it('does not hear what was said hours before', () => {
    const old = statement('Container was OOMKilled', { source: 'event', atMs: 0, lastMs: 0 });
    assert.deepEqual(memoryExhaustion.look(findings({ statements: [old], changes: [change('other', 300)] }), context).explanations, []);
  });
});
