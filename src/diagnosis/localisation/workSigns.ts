import { formatQuantity } from '../../domain/format';
import type { Findings, MetricFinding } from '../findings';
import { plainness, type Sign } from './sign';

/** Counts of the requests that a service answers. */
const REQUESTS = /request|hits|calls|throughput|rpm\b/;
/** What a service does for its requests. */
const WORK = /syscall|io[._]|iops|read|write|bytes|packets|alloc|queries|cpu[._](time|seconds|total)/;
/** Change scores count doublings; half as much again is noticeable once the number of requests is taken out. */
const NOTICEABLE = Math.log(2) / Math.log(1.5);

/** Services that do more work for each request than before: their counts of operations rose by more than their requests did. */
export function workSigns({ metrics }: Findings): readonly Sign[] {
  const requests = new Map<string, number>();
  for (const { service, change } of metrics) {
    const { series, before, during } = change;
    if (service !== null && isRequests(series.metric) && before > 0) requests.set(service, Math.max(0, Math.log2(during / before)));
  }
  return metrics.flatMap((metric): Sign[] => {
    const { service, change, evidence } = metric;
    const grown = service === null ? undefined : requests.get(service);
    if (service === null || grown === undefined || change.direction !== 'up' || !WORK.test(change.series.metric)) return [];
    const score = plainness(NOTICEABLE * Math.max(0, change.score - grown));
    return [{ service, kind: 'work_rate', score, reason: wordsOf(metric), evidence }];
  });
}

const isRequests = (metric: string) => REQUESTS.test(metric) && !WORK.test(metric);

function wordsOf({ change: { series, before, during } }: MetricFinding): string {
  return `${series.metric} rose from ${formatQuantity(before, series.unit)} to ${formatQuantity(during, series.unit)}, its requests did not`;
}
