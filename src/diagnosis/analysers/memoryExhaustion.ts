import { resourceOf } from '../../signals/gauges/resource';
import type { IncidentAnalyser } from './analyser';
import { resourceAnalyser } from './resourceAnalyser';
import { MEMORY } from './topics';

/** Memory near its limit, an out-of-memory kill, or swapping. */
export const memoryExhaustion: IncidentAnalyser = resourceAnalyser({
  type: 'memory_exhaustion',
  name: 'memory',
  metricsName: 'memory metrics',
  topic: MEMORY,
  isMine: (metric) => resourceOf(metric) === 'memory',
  wouldShow: 'Memory near its limit, an out-of-memory kill (OOMKilled) or an eviction',
  settles: 'what holds the memory: a heap profile, or the memory limit against the usage of the last days',
});
