import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Span } from '../../src/domain/span';
import { createFixedClock } from '../../src/sandbox/clock';
import { type Sandbox, startSandbox } from '../../src/sandbox/server';

/** What the real tracer sent, as recorded: one request or datagram a line. */
interface CapturedMessage {
  readonly transport: 'http' | 'udp';
  readonly method?: string;
  readonly path?: string;
  readonly headers?: Record<string, string>;
  readonly bodyBase64?: string;
  readonly text?: string;
}

/** A span as the capture's decoder printed it; 64-bit numbers are text. */
interface CapturedSpan {
  readonly trace_id: string;
  readonly span_id: string;
  readonly parent_id: string;
  readonly service: string;
  readonly name: string;
  readonly resource: string;
  readonly type?: string;
  readonly error: number;
  readonly start: string;
  readonly duration: number;
  readonly meta: Record<string, string>;
  readonly metrics: Record<string, number>;
}

const ALWAYS = { fromMs: 0, toMs: Number.MAX_SAFE_INTEGER };
const LATER_THAN_THE_CAPTURE_MS = Date.parse('2030-01-01T00:00:00Z');
const dataDir = process.env.AIDOG_DATA;

async function replay(sandbox: Sandbox, file: string): Promise<number[]> {
  const lines = (await readFile(file, 'utf8')).trim().split('\n');
  const statuses: number[] = [];
  for (const line of lines) {
    const message = JSON.parse(line) as CapturedMessage;
    if (message.transport !== 'http') continue;
    const body = Buffer.from(message.bodyBase64 ?? '', 'base64');
    const response = await fetch(`${sandbox.url}${message.path}`, { method: message.method, headers: message.headers, body });
    await response.arrayBuffer();
    statuses.push(response.status);
  }
  return statuses;
}

async function replayed(name: string): Promise<{ sandbox: Sandbox; statuses: number[]; folder: string }> {
  const folder = join(dataDir ?? '', 'datadog-cassettes', 'dd-trace-capture');
  const sandbox = await startSandbox({ clock: createFixedClock(LATER_THAN_THE_CAPTURE_MS), retention: { maxAgeMs: 1e13 } });
  return { sandbox, statuses: await replay(sandbox, join(folder, name)), folder };
}

function assertSameSpan(span: Span, captured: CapturedSpan): void {
  assert.equal(BigInt(`0x${span.traceId.slice(16)}`).toString(), captured.trace_id);
  assert.equal(span.parentId ?? '0', captured.parent_id);
  assert.equal(span.service, captured.service);
  assert.equal(span.name, captured.name);
  assert.equal(span.resource, captured.resource);
  assert.equal(span.type, captured.type ?? '');
  assert.equal(span.isError, captured.error === 1);
  assert.ok(Math.abs(span.startMs - Number(BigInt(captured.start) / 1000n) / 1000) < 0.002);
  assert.equal(span.durationMs, captured.duration / 1e6);
  for (const [key, value] of Object.entries(captured.meta)) assert.equal(span.meta[key], value, key);
  for (const [key, value] of Object.entries(captured.metrics)) assert.equal(span.metrics[key], value, key);
}

if (dataDir === undefined) {
  describe('captured tracer traffic', () => {
    it('is not replayed, because AIDOG_DATA does not say where the captures are', () => {
      console.log('      AIDOG_DATA is not set: no captured tracer traffic was replayed.');
      assert.equal(process.env.AIDOG_DATA, undefined);
    });
  });
} else {
  describe('captured tracer traffic', () => {
    it('of protocol v0.4 becomes the spans that were decoded from it', async () => {
      const { sandbox, statuses, folder } = await replayed('dd-trace-5.132.0-v0.4.jsonl');
      try {
        assert.ok(statuses.every((status) => status === 200 || status === 202));
        const spans = new Map([...sandbox.store.spans(ALWAYS)].map((span) => [span.spanId, span]));
        const decoded = JSON.parse(await readFile(join(folder, 'dd-trace-5.132.0-v0.4.decoded.json'), 'utf8')) as {
          traces: CapturedSpan[][];
        }[];
        const captured = decoded.flatMap(({ traces }) => traces.flat());
        assert.equal(spans.size, captured.length);
        for (const expected of captured) assertSameSpan(spans.get(expected.span_id)!, expected);
      } finally {
        await sandbox.close();
      }
    });

    it('puts the commit and the whole trace id on every span, so that logs find their spans', async () => {
      const { sandbox } = await replayed('dd-trace-5.132.0-v0.4.jsonl');
      try {
        const spans = [...sandbox.store.spans(ALWAYS)];
        assert.deepEqual([...new Set(spans.map(({ meta }) => meta['git.commit.sha']))], ['81edddfc394208ddeb18266f43f0ee538a6f0122']);
        const logs = [...sandbox.store.logs(ALWAYS)];
        assert.ok(logs.length >= 5);
        for (const { attributes } of logs) {
          const { trace_id, span_id } = attributes.dd as { trace_id: string; span_id: string };
          assert.ok(spans.some(({ traceId, spanId }) => traceId === trace_id && spanId === span_id));
        }
      } finally {
        await sandbox.close();
      }
    });

    it('gives logs their service, level, environment and error', async () => {
      const { sandbox } = await replayed('dd-trace-5.132.0-v0.4.jsonl');
      try {
        const failed = [...sandbox.store.logs(ALWAYS)].find(({ status }) => status === 'error');
        assert.equal(failed?.service, 'checkout');
        assert.equal(failed?.message, 'quote failed');
        assert.ok(failed?.tags.includes('env:demo') && failed.tags.includes('source:winston'));
        assert.equal((failed!.attributes.error as { kind: string }).kind, 'PricingError');
      } finally {
        await sandbox.close();
      }
    });

    it('of protocol v0.5 becomes spans of the same kinds as v0.4', async () => {
      const v04 = await replayed('dd-trace-5.132.0-v0.4.jsonl');
      const v05 = await replayed('dd-trace-5.132.0-v0.5.jsonl');
      try {
        const kinds = ({ store }: Sandbox) =>
          new Set([...store.spans(ALWAYS)].map(({ service, name, type }) => `${service} ${name} ${type}`));
        assert.deepEqual([...kinds(v05.sandbox)].sort(), [...kinds(v04.sandbox)].sort());
        const failed = [...v05.sandbox.store.spans(ALWAYS)].find(({ isError, name }) => isError && name === 'express.request');
        assert.match(failed?.meta['error.stack'] ?? '', /\n\s+at /);
        assert.match(failed?.traceId ?? '', /^6b00f8d[0-9a-f]{25}$/);
      } finally {
        await v04.sandbox.close();
        await v05.sandbox.close();
      }
    });

    it('brings the runtime metrics and trace metrics along', async () => {
      const { sandbox } = await replayed('dd-trace-5.132.0-v0.4.jsonl');
      try {
        const names = sandbox.store.metricNames(0);
        for (const name of ['runtime.node.mem.heap_total', 'checkout.requests', 'trace.express.request.hits', 'trace.express.request']) {
          assert.ok(names.includes(name), name);
        }
      } finally {
        await sandbox.close();
      }
    });
  });
}
