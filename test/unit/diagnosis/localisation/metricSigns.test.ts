import assert from 'node:assert/strict';
import { metricSigns } from '../../../../src/diagnosis/localisation/metricSigns';
import { findings, metric } from '../../../fakes/findings';
import { series } from '../../../fakes/spans';

const signsOf = (...all: Parameters<typeof findings>) => metricSigns(findings(...all));
const percent = (name: string) => series([], { metric: name, unit: 'percent' });

describe('metricSigns', () => {
  it('reads a kind from what the metric measures, and says what it saw', () => {
    const metrics = [
      metric('container.cpu.usage', { service: 'stock', series: percent('container.cpu.usage'), before: 5, during: 86 }),
      metric('service.latency', { service: 'db' }),
    ];
    const signs = signsOf({ metrics });
    assert.deepEqual(
      signs.map(({ service, kind }) => [service, kind]),
      [
        ['stock', 'saturation'],
        ['db', 'latency'],
      ],
    );
    assert.equal(signs[0]?.reason, 'container.cpu.usage rose from 5 % to 86 %');
    assert.equal(signs[0]?.evidence, 'E20');
  });

  it('is silent about improvements and about metrics of no service', () => {
    assert.deepEqual(signsOf({ metrics: [metric('cpu', { isHarmful: false }), metric('cpu', { service: null })] }), []);
  });

  it('counts correlation for less the fewer points it rests on', () => {
    const [many, few] = [60, 6].map((pairs) =>
      signsOf({ symptom: 'latency', metrics: [metric('queue.latency', { service: 'db', isHarmful: false, correlation: 0.9, pairs })] }),
    );
    assert.ok((many?.[0]?.score ?? 0) > 1.3 * (few?.[0]?.score ?? 1));
    assert.equal(many?.[0]?.kind, 'correlation');
  });

  it('wants a metric to get worse when the alert does', () => {
    const availability = (correlation: number) =>
      signsOf({
        symptom: 'latency',
        metrics: [metric('service.availability', { service: 'db', isHarmful: false, correlation })],
      });
    assert.equal(availability(0.95).length, 0);
    assert.equal(availability(-0.95)[0]?.kind, 'correlation');
  });

  it('does not take the alert itself, nor load that moves with it, for a cause', () => {
    const metrics = [
      metric('service.latency', { service: 'shop', isHarmful: false, correlation: 1 }),
      metric('service.requests', { service: 'db', isHarmful: false, correlation: 1 }),
    ];
    assert.deepEqual(
      signsOf({ symptom: 'latency', metrics }).map(({ kind }) => kind),
      ['load'],
    );
  });

  it('believes little in calls that the client gave up', () => {
    const [given, failed] = ['rpc.cancelled_rate', 'rpc.error_rate'].map((name) => signsOf({ metrics: [metric(name, { service: 'db' })] }));
    assert.ok((given?.[0]?.score ?? 1) < (failed?.[0]?.score ?? 0) / 2);
  });

  it('wants a resource to move by points, not only in step', () => {
    const memory = (during: number) =>
      signsOf({
        symptom: 'latency',
        metrics: [metric('memory', { service: 'db', series: percent('memory'), before: 27, during, correlation: 0.95, isHarmful: false })],
      });
    assert.deepEqual(memory(27.2), []);
    assert.equal(memory(60)[0]?.kind, 'correlation');
  });

  it('takes a process that ended for that process, not for a symptom', () => {
    const [sign] = signsOf({ metrics: [metric('kubernetes.containers.restarts', { service: 'db', correlation: 0 })] });
    assert.equal(sign?.kind, 'restarts');
  });

  it('takes what alerts for a symptom of every service that has it, whatever it is called', () => {
    const odd = (service: string, direction: 'up' | 'down', correlation: number) =>
      metric('biz.sad_faces', { service, direction, correlation, series: series([], { metric: 'biz.sad_faces', unit: null }) });
    const kindsOf = (correlation: number) =>
      signsOf({ symptom: 'unknown', metrics: [odd('shop', 'up', correlation), odd('db', 'up', 0.9), odd('mail', 'down', -0.9)] }).map(
        ({ service, kind }) => `${service} ${kind}`,
      );
    assert.deepEqual(kindsOf(1), ['shop failure_rate', 'db failure_rate', 'db correlation']);
    assert.ok(kindsOf(0.5).includes('db change'));
  });
});
