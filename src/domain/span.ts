/** One unit of work in a distributed trace, in the tracers' vocabulary. */
export interface Span {
  /** Decimal or hexadecimal text as the source wrote it; compare with {@link sameTrace}. */
  readonly traceId: string;
  readonly spanId: string;
  readonly parentId: string | null;
  readonly service: string;
  /** Operation name, such as `express.request`. */
  readonly name: string;
  /** What was worked on, such as `POST /checkout` or a query text. */
  readonly resource: string;
  readonly type: string;
  readonly startMs: number;
  readonly durationMs: number;
  readonly isError: boolean;
  /** Text tags, flattened: `error.stack`, `http.status_code`, `git.commit.sha`, `env`, `version`, … */
  readonly meta: Readonly<Record<string, string>>;
  readonly metrics: Readonly<Record<string, number>>;
}

/**
 * Whether two ids name the same trace (or span): equal text, or equal lower 64 bits. Sources write ids as decimal or
 * hexadecimal text, of 64 or 128 bits; text that could be either is taken as both.
 */
export function sameTrace(a: string, b: string): boolean {
  if (a === b) return true;
  const ofB = idNumbers(b);
  return idNumbers(a).some((number) => ofB.includes(number));
}

/** The lower 64 bits of an id in each reading that its text allows; none for text that is no number. */
export function idNumbers(id: string): bigint[] {
  if (!/^[0-9a-f]{1,32}$/i.test(id)) return [];
  const asHex = BigInt.asUintN(64, BigInt(`0x${id}`));
  if (!/^\d{1,20}$/.test(id)) return [asHex];
  const asDecimal = BigInt.asUintN(64, BigInt(id));
  return id.length === 16 ? [asDecimal, asHex] : [asDecimal];
}
