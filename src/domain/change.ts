import type { Json } from './json';

export type ChangeKind = 'deployment' | 'feature_flag' | 'config' | 'scaling' | 'other';

/** Something that people or machines did to a running system. */
export interface Change {
  readonly timestampMs: number;
  readonly kind: ChangeKind;
  readonly service: string | null;
  readonly title: string;
  readonly text: string;
  readonly author: string | null;
  readonly version: string | null;
  readonly commit: string | null;
  readonly attributes: Readonly<Record<string, Json>>;
}

/** A commit with its unified diff. */
export interface Commit {
  readonly sha: string;
  readonly repository: string | null;
  readonly author: string;
  readonly timestampMs: number;
  readonly message: string;
  readonly files: readonly string[];
  readonly diff: string;
}
