import type { Span } from '../../domain/span';

/** A node while its tree is being built. */
export interface NodeDraft {
  readonly span: Span;
  parent: NodeDraft | null;
  readonly children: NodeDraft[];
  startMs: number;
  endMs: number;
  selfMs: number;
}
