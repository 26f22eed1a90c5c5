import { resourceOf } from '../../signals/gauges/resource';
import type { IncidentAnalyser } from './analyser';
import { resourceAnalyser } from './resourceAnalyser';
import { QUOTA } from './topics';

/** A quota or a rate limit refuses requests. */
export const quotaExceeded: IncidentAnalyser = resourceAnalyser({
  type: 'quota_exceeded',
  name: 'its quota or rate limit',
  metricsName: 'quota and rate limit metrics',
  topic: QUOTA,
  isMine: (metric) => resourceOf(metric) === 'quota',
  wouldShow: 'Answers 429, throttled requests or "quota exceeded" errors',
  settles: 'whose limit it is and how much of it is used: the quota page of the provider or the rate limiter',
});
