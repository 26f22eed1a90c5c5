import type { Span } from '../../../src/domain/span';
import type { Random } from './random';

/** What tracing does to the spans of a request before they are read. */
export interface Distortion {
  readonly name: string;
  /** Hosts' clocks are wrong by up to this many milliseconds. */
  readonly skewMs: number;
  readonly hasHostTags: boolean;
  /** Share of the spans below the root that are lost, and of the traces whose root is. */
  readonly lost: number;
  readonly rootLost: number;
  /** Share of the spans that come twice, and of the traces with a span that is its own parent or ancestor. */
  readonly twice: number;
  readonly loops: number;
}

export const INTACT: Distortion = { name: 'intact', skewMs: 0, hasHostTags: true, lost: 0, rootLost: 0, twice: 0, loops: 0 };

/** By how much the clock of each host is wrong; the same in all traces. */
export type Clocks = (host: string) => number;

export function drawClocks({ skewMs }: Distortion, random: Random): Clocks {
  const offsets = new Map<string, number>();
  return (host) => {
    const known = offsets.get(host) ?? (skewMs === 0 || random.chance(0.3) ? 0 : random.between(-skewMs, skewMs));
    offsets.set(host, known);
    return known;
  };
}

/** Takes spans callers first, as they truly ran. */
export function distorted(
  spans: readonly Span[],
  { hasHostTags, lost, rootLost, twice, loops }: Distortion,
  offsetOf: Clocks,
  random: Random,
): Span[] {
  const kept = spans.filter((_, at) => !random.chance(at === 0 ? rootLost : lost));
  const looped = random.chance(loops) ? random.pick(kept.length === 0 ? spans : kept).spanId : null;
  const seen = kept.map((span): Span => {
    const { host = '', ...meta } = span.meta;
    return {
      ...span,
      parentId: span.spanId === looped && span.parentId !== null ? span.spanId : span.parentId,
      startMs: span.startMs + offsetOf(host),
      meta: hasHostTags ? span.meta : meta,
    };
  });
  const repeated = seen.flatMap((span) => (random.chance(twice) ? [span, span] : [span]));
  return shuffled(repeated, random);
}

function shuffled<T>(items: readonly T[], random: Random): T[] {
  const result = [...items];
  for (let at = result.length - 1; at > 0; at--) {
    const other = random.whole(0, at);
    [result[at], result[other]] = [result[other] as T, result[at] as T];
  }
  return result;
}
