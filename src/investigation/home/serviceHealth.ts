import { formatDuration, formatPercent } from '../../domain/format';
import type { ServiceLoad, ServiceSignal, ServiceState, SurveyedService } from '../../domain/survey';
import { median } from '../../signals/statistics';
import { type ServiceCounts, sum } from './serviceCounts';
import { weightedP95 } from './serviceSignals';

/** The present is read from the newest minutes: as many as hold enough requests, within these. */
const LEAST_NOW_SEC = 300;
const MOST_NOW_SEC = 1800;
const ENOUGH_REQUESTS = 50;
/** What happens now does not count as usual. */
const RECENT_SEC = 3600;
/** How far around the same time of the day before is looked. */
const AROUND_SEC = 5400;
const LEAST_STEPS = 6;
const DAY_SEC = 86_400;

/** What a service measures now. */
export function loadNow(counts: ServiceCounts): ServiceLoad {
  const { hits, stepSec } = counts;
  const least = Math.ceil(LEAST_NOW_SEC / stepSec);
  const most = Math.ceil(MOST_NOW_SEC / stepSec);
  let from = Math.max(0, hits.length - least);
  while (from > 0 && hits.length - from < most && sum(hits.slice(from)) < ENOUGH_REQUESTS) from -= 1;
  return loadIn(counts, from, hits.length);
}

/** What is usual for it: the same time of the day before where that is known, else earlier today up to an hour ago. */
export function usualLoad(counts: ServiceCounts, before: ServiceCounts | null): Pick<SurveyedService, 'usual' | 'usualBasis'> {
  const endSec = counts.fromSec + counts.hits.length * counts.stepSec;
  if (before !== null) {
    const position = (sec: number) => Math.round((sec - before.fromSec) / before.stepSec);
    const from = Math.max(0, position(endSec - DAY_SEC - AROUND_SEC));
    const to = Math.min(before.hits.length, position(endSec - DAY_SEC + AROUND_SEC));
    if (stepsWithRequests(before, from, to) >= LEAST_STEPS) return { usual: typicalLoad(before, from, to), usualBasis: 'the day before' };
  }
  const first = counts.hits.findIndex((hits) => hits > 0);
  const to = counts.hits.length - Math.ceil(RECENT_SEC / counts.stepSec);
  if (first < 0 || stepsWithRequests(counts, first, to) < LEAST_STEPS) return { usual: null, usualBasis: null };
  return { usual: typicalLoad(counts, first, to), usualBasis: 'earlier today' };
}

const stepsWithRequests = ({ hits }: ServiceCounts, from: number, to: number) =>
  to <= from ? 0 : hits.slice(from, to).filter((own) => own > 0).length;

function loadIn(counts: ServiceCounts, from: number, to: number): ServiceLoad {
  const requests = sum(counts.hits.slice(from, to));
  const errors = sum(counts.errors.slice(from, to));
  return {
    requestsPerSec: to > from ? requests / ((to - from) * counts.stepSec) : null,
    errorShare: requests === 0 ? null : Math.min(1, errors / requests),
    p95Ms: weightedP95(counts, from, to),
  };
}

/** Medians, which a bad quarter of an hour does not move, of traffic and latency; errors are counted over all. */
function typicalLoad(counts: ServiceCounts, from: number, to: number): ServiceLoad {
  const latencies = counts.p95Ms.slice(from, to).filter((value) => value !== null);
  return {
    requestsPerSec: median(counts.hits.slice(from, to)) / counts.stepSec,
    errorShare: loadIn(counts, from, to).errorShare,
    p95Ms: latencies.length === 0 ? null : median(latencies),
  };
}

const SIGNAL_WORDS: Readonly<Record<ServiceSignal, string>> = { errors: 'error rate', latency: 'latency', traffic: 'traffic' };

export interface Judgement {
  readonly state: ServiceState;
  readonly why: string;
  readonly cause: ServiceSignal | null;
}

/** From here on errors are a failure whatever is usual, if usual is less than half of it. */
const FAILING_SHARE = 0.05;
const DEGRADED_SHARE = 0.01;
/** Fewer requests a second than this may be none by chance. */
const LEAST_TRAFFIC = 0.1;

/**
 * How a service stands. `failing`: 5 % of its requests or more fail, and twice as many as usual; `silent`: less than a fifth of
 * its requests come; `degraded`: 1 % fail and twice as many as usual, or p95 has doubled by 50 ms or more; `unusual`: an anomaly
 * goes on; `unknown`: too little has been seen of it.
 */
export function judgeService(now: ServiceLoad, usual: ServiceLoad | null, anomalous: ServiceSignal | null): Judgement {
  const share = now.errorShare ?? 0;
  const usualShare = usual?.errorShare ?? 0;
  const errors = `${formatPercent(share)} of requests fail${usual ? `, usually ${formatPercent(usualShare)}` : ''}`;
  if (share >= FAILING_SHARE && share >= 2 * usualShare) return { state: 'failing', why: errors, cause: 'errors' };
  if (usual === null) return { state: 'unknown', why: 'seen for too short a time to know what is usual', cause: null };
  const [rate, usualRate] = [now.requestsPerSec ?? 0, usual.requestsPerSec ?? 0];
  if (usualRate >= LEAST_TRAFFIC && rate < usualRate / 5) return { state: 'silent', why: silence(rate, usualRate), cause: 'traffic' };
  if (share >= DEGRADED_SHARE && share >= 2 * usualShare) return { state: 'degraded', why: errors, cause: 'errors' };
  const [p95, usualP95] = [now.p95Ms, usual.p95Ms];
  if (p95 !== null && usualP95 !== null && p95 >= 2 * usualP95 && p95 - usualP95 >= 50)
    return { state: 'degraded', why: `p95 is ${formatDuration(p95)}, usually ${formatDuration(usualP95)}`, cause: 'latency' };
  if (anomalous === null) return { state: 'normal', why: '', cause: null };
  return { state: 'unusual', why: `its ${SIGNAL_WORDS[anomalous]} is not as usual`, cause: anomalous };
}

const silence = (rate: number, usualRate: number) =>
  rate === 0 ? 'no request comes in any more' : `only ${formatPercent(rate / usualRate)} of the usual requests come in`;
