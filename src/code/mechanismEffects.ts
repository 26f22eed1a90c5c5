import type { MechanismKind } from './mechanism';
import type { SymptomKind } from './symptomKinds';

/** What each kind of change makes happen, as operators of services know it. */
export const EXPLAINS: Readonly<Record<MechanismKind, readonly SymptomKind[]>> = {
  // One request becomes many: the caller is slow, what it calls is loaded.
  query_in_loop: ['latency', 'load', 'cpu', 'connections', 'timeout', 'throttled'],
  // More rows are read, sorted and held than before, and more each day as the table grows.
  query_widened: ['latency', 'load', 'cpu', 'memory', 'timeout', 'disk', 'restart'],
  index_dropped: ['latency', 'load', 'cpu', 'timeout', 'lock', 'connections'],
  // Code and database no longer agree on a table or column; the change itself may lock the table.
  schema_changed: ['errors', 'data', 'lock', 'timeout', 'crash'],
  timeout_lowered: ['errors', 'timeout'],
  // What used to give up now waits, and holds a connection or worker meanwhile.
  timeout_raised: ['latency', 'connections', 'backlog', 'memory'],
  pool_shrunk: ['errors', 'latency', 'connections', 'timeout', 'backlog'],
  not_released: ['errors', 'latency', 'connections', 'timeout', 'memory', 'disk', 'lock', 'restart'],
  cache_shortened: ['latency', 'load', 'cache', 'cpu', 'connections', 'throttled', 'timeout'],
  cache_removed: ['latency', 'load', 'cache', 'cpu', 'connections', 'throttled', 'timeout'],
  cache_key_changed: ['latency', 'load', 'cache', 'cpu', 'connections', 'timeout', 'data', 'memory'],
  retry_added: ['latency', 'load', 'throttled', 'cpu', 'connections', 'timeout', 'backlog'],
  // Conflicts and passing failures now reach the user, or retries come all at once.
  retry_removed: ['errors', 'timeout', 'lock', 'throttled', 'load'],
  concurrency_raised: ['latency', 'load', 'connections', 'cpu', 'memory', 'lock', 'throttled', 'timeout', 'restart'],
  batch_raised: ['latency', 'memory', 'timeout', 'lock', 'throttled', 'backlog', 'load', 'restart'],
  limit_lowered: ['errors', 'memory', 'cpu', 'throttled', 'restart', 'connections', 'disk', 'latency', 'backlog'],
  // Whoever asks more often than is allowed now is refused, and comes again later.
  rate_lowered: ['errors', 'throttled', 'latency', 'backlog', 'load', 'connections'],
  scale_lowered: ['errors', 'latency', 'cpu', 'memory', 'connections', 'timeout', 'backlog', 'upstream'],
  // Slow starters and busy pods are killed although they work.
  probe_tightened: ['errors', 'restart', 'upstream'],
  unbounded_growth: ['latency', 'memory', 'restart', 'cpu', 'disk', 'connections'],
  lock_widened: ['latency', 'lock', 'timeout', 'connections', 'backlog'],
  lock_removed: ['errors', 'lock', 'data', 'crash'],
  null_check_dropped: ['errors', 'crash', 'restart'],
  handler_removed: ['errors', 'crash', 'restart', 'data'],
  // What is not there yet is read as if it were, and what fails is nobody's to catch.
  await_dropped: ['errors', 'crash', 'data', 'restart'],
  // Calls to what is down or slow used to fail fast; now each waits and holds what it has.
  breaker_removed: ['errors', 'latency', 'timeout', 'connections', 'backlog', 'upstream', 'memory'],
  throw_added: ['errors', 'data', 'crash'],
  field_renamed: ['errors', 'data', 'crash', 'config', 'auth'],
  blocking_call_added: ['latency', 'cpu', 'timeout', 'connections', 'backlog'],
  call_added: ['latency', 'timeout', 'load', 'throttled'],
  setting_renamed: ['errors', 'config', 'crash', 'name', 'auth', 'restart', 'data'],
  host_changed: ['errors', 'latency', 'name', 'tls', 'auth', 'timeout', 'upstream', 'data', 'backlog'],
  access_changed: ['errors', 'auth'],
  tls_changed: ['errors', 'tls'],
  default_flipped: ['errors', 'latency'],
  // A job runs at another time or more often, and meets the peak or itself.
  schedule_changed: ['latency', 'load', 'cpu', 'backlog', 'lock', 'memory', 'connections', 'throttled', 'timeout'],
  log_volume_raised: ['latency', 'disk', 'cpu', 'memory'],
  regex_changed: ['latency', 'cpu', 'timeout'],
  arithmetic_changed: ['data', 'crash'],
  dependency_changed: ['errors', 'linkage', 'crash', 'data', 'restart', 'memory', 'tls', 'auth'],
};

/** Changes that are made in a caller and hurt what it calls: more or heavier calls, or calls that say something else. */
const HURTS_CALLEE: ReadonlySet<MechanismKind> = new Set([
  'query_in_loop',
  'query_widened',
  'cache_shortened',
  'cache_removed',
  'cache_key_changed',
  'retry_added',
  'retry_removed',
  'concurrency_raised',
  'batch_raised',
  'call_added',
  'schedule_changed',
  'not_released',
  'field_renamed',
  'access_changed',
  'arithmetic_changed',
  // A proxy that lets fewer requests pass shows as the service behind it.
  'rate_lowered',
]);

/** Changes of what a service answers, or whom it lets in, which its callers feel while it is well itself. */
const HURTS_CALLER: ReadonlySet<MechanismKind> = new Set([
  'field_renamed',
  'schema_changed',
  'throw_added',
  'access_changed',
  'tls_changed',
  'limit_lowered',
  'rate_lowered',
  'arithmetic_changed',
  'setting_renamed',
  'index_dropped',
]);

/** Whether such a change in a caller makes trouble in what it calls. */
export const hurtsCallee = (kind: MechanismKind) => HURTS_CALLEE.has(kind);

/** Whether such a change in a service makes trouble in what calls it. */
export const hurtsCaller = (kind: MechanismKind) => HURTS_CALLER.has(kind);

/** Changes whose harm builds up, or waits for a peak, a job or an expiry: they may have run for days without a sign. */
const SLOW: ReadonlySet<MechanismKind> = new Set([
  'not_released',
  'unbounded_growth',
  'query_widened',
  'index_dropped',
  'cache_shortened',
  'cache_key_changed',
  'schedule_changed',
  'log_volume_raised',
  'pool_shrunk',
  'limit_lowered',
  'rate_lowered',
  'scale_lowered',
  'batch_raised',
  'arithmetic_changed',
]);

/** Whether such a change may show its harm only long after it arrived. */
export const actsSlowly = (kind: MechanismKind) => SLOW.has(kind);
