import type { SymptomKind } from './symptomKinds';

export type MechanismKind =
  | 'query_in_loop'
  | 'query_widened'
  | 'index_dropped'
  | 'schema_changed'
  | 'timeout_lowered'
  | 'timeout_raised'
  | 'pool_shrunk'
  | 'not_released'
  | 'cache_shortened'
  | 'cache_removed'
  | 'cache_key_changed'
  | 'retry_added'
  | 'retry_removed'
  | 'concurrency_raised'
  | 'batch_raised'
  | 'limit_lowered'
  | 'rate_lowered'
  | 'scale_lowered'
  | 'probe_tightened'
  | 'unbounded_growth'
  | 'lock_widened'
  | 'lock_removed'
  | 'null_check_dropped'
  | 'handler_removed'
  | 'await_dropped'
  | 'breaker_removed'
  | 'throw_added'
  | 'field_renamed'
  | 'blocking_call_added'
  | 'call_added'
  | 'setting_renamed'
  | 'host_changed'
  | 'access_changed'
  | 'tls_changed'
  | 'default_flipped'
  | 'schedule_changed'
  | 'log_volume_raised'
  | 'regex_changed'
  | 'arithmetic_changed'
  | 'dependency_changed';

/** A number that was changed under its name. Times are in seconds, memory in bytes. */
export interface SettingChange {
  readonly key: string;
  readonly before: number;
  readonly after: number;
}

/** A change that is known to break or slow down programs, found in a diff. */
export interface Mechanism {
  readonly kind: MechanismKind;
  readonly path: string;
  /** 1-based line in the new file; null when the diff has no line numbers. */
  readonly line: number | null;
  /** For a person: what was changed. */
  readonly reason: string;
  /** What it shows as. */
  readonly explains: readonly SymptomKind[];
  /** 0..1: how often such a change does harm. */
  readonly weight: number;
  /** The function that the diff names around it. */
  readonly function: string | null;
  /** What was set, where it is a number. */
  readonly setting?: SettingChange;
  /** Names that errors are likely to speak of: the settings, fields or objects that were changed. */
  readonly names?: readonly string[];
}

/** What a detector says; path, function and what it explains are added where it is collected. */
export type MechanismHit = Omit<Mechanism, 'path' | 'function' | 'explains'>;
