import type { Recording } from '../../../src/recording/recording';

export const NOW_MS = Date.parse('2026-06-20T14:04:00Z');

/** One of everything. */
export function sampleRecording(over: Partial<Recording> = {}): Recording {
  return {
    id: 'sample',
    nowMs: NOW_MS,
    startMs: NOW_MS - 3_600_000,
    endMs: NOW_MS,
    alert: {
      title: 'Checkout is slow',
      service: 'checkout',
      metric: 'service.latency',
      threshold: 0.5,
      observed: 9.8,
      severity: 'critical',
      firedAtMs: NOW_MS - 600_000,
      monitorId: 7,
      summary: 'p99 above 0.5 s',
    },
    alertDetails: { labels: { engine: 'postgres' } },
    services: ['checkout', 'stock'],
    monitors: [
      { id: 7, name: 'Checkout latency', type: 'metric alert', query: 'avg(last_5m):avg:x{*} > 1', overall_state: 'Alert', custom: 1 },
    ],
    series: [
      {
        metric: 'service.latency',
        tags: ['service:checkout', 'statistic:p95'],
        unit: 'second',
        intervalSec: 60,
        points: [
          [NOW_MS / 1000 - 120, 0.25],
          [NOW_MS / 1000 - 60, null],
          [NOW_MS / 1000, 9.5],
        ],
        type: null,
      },
    ],
    logs: [
      {
        timestampMs: NOW_MS - 30_000,
        service: 'checkout',
        status: 'error',
        host: 'web-1',
        message: 'quote <b>failed</b>',
        attributes: { error: { kind: 'TypeError', message: 'no price', stack: 'E\n    at f (/a.js:1:2)' } },
        tags: ['env:prod'],
      },
    ],
    spans: [
      {
        traceId: '00a775cceb45df46f004be9da933646c',
        spanId: 'a1',
        parentId: null,
        service: 'checkout',
        name: 'web.request',
        resource: 'POST /checkout',
        type: 'web',
        startMs: NOW_MS - 30_000.125,
        durationMs: 5010.5,
        isError: true,
        meta: { version: '2', 'error.type': 'TypeError', 'error.message': 'no price' },
        metrics: {},
      },
      {
        traceId: '00a775cceb45df46f004be9da933646c',
        spanId: 'b1',
        parentId: 'a1',
        service: 'stock',
        name: 'Reserve',
        resource: 'Reserve',
        type: 'custom',
        startMs: NOW_MS - 30_000,
        durationMs: 5000,
        isError: false,
        meta: {},
        metrics: { rows: 3 },
      },
    ],
    changes: [
      {
        timestampMs: NOW_MS - 900_000,
        kind: 'deployment',
        service: 'checkout',
        title: 'Deployed checkout 2',
        text: '',
        author: 'ann',
        version: '2',
        commit: 'c7d2e9a3f1b04658e8a72c0d9b5e34176af2c801',
        attributes: { env: 'prod' },
      },
    ],
    commits: [
      {
        sha: 'c7d2e9a3f1b04658e8a72c0d9b5e34176af2c801',
        repository: 'shop',
        author: 'ann',
        timestampMs: NOW_MS - 1_200_000,
        message: 'feat: price rules',
        files: ['src/price.js'],
        diff: '@@ -1 +1 @@\n-a\n+b',
      },
      {
        sha: '9c384d8d9c4e85ffe80605a2ab61e487f633cef5',
        repository: 'shop',
        author: 'bob',
        timestampMs: NOW_MS - 3_000_000,
        message: 'chore: tidy',
        files: [],
        diff: '',
      },
    ],
    dependencies: { checkout: ['stock'] },
    problems: [],
    ...over,
  };
}
