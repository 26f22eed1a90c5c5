import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Span } from '../../src/domain/span';
import { sameTrace } from '../../src/domain/span';
import { type Sandbox, startSandbox } from '../../src/sandbox/server';

const FIXTURE = join(__dirname, '..', 'fixtures', 'tracedApp.cjs');
const SHA = '0123456789abcdef0123456789abcdef01234567';
const ALWAYS = { fromMs: 0, toMs: Number.MAX_SAFE_INTEGER };

/** Asks again until the answer is there; what the tracer sends arrives a little later. */
async function eventually<T>(what: string, ask: () => T | undefined | false): Promise<T> {
  for (let attempt = 0; attempt < 150; attempt += 1) {
    const answer = ask();
    if (answer !== undefined && answer !== false) return answer;
    await sleep(100);
  }
  throw new Error(`${what} did not arrive`);
}

describe('an express service under the real tracer', () => {
  let sandbox: Sandbox;
  let app: ChildProcess;
  let base: string;

  const spans = (): Span[] => [...sandbox.store.spans(ALWAYS)];
  const requestSpan = (resource: string) => spans().find((span) => span.name === 'express.request' && span.resource === resource);

  before(async function () {
    this.timeout(60_000);
    sandbox = await startSandbox();
    const env = {
      ...process.env,
      DD_TRACE_AGENT_URL: sandbox.url,
      DD_SERVICE: 'orders',
      DD_ENV: 'contract',
      DD_VERSION: '3.2.1',
      DD_GIT_COMMIT_SHA: SHA,
      DD_GIT_REPOSITORY_URL: 'https://git.example.com/shop/orders.git',
      DD_RUNTIME_METRICS_ENABLED: 'true',
      DD_INSTRUMENTATION_TELEMETRY_ENABLED: 'false',
      DD_CODE_ORIGIN_FOR_SPANS_EXPERIMENTAL_EXIT_SPANS_ENABLED: 'true',
      NODE_OPTIONS: '',
    };
    app = spawn(process.execPath, [FIXTURE], { env, stdio: ['pipe', 'pipe', 'ignore'] });
    const [port] = (await once(app.stdout!, 'data')) as [Buffer];
    base = `http://127.0.0.1:${port.toString().trim()}`;
    for (const path of ['/orders/1', '/broken', '/calls']) await (await fetch(`${base}${path}`)).arrayBuffer();
    await eventually('the last request', () => requestSpan('GET /calls') !== undefined && requestSpan('GET /broken'));
  });

  after(async () => {
    const ended = once(app, 'exit');
    app.stdin?.end();
    await ended;
    await sandbox.close();
  });

  it('has its requests as spans with service, environment, version and route', () => {
    const span = requestSpan('GET /orders/:id');
    assert.equal(span?.service, 'orders');
    assert.equal(span?.meta.env, 'contract');
    assert.equal(span?.meta.version, '3.2.1');
    assert.equal(span?.meta['http.status_code'], '200');
    assert.match(span?.traceId ?? '', /^[0-9a-f]{32}$/);
  });

  it('names the commit on every span', () => {
    assert.ok(spans().length > 5);
    for (const { meta } of spans()) assert.equal(meta['git.commit.sha'], SHA);
  });

  it('says where the handler was registered', () => {
    const meta = requestSpan('GET /orders/:id')?.meta ?? {};
    assert.equal(meta['_dd.code_origin.type'], 'entry');
    assert.equal(meta['_dd.code_origin.frames.0.file'], FIXTURE);
    assert.equal(meta['_dd.code_origin.frames.0.line'], '8');
  });

  it('groups the failure into an issue that names the throwing line’s file', () => {
    const failed = requestSpan('GET /broken');
    const [issue] = [...sandbox.store.issues(ALWAYS)];
    assert.match(failed?.meta['error.stack'] ?? '', /tracedApp\.cjs:14:\d+/);
    assert.equal(issue?.id, failed?.meta['issue.id']);
    assert.equal(issue?.type, 'TypeError');
    assert.equal(issue?.file, FIXTURE);
    assert.equal(issue?.count, 1);
    assert.equal(issue?.firstSeenVersion, '3.2.1');
  });

  it('keeps a call from a request to another in one trace', () => {
    const caller = requestSpan('GET /calls');
    const called = spans().find(
      (span) => span.name === 'express.request' && sameTrace(span.traceId, caller?.traceId ?? '') && span !== caller,
    );
    assert.equal(called?.resource, 'GET /orders/:id');
    assert.ok(sandbox.store.trace(caller?.traceId ?? '').length > 2);
  });

  it('yields trace metrics', () => {
    const errors = sandbox.store.metricSources('trace.express.request.errors').flatMap((source) => source.rollup(ALWAYS, 86_400, 'sum'));
    assert.equal(
      errors.reduce((sum, [, value]) => sum + value, 0),
      1,
    );
  });

  it('sends its own counters and the runtime’s metrics over DogStatsD', async function () {
    this.timeout(40_000);
    await eventually('the runtime metrics', () => sandbox.store.metricNames(0).includes('runtime.node.mem.heap_used'));
    const [seen] = sandbox.store.metricSources('orders.seen');
    assert.deepEqual(seen?.tags.includes('route:orders'), true);
    const counted = seen?.rollup(ALWAYS, 86_400, 'sum').reduce((sum, [, value]) => sum + value, 0);
    assert.equal(counted, 4);
  });
});
