/** What a gauge is about, as far as anybody asks for it. */
export type Resource =
  | 'cpu'
  | 'memory'
  | 'disk'
  | 'connections'
  | 'replication'
  | 'storage_io'
  | 'write_log'
  | 'load'
  | 'latency'
  | 'queue'
  | 'replicas'
  | 'restarts'
  | 'errors'
  | 'traffic'
  | 'network'
  | 'quota';

/** The first that fits names the resource: narrow words stand before the wide ones that they contain. */
const WORDS: readonly (readonly [Resource, RegExp])[] = [
  ['replicas', /replicas?_(un)?(available|ready|desired|updated)|pods?_(un)?ready|hpa\.|current_replicas/],
  ['restarts', /restart/],
  ['replication', /replica(tion)?[._]?(lag|delay)|seconds_behind|slave_lag|replay_lag|replica_lag/],
  ['quota', /throttled_(requests|events)|quota|rate_?limit/],
  ['storage_io', /disk_?queue|volume_queue|iops|io_?wait|io[._]await|burst_balance|io_util/],
  ['write_log', /transaction_logs|\bwal|_wal|bin_?log|oplog|redo_log/],
  ['disk', /free_storage|disk|filesystem|storage|volume|inode/],
  ['connections', /connection|\bconns?\b|_conns?\b|pool|threads_connected/],
  ['memory', /mem(ory)?([._]|$)|heap|swap|\brss|_rss|freeable/],
  ['cpu', /cpu/],
  ['load', /db_?load|\bload|active_sessions/],
  ['queue', /queue|backlog|consumer_lag|\blag\b|_lag\b|messages_(ready|visible|unacked)/],
  ['latency', /latency|duration|response_?time/],
  ['errors', /error|5xx|fail|reject|exception|deadlock/],
  ['traffic', /hits|requests?\b|throughput|\brps\b|transactions/],
  ['network', /network|packet|tcp|retrans/],
];

/** The resource that a metric's name speaks of; null where it speaks of none. Bytes read or written are work, not the place they lie in. */
export function resourceOf(metric: string): Resource | null {
  const name = metric.toLowerCase();
  if (/network_(receive|transmit)|bytes_(rcvd|sent|received)/.test(name)) return 'network';
  if (/(read|write|commit)_throughput/.test(name)) return 'traffic';
  if (/max_connections|max_conns|limits?$/.test(name)) return null;
  return WORDS.find(([, words]) => words.test(name))?.[0] ?? null;
}

/** Whether less of it is worse: what is free, available or saved up. */
export function isLessBad(metric: string): boolean {
  return (
    /free|available|ready|remaining|idle|credit_balance|burst_balance|hit_?ratio/.test(metric.toLowerCase()) &&
    !/unavailable|unready/.test(metric.toLowerCase())
  );
}

/** What people call it. */
export const RESOURCE_NAMES: Readonly<Record<Resource, string>> = {
  cpu: 'CPU',
  memory: 'memory',
  disk: 'storage',
  connections: 'connections',
  replication: 'replication lag',
  storage_io: 'disk I/O (IOPS)',
  write_log: 'write-ahead log (WAL)',
  load: 'load',
  latency: 'latency',
  queue: 'queue',
  replicas: 'replicas',
  restarts: 'restarts',
  errors: 'errors',
  traffic: 'throughput',
  network: 'network',
  quota: 'quota',
};
