import type { Span } from '../../src/domain/span';
import { analyzeTraces } from '../../src/signals/traces/analyzeTraces';
import type { Measurement } from './measurement';
import { createRandom } from './traces/random';

const SPANS = 100_000;
const RUNS = 3;

/** How fast one trace of 100,000 spans is analysed, against finding only the self times by looking for each span's children and its depth. */
export function measureTraces(): Measurement[] {
  const spans = largeTrace();
  const value = perSec(() => analyzeTraces(spans));
  const baseline = perSec(() => naiveWalk(spans));
  return [
    {
      name: 'analysis of a trace of 100,000 spans',
      value,
      unit: 'spans/s',
      baseline: { name: 'a walk up from every span', value: baseline },
    },
  ];
}

function perSec(work: () => unknown): number {
  const times = Array.from({ length: RUNS }, () => {
    const startMs = performance.now();
    work();
    return performance.now() - startMs;
  });
  return (SPANS / Math.min(...times)) * 1000;
}

/** A tree with long chains and wide fans. */
function largeTrace(): readonly Span[] {
  const random = createRandom(1);
  const spans: Span[] = [];
  for (let at = 0; at < SPANS; at++) {
    const parent = at === 0 ? null : (spans[random.chance(0.7) ? at - 1 : random.whole(0, at - 1)] as Span);
    const startMs = parent === null ? 0 : parent.startMs + parent.durationMs * random.between(0, 0.001);
    const durationMs = parent === null ? 1e9 : parent.durationMs * random.between(0.9, 0.999);
    spans.push({
      traceId: 't',
      spanId: String(at),
      parentId: parent?.spanId ?? null,
      service: `service-${at % 50}`,
      name: 'http.request',
      resource: `GET /things/${at % 1000}`,
      type: 'web',
      startMs,
      durationMs,
      isError: at % 997 === 0,
      meta: { 'span.kind': at % 2 === 0 ? 'server' : 'client', host: `host-${at % 100}` },
      metrics: {},
    });
  }
  return spans;
}

/** What a plain reading does: from every span up to the root, adding to each caller what runs below it. */
function naiveWalk(spans: readonly Span[]): ReadonlyMap<string, number> {
  const byId = new Map(spans.map((span) => [span.spanId, span]));
  const below = new Map<string, number>();
  for (const span of spans)
    for (let at = span.parentId; at !== null; at = byId.get(at)?.parentId ?? null)
      below.set(at, Math.max(below.get(at) ?? 0, span.durationMs));
  return below;
}
