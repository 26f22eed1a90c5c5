import { resourceOf } from '../../signals/gauges/resource';
import type { IncidentAnalyser } from './analyser';
import { resourceAnalyser } from './resourceAnalyser';
import { DISK } from './topics';

/** Storage that is full or nearly so: writes stop. */
export const diskSpace: IncidentAnalyser = resourceAnalyser({
  type: 'disk_space',
  name: 'storage space',
  metricsName: 'storage metrics',
  topic: DISK,
  isMine: (metric) => resourceOf(metric) === 'disk',
  wouldShow: 'Little free storage space, "no space left" errors or disk pressure',
  settles: 'what fills the storage: the largest tables, write-ahead log, temporary files or logs, and how fast they grow',
});
