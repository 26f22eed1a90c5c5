import { resourceOf } from '../../signals/gauges/resource';
import type { IncidentAnalyser } from './analyser';
import { busiestStatement, waitShare } from './databaseLoad';
import { resourceAnalyser } from './resourceAnalyser';
import { CPU } from './topics';

/** Resources with an analyser of their own; any other utilisation counts as the processor's kind of saturation. */
const ELSEWHERE: ReadonlySet<string | null> = new Set([
  'memory',
  'disk',
  'connections',
  'quota',
  'replication',
  'queue',
  'storage_io',
  'load',
  'latency',
]);

/** Of the database's load, the least that runs on processors where those are what runs short. */
const CPU_SHARE = 0.25;

/** Processors that have no time left, by utilisation or throttling; in a database also which statement takes it. */
export const cpuSaturation: IncidentAnalyser = resourceAnalyser({
  type: 'cpu_saturation',
  name: 'CPU',
  metricsName: 'CPU metrics',
  topic: CPU,
  isMine: (metric) => !ELSEWHERE.has(resourceOf(metric)),
  wouldShow: 'CPU utilisation near its limit or CPU throttling',
  settles: 'what takes the processor: a profile, or the plan of the busiest query (a full table scan or a missing index would explain it)',
  user: (findings) => busiestStatement(findings),
  /** A database whose sessions wait for locks or the disk has its processors busy with that. */
  isConsequence: (findings) => findings.databaseWork.some(({ kind }) => kind === 'wait') && waitShare(findings, /^cpu/i) < CPU_SHARE,
});
