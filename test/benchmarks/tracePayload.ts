import { Packr } from 'msgpackr';

/** A v0.4 payload whose ids can be made new in place, so that each sending is another set of traces. */
export interface TracePayload {
  readonly body: Buffer;
  readonly spans: number;
  /** Gives every trace and span a new id and the present time. */
  renew(): void;
}

const packr = new Packr({ useRecords: false, int64AsType: 'string' } as ConstructorParameters<typeof Packr>[0]);

/** Ids are 64-bit numbers with these upper bits until they are renewed: that is how they are found in the bytes. */
const ID_MARK = 0x5ea1ed00_00000000n;
const START_MARK = 0x5ea1ed01_00000000n;

const RESOURCES = ['GET /api/cart/:id', 'POST /api/checkout', 'GET /api/products', 'GET /api/products/:id', 'GET /health'];

/** `traces` traces of eight spans each, shaped like those of an express service: one request, five layers, a query, an outbound call. */
export function createTracePayload(traces: number, seed: number): TracePayload {
  let nextId = 1n;
  const chunks = Array.from({ length: traces }, (_, at) => {
    const ids = Array.from({ length: 8 }, () => ID_MARK + nextId++);
    return ids.map((id, layer) => spanOf({ id, root: ids[0] ?? id, layer, at: at + seed }));
  });
  const body = Buffer.from(packr.pack(chunks));
  const marks = findMarks(body);
  return {
    body,
    spans: traces * 8,
    renew() {
      const high = BigInt(Math.floor(Math.random() * 0x7fffffff)) << 32n;
      const startNs = BigInt(Date.now()) * 1_000_000n;
      for (const { offset, low, isStart } of marks) body.writeBigUInt64BE(isStart ? startNs : high + low, offset);
    },
  };
}

function findMarks(body: Buffer): { offset: number; low: bigint; isStart: boolean }[] {
  const marks: { offset: number; low: bigint; isStart: boolean }[] = [];
  for (let offset = 0; offset + 9 <= body.length; offset += 1) {
    const high = body.readUInt32BE(offset + 1);
    if (high !== 0x5ea1ed00 && high !== 0x5ea1ed01) continue;
    // The encoder writes signed numbers, tracers write unsigned ones.
    body[offset] = 0xcf;
    marks.push({ offset: offset + 1, low: BigInt(body.readUInt32BE(offset + 5)), isStart: high === 0x5ea1ed01 });
  }
  return marks;
}

function spanOf({ id, root, layer, at }: { id: bigint; root: bigint; layer: number; at: number }): object {
  const isRoot = layer === 0;
  const isError = at % 50 === 0 && (isRoot || layer === 4);
  const base = { service: 'checkout', env: 'bench', version: `1.2.${at % 3}`, component: 'express', '_dd.integration': 'express' };
  return {
    ...(isRoot ? { type: 'web' } : {}),
    trace_id: root,
    span_id: id,
    parent_id: isRoot ? 0 : root,
    name: isRoot ? 'express.request' : layer === 6 ? 'pg.query' : layer === 7 ? 'http.request' : 'express.middleware',
    resource: isRoot ? RESOURCES[at % RESOURCES.length] : layer === 6 ? 'SELECT * FROM carts WHERE id = $1' : `layer${layer}`,
    service: layer === 6 ? 'checkout-postgres' : 'checkout',
    error: isError ? 1 : 0,
    start: START_MARK,
    duration: 1_000_000 + ((at * 7919) % 97) * 130_000,
    meta: {
      ...base,
      language: 'javascript',
      'runtime-id': '4b66ad21-53aa-4079-bc6e-1e0fe06e2c3f',
      ...(isRoot ? rootMeta(at) : {}),
      ...(isError ? ERROR : {}),
    },
    metrics: {
      process_id: 4711,
      _sampling_priority_v1: 1,
      ...(isRoot ? { '_dd.top_level': 1, '_dd.agent_psr': 1 } : {}),
      ...(layer >= 6 || isRoot ? { '_dd.measured': 1 } : {}),
    },
  };
}

function rootMeta(at: number): Record<string, string> {
  return {
    '_dd.p.tid': '6b00f8c000000000',
    '_dd.p.dm': '-1',
    '_dd.git.commit.sha': '81edddfc394208ddeb18266f43f0ee538a6f0122',
    '_dd.git.repository_url': 'https://github.com/acme/checkout.git',
    'span.kind': 'server',
    'http.url': `http://127.0.0.1:3999/api/cart/${at}`,
    'http.method': 'GET',
    'http.route': '/api/cart/:id',
    'http.status_code': at % 50 === 0 ? '500' : '200',
    'http.useragent': 'curl/8.5.0',
    '_dd.code_origin.type': 'entry',
    '_dd.code_origin.frames.0.file': '/srv/checkout/src/server.js',
    '_dd.code_origin.frames.0.line': '13',
    '_dd.code_origin.frames.0.column': '8',
  };
}

const ERROR = {
  'error.type': 'TypeError',
  'error.message': "Cannot read properties of undefined (reading 'price')",
  'error.stack': Array.from({ length: 10 }, (_, n) => `    at frame${n} (/srv/checkout/src/module${n}.js:${n + 10}:7)`).join('\n'),
};
