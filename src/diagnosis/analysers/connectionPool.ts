import { resourceOf } from '../../signals/gauges/resource';
import type { IncidentAnalyser } from './analyser';
import { busiestStatement, waitShare } from './databaseLoad';
import { resourceAnalyser } from './resourceAnalyser';
import { CONNECTIONS } from './topics';

/** The database waits for its client: sessions are open and idle, mostly within a transaction. */
const CLIENT_WAIT = /^client:|clientread/i;
const IDLE_SHARE = 0.5;

/** All connections of a database or of a pool are taken. */
export const connectionPool: IncidentAnalyser = resourceAnalyser({
  type: 'connection_pool',
  name: 'database connections',
  metricsName: 'connection metrics',
  topic: CONNECTIONS,
  isMine: (metric) => resourceOf(metric) === 'connections',
  wouldShow: 'Connections near max_connections, "too many clients" errors or time-outs of the pool',
  settles: 'who holds the connections: sessions by client and state, such as idle in transaction',
  user: (findings) => {
    const busiest = busiestStatement(findings);
    if (waitShare(findings, CLIENT_WAIT) < IDLE_SHARE) return busiest;
    const words = 'most sessions wait for their client (idle in transaction: connections are held and not given back, a connection leak)';
    return { words: busiest === null ? words : `${words}; ${busiest.words}`, evidence: busiest?.evidence ?? [] };
  },
});
