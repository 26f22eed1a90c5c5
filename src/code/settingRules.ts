import type { MechanismKind } from './mechanism';

/** What it means that a number of such a name went one way. */
export interface SettingRule {
  readonly key: RegExp;
  readonly direction: 'down' | 'up';
  readonly kind: MechanismKind;
  /** 0..1, see `Mechanism.weight`. */
  readonly weight: number;
  readonly what: string;
}

/** The first that fits counts, so the particular stand before the general. */
export const SETTING_RULES: readonly SettingRule[] = [
  ...(['down', 'up'] as const).map(
    (direction): SettingRule => ({
      key: /(?:^|_)port$|Port$|database_?(?:index|number)|shard/,
      direction,
      kind: 'host_changed',
      weight: 0.6,
      what: 'it now talks to something else',
    }),
  ),
  {
    key: /failure_?threshold|initial_?delay|startup_?(?:seconds|timeout)/i,
    direction: 'down',
    kind: 'probe_tightened',
    weight: 0.65,
    what: 'a health check gives up sooner',
  },
  { key: /timeout|deadline/i, direction: 'down', kind: 'timeout_lowered', weight: 0.7, what: 'a timeout was lowered' },
  { key: /timeout|deadline/i, direction: 'up', kind: 'timeout_raised', weight: 0.35, what: 'a timeout was raised' },
  {
    key: /max.?poll.?(?:records|messages)|batch|chunk|bulk|fetch_?(?:size|min|max)|prefetch/i,
    direction: 'up',
    kind: 'batch_raised',
    weight: 0.6,
    what: 'batches became larger',
  },
  {
    key: /batch|chunk|bulk|fetch_?size|prefetch|page_?size/i,
    direction: 'down',
    kind: 'query_widened',
    weight: 0.3,
    what: 'batches became smaller, so there are more of them',
  },
  {
    key: /replicas|min_?(?:instances|size|capacity|scale)|max_?(?:instances|scale)|desired_?(?:count|capacity)|task_?count/i,
    direction: 'down',
    kind: 'scale_lowered',
    weight: 0.65,
    what: 'fewer instances are run',
  },
  {
    key: /pool|max_?(?:open_?)?conn|connection_?limit|max_?sockets|max_?idle_?conns|concurrency|worker|threads|parallelism/i,
    direction: 'down',
    kind: 'pool_shrunk',
    weight: 0.7,
    what: 'a pool of connections or workers was made smaller',
  },
  {
    key: /concurren|parallel|workers|threads|in_?flight|goroutines|consumers|fan_?out|max_?(?:open_?)?conn(?:ection)?s?$|pool_?size/i,
    direction: 'up',
    kind: 'concurrency_raised',
    weight: 0.45,
    what: 'more work is done at once',
  },
  {
    key: /ttl|expir|max_?age|cache.{0,12}(?:size|entries|items|capacity|seconds|minutes)/i,
    direction: 'down',
    kind: 'cache_shortened',
    weight: 0.65,
    what: 'a cache now forgets sooner',
  },
  {
    key: /cache.{0,12}(?:size|entries|items|capacity)|retention|buffer_?(?:size|limit)|queue_?(?:size|limit)|max_?(?:entries|items|buffer)/i,
    direction: 'up',
    kind: 'unbounded_growth',
    weight: 0.45,
    what: 'more is kept',
  },
  { key: /retr(?:y|ies)|attempt/i, direction: 'up', kind: 'retry_added', weight: 0.4, what: 'more retries are made' },
  { key: /retr(?:y|ies)|attempt/i, direction: 'down', kind: 'retry_removed', weight: 0.4, what: 'fewer retries are made' },
  {
    key: /backoff|base_?delay|retry_?(?:delay|interval|wait)|jitter/i,
    direction: 'down',
    kind: 'retry_removed',
    weight: 0.6,
    what: 'retries wait less or not at all',
  },
  {
    key: /interval|period|every|poll|refresh|frequency/i,
    direction: 'down',
    kind: 'schedule_changed',
    weight: 0.5,
    what: 'something runs more often',
  },
  { key: /sampl/i, direction: 'up', kind: 'log_volume_raised', weight: 0.45, what: 'more is recorded' },
  {
    key: /memory|heap|xmx|old_?space/i,
    direction: 'down',
    kind: 'limit_lowered',
    weight: 0.65,
    what: 'less memory is allowed',
  },
  {
    key: /^cpu$|cpu_?(?:limit|quota|shares|request|units)/i,
    direction: 'down',
    kind: 'limit_lowered',
    weight: 0.65,
    what: 'less CPU is allowed',
  },
  {
    key: /^(?!.*sampl).*(?:rate_?limit|limit_?rate|(?:^|[_.-])rate(?:[_.-]|$)|burst|quota|throttl|(?:requests|calls|tokens).{0,5}per|rps$|qps$)/i,
    direction: 'down',
    kind: 'rate_lowered',
    weight: 0.5,
    what: 'fewer requests are let through',
  },
  {
    key: /max|limit|capacity|size|allowed|ulimit|nofile/i,
    direction: 'down',
    kind: 'limit_lowered',
    weight: 0.45,
    what: 'a limit was lowered',
  },
];
