import type { HotPath, HotPathReport, PathLoad } from '../../src/domain/hotPath';

export const load = (changes: Partial<PathLoad> = {}): PathLoad => ({
  requests: 1200,
  errors: 25,
  p50Ms: 80,
  p95Ms: 412,
  p99Ms: 900,
  ...changes,
});

/** A route of `root`/src/cart.js line 3 with traffic now, a day ago and a week ago. */
export function hotPath(root: string, changes: Partial<HotPath> = {}): HotPath {
  return {
    kind: 'entry',
    location: { file: 'src/cart.js', line: 3, function: null },
    workspace: { root, path: 'src/cart.js', line: 3, status: 'exact', score: 0.9, reason: 'same file' },
    column: null,
    service: 'checkout',
    env: 'prod',
    resource: 'POST /checkout',
    now: load(),
    dayAgo: load({ p95Ms: 298 }),
    weekAgo: load({ p95Ms: 824 }),
    basis: 'metrics',
    sampleSize: 40,
    lastSeenMs: 3_500_000,
    failure: null,
    link: null,
    ...changes,
  };
}

/** A line that errors came out of. */
export function failingPath(root: string, line: number, changes: Partial<HotPath> = {}): HotPath {
  const entry = hotPath(root);
  return {
    ...entry,
    kind: 'failure',
    resource: null,
    location: { ...entry.location, line },
    workspace: { ...entry.workspace!, line },
    now: load({ requests: 7, errors: 7 }),
    dayAgo: null,
    weekAgo: null,
    basis: 'spans',
    sampleSize: 7,
    failure: { text: 'TypeError: x is undefined', link: 'https://app.datadoghq.com/apm/trace/1' },
    ...changes,
  };
}

export function hotPathReport(paths: readonly HotPath[], changes: Partial<HotPathReport> = {}): HotPathReport {
  return {
    window: { fromMs: 0, toMs: 3_600_000 },
    env: null,
    takenAtMs: 3_600_000,
    isWhole: true,
    paths,
    problems: [],
    apiCalls: 5,
    ...changes,
  };
}
