import type { Span } from '../../domain/span';

/** A node while its tree is being built. */
export interface NodeDraft {
  readonly span: Span;
  parent: NodeDraft | null;
  readonly children: NodeDraft[];
  startMs: number;
  endMs: number;
  selfMs: number;
  /** Which walk over parents came by first; -1 before any did. */
  walk: number;
  /** What names the clock of its stamps, and by how much they were moved. */
  clock: string;
  movedMs: number;
}
