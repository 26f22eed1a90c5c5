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
