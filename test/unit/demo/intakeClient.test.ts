import assert from 'node:assert/strict';
import { movedTrace } from '../../../src/demo/capturedTrace';
import { deploymentBody } from '../../../src/demo/deployment';
import { createIntakeClient, type IntakeClient } from '../../../src/demo/intakeClient';
import { createNewId, createRandom } from '../../../src/demo/random';
import { shopMonitors } from '../../../src/demo/shopMonitors';
import type { Span } from '../../../src/domain/span';
import { apiRoutes } from '../../../src/sandbox/api/apiRoutes';
import { type Sandbox, startSandbox } from '../../../src/sandbox/server';

const keys = { apiKey: 'api', appKey: 'app' };
const everything = { fromMs: 0, toMs: Number.MAX_SAFE_INTEGER };

const root: Span = {
  traceId: '6afdbb060000000030d3a3dc01fd5409',
  spanId: '9007199254740993123',
  parentId: null,
  service: 'storefront',
  name: 'express.request',
  resource: 'GET /',
  type: 'web',
  startMs: 1000,
  durationMs: 12.5,
  isError: true,
  meta: { env: 'demo', version: '1.14.0', 'git.commit.sha': 'a'.repeat(40), 'error.type': 'Error', 'error.message': 'no' },
  metrics: { '_dd.top_level': 1 },
};

describe('what the demo sends', () => {
  let sandbox: Sandbox;
  let intake: IntakeClient;

  beforeEach(async () => {
    sandbox = await startSandbox({ routes: apiRoutes, ...keys });
    intake = createIntakeClient({ url: sandbox.url, ...keys });
  });
  afterEach(() => sandbox.close());

  it('arrives as the spans that were sent, ids and sub-millisecond times exact', async () => {
    const startMs = Date.now() - 60_000.5;
    const logs = [
      {
        timestampMs: 1001,
        service: 'storefront',
        status: 'error' as const,
        host: 'storefront-0',
        message: 'GET / failed',
        attributes: { dd: { trace_id: root.traceId, span_id: root.spanId }, error: { kind: 'Error' } },
        tags: ['env:demo'],
      },
    ];
    const child = { ...root, spanId: '77', parentId: root.spanId, service: 'catalog', startMs: 1002.25 };
    const sent = movedTrace({ root, spans: [root, child], logs }, startMs, createNewId(createRandom(2)), 0.5);
    await intake.sendTraces([sent]);
    const stored = [...sandbox.store.spans(everything)];
    assert.deepEqual(
      stored.map(({ traceId, spanId, parentId, service, isError }) => ({ traceId, spanId, parentId, service, isError })),
      sent.spans.map(({ traceId, spanId, parentId, service, isError }) => ({ traceId, spanId, parentId, service, isError })),
    );
    for (const [index, { startMs: at, durationMs, metrics, meta }] of stored.entries()) {
      assert.ok(Math.abs(at - (sent.spans[index]?.startMs ?? 0)) < 0.001);
      assert.equal(durationMs, 12.5);
      assert.equal(metrics._sample_rate, 0.5);
      assert.equal(meta['git.commit.sha'], 'a'.repeat(40));
    }
    const [log] = sandbox.store.logs(everything);
    assert.equal(log?.message, 'GET / failed');
    assert.equal(log?.status, 'error');
    assert.deepEqual(log?.attributes.dd, { trace_id: sent.root.traceId, span_id: sent.root.spanId });
    assert.ok(log?.tags.includes('env:demo'));
  });

  it('ships log lines as a collector does', async () => {
    const line = JSON.stringify({ timestamp: new Date(Date.now() - 5000).toISOString(), status: 'warn', message: 'slow', duration_ms: 9 });
    await intake.sendLogLines('catalog', 'catalog-0', [line, line]);
    const logs = [...sandbox.store.logs(everything)];
    assert.equal(logs.length, 2);
    assert.deepEqual([logs[0]?.service, logs[0]?.host, logs[0]?.status, logs[0]?.message], ['catalog', 'catalog-0', 'warn', 'slow']);
  });

  it('reports a deployment with its commit, version and author', async () => {
    const finishedMs = Math.floor(Date.now() - 60_000);
    const commit = 'c'.repeat(40);
    const repositoryUrl = 'https://git.kiln.example/kiln/shop.git';
    const deployment = {
      service: 'checkout',
      version: '1.15.0',
      commit,
      repositoryUrl,
      author: 'Priya Nair',
      env: 'demo',
      startedMs: finishedMs - 900,
      finishedMs,
    };
    await intake.sendDeployment(deployment);
    const [event] = sandbox.store.events(everything);
    assert.equal(event?.source, 'deployment');
    assert.equal(Math.round(event?.change.timestampMs ?? 0), finishedMs);
    const { service, version, author, kind } = event?.change ?? {};
    assert.deepEqual(
      { service, version, author, kind, commit: event?.change.commit },
      { service: 'checkout', version: '1.15.0', author: 'Priya Nair', kind: 'deployment', commit },
    );
    const { started_at, finished_at, git } = (deploymentBody(deployment) as { data: { attributes: Record<string, unknown> } }).data
      .attributes;
    assert.deepEqual([started_at, finished_at], [(finishedMs - 900) * 1e6, finishedMs * 1e6]);
    assert.deepEqual(git, { commit_sha: commit, repository_url: repositoryUrl });
  });

  it('creates monitors that the API takes and evaluates', async () => {
    for (const monitor of shopMonitors({ env: 'demo', errorRate: 0.1, catalogP95Sec: 0.03 })) {
      const id = await intake.createMonitor(monitor);
      assert.equal(sandbox.store.monitor(id)?.body.query, monitor.query);
      assert.equal(typeof (await intake.monitorState(id)), 'string');
      assert.ok(monitor.query.endsWith(`> ${monitor.options.thresholds.critical}`), 'query and threshold agree');
    }
  });

  it('says what was refused, and why', async () => {
    const stranger = createIntakeClient({ url: sandbox.url, apiKey: 'wrong', appKey: 'wrong' });
    await assert.rejects(stranger.sendLogLines('catalog', 'h', ['{}']), /POST \/api\/v2\/logs.* answered 403/);
    await assert.rejects(intake.createMonitor({ name: 'x', type: 'query alert', query: 'nonsense' }), /answered 400/);
  });
});
