export type MechanismKind =
  | 'query_in_loop'
  | 'query_widened'
  | 'index_dropped'
  | 'timeout_lowered'
  | 'pool_shrunk'
  | 'cache_shortened'
  | 'cache_removed'
  | 'retry_added'
  | 'retry_removed'
  | 'limit_lowered'
  | 'null_check_dropped'
  | 'throw_added'
  | 'blocking_call_added'
  | 'dependency_changed';

/** A change that is known to break or slow down programs, found in a diff. */
export interface Mechanism {
  readonly kind: MechanismKind;
  readonly path: string;
  /** 1-based line in the new file; null when the diff has no line numbers. */
  readonly line: number | null;
  /** For a person: what was changed. */
  readonly reason: string;
  /** What it shows as. */
  readonly symptom: 'errors' | 'latency' | 'both';
  /** 0..1: how often such a change does harm. */
  readonly weight: number;
  /** The function that the diff names around it. */
  readonly function: string | null;
}

/** What a detector says; path and function are added from where it looked. */
export type MechanismHit = Omit<Mechanism, 'path' | 'function'>;
