import { database, event, gaugeOf, hump, level, type MiniIncident, mini, often, said, step, topStatement, topWait } from './world';

const RDS = 'RDS event';

/** Managed databases: resources, replication, locks, failovers, and what only looks like them. */
export const databaseIncidents: readonly MiniIncident[] = [
  mini('infrastructure', 'CPU of a database goes up because of one query', {
    title: 'Database CPU high',
    summary: 'CPU of orders above 85 %',
    series: database(gaugeOf('aws.rds.cpuutilization', step(22, 95), { unit: 'percent' })),
    logs: [topStatement('SELECT * FROM baskets WHERE note LIKE $1', 6, { 'CPU:user': 5.5 }), topWait('CPU:user', 6)],
  }),
  mini('healthy', 'CPU of a database was high for eight minutes and came back', {
    title: 'Database CPU high',
    summary: 'CPU of orders was above 85 %',
    series: database(gaugeOf('aws.rds.cpuutilization', hump(22, 93), { unit: 'percent' })),
  }),
  mini('infrastructure', 'CPU goes up hours after a finished failover and a parameter change', {
    title: 'Database CPU high',
    summary: 'CPU of orders above 85 %',
    series: database(gaugeOf('aws.rds.cpuutilization', step(30, 97), { unit: 'percent' })),
    changes: [
      event(400, RDS, 'A Multi-AZ failover has completed for orders.'),
      event(240, RDS, 'DB parameter group orders-pg applied.', 'config'),
    ],
  }),
  mini('infrastructure', 'connections reach max_connections', {
    title: 'Too many database connections',
    summary: 'Connections of orders near the limit',
    series: database(gaugeOf('aws.rds.database_connections', step(210, 394, 15))),
    changes: [event(5, RDS, 'Current connections: 380 of 400.'), event(3, RDS, 'FATAL: sorry, too many clients already')],
    logs: [topStatement('BEGIN; SELECT * FROM baskets', 5, { 'Client:ClientRead': 4.6 }), topWait('Client:ClientRead', 4.6)],
  }),
  mini('healthy', 'connections are noisy but far from their limit', {
    title: 'Database connections high',
    summary: 'Connections of orders above 250',
    series: database(gaugeOf('aws.rds.database_connections', level(262, 0.09))),
    changes: [event(4, RDS, 'Connections exceeded the warning level: 268 of 500.')],
  }),
  mini('configuration', 'the limit of connections was lowered just before they ran out', {
    title: 'Too many database connections',
    summary: 'orders cannot connect',
    series: database(gaugeOf('aws.rds.database_connections', level(99, 0.01))),
    changes: [
      event(9, 'Parameter change', 'max_connections changed from 500 to 100', 'config'),
      event(6, RDS, 'FATAL: too many connections for role orders'),
    ],
    logs: often(6, 12, 'FATAL: remaining connection slots are reserved'),
  }),
  mini('infrastructure', 'storage runs full', {
    title: 'Free storage low',
    summary: 'Free storage of orders below 5 GB',
    series: database(
      gaugeOf('aws.rds.free_storage_space', step(60e9, 0.6e9, 15), { unit: 'byte' }),
      gaugeOf('aws.rds.write_latency', step(1.3, 900, 8), { unit: 'millisecond' }),
    ),
    logs: often(4, 6, 'ERROR: could not extend file "base/1/22": No space left on device'),
  }),
  mini('healthy', 'storage was short and was extended by itself', {
    title: 'Free storage low',
    summary: 'Free storage of orders below 5 GB',
    series: database(gaugeOf('aws.rds.free_storage_space', (ago) => (ago > 14 ? 30e9 : ago > 9 ? 3e9 : 130e9), { unit: 'byte' })),
    changes: [
      event(13, RDS, 'orders is low on storage space: 3 GB remaining of 100 GB.'),
      event(9, RDS, 'Storage autoscaling completed. Allocated storage increased to 200 GB.'),
    ],
  }),
  mini('infrastructure', 'storage ran full and its metric is missing', {
    title: 'Writes fail',
    summary: 'Writes of orders time out',
    series: database().filter(({ metric }) => !metric.includes('storage')),
    changes: [
      event(7, RDS, 'The DB instance has exhausted the available storage; it ran out of storage space.'),
      event(6, RDS, 'Write operations are blocked due to insufficient storage.'),
    ],
  }),
  mini('infrastructure', 'memory runs out and the database swaps', {
    title: 'Freeable memory low',
    summary: 'Freeable memory of orders below 300 MB',
    series: database(gaugeOf('aws.rds.freeable_memory', step(7e9, 0.2e9, 16), { unit: 'byte' })),
  }),
  mini('healthy', 'memory saws up and down as caches do', {
    title: 'Freeable memory low',
    summary: 'Freeable memory of orders below 7 GB',
    series: database(gaugeOf('aws.rds.freeable_memory', (ago) => 7e9 + (ago % 5) * 3e8, { unit: 'byte' })),
  }),
  mini('infrastructure', 'a replica falls behind because of a burst of writes', {
    title: 'Replica lag',
    summary: 'Replication lag of orders-replica-1 above 300 s',
    series: database(
      gaugeOf('aws.rds.replica_lag', (ago) => (ago > 14 ? 1 : (15 - ago) * 60), { unit: 'second', service: 'orders-replica-1' }),
      gaugeOf('aws.rds.write_iops', step(700, 16000, 15)),
      gaugeOf('aws.rds.transaction_logs_generation', step(3e6, 2e8, 15), { unit: 'byte' }),
    ),
    changes: [event(90, RDS, 'orders-pg has been updated.', 'config')],
    logs: [topStatement('UPDATE baskets SET stale = true WHERE batch = $1', 6, { 'WAL:Lock': 4 })],
  }),
  mini('healthy', 'a replica lagged during the backup and has caught up', {
    title: 'Replica lag',
    summary: 'Replication lag of orders-replica-1 above 300 s',
    series: database(gaugeOf('aws.rds.replica_lag', hump(1.1, 420), { unit: 'second', service: 'orders-replica-1' })),
    changes: [event(20, RDS, 'Automated backup started.'), event(9, RDS, 'Automated backup finished.')],
  }),
  mini('infrastructure', 'a replica falls behind and no lag is measured', {
    title: 'Stale reads',
    summary: 'Reads from the replica of orders are stale',
    series: database(gaugeOf('aws.rds.write_iops', step(700, 15000, 15))).filter(({ metric }) => !metric.includes('replica')),
    changes: [event(8, RDS, 'Replication lag on orders-replica-1 has exceeded 600 seconds.', 'other', 'orders-replica-1')],
  }),
  mini('infrastructure', 'sessions wait for a lock that another one holds', {
    title: 'Slow writes',
    summary: 'Write latency of orders high',
    series: database(gaugeOf('aws.rds.write_latency', step(1.4, 80), { unit: 'millisecond' })),
    logs: [
      topStatement('UPDATE stock SET n = n - 1', 9, { 'Lock:transactionid': 8.5 }),
      topWait('Lock:transactionid', 8.5),
      topWait('CPU', 0.5),
      ...often(5, 4, 'ERROR: canceling statement due to lock timeout'),
    ],
  }),
  mini('infrastructure', 'the primary was lost and the database failed over', {
    title: 'Database connections dropped',
    summary: 'orders lost its database connections',
    series: database(gaugeOf('aws.rds.database_connections', (ago) => (ago > 7 ? 120 : ago > 5 ? 0 : 110))),
    changes: [
      event(7, RDS, 'Multi-AZ instance failover started: the underlying host of orders is unhealthy.'),
      event(5, RDS, 'Multi-AZ instance failover completed.'),
    ],
    logs: often(7, 9, 'FATAL: terminating connection due to administrator command'),
  }),
  mini('healthy', 'planned maintenance ended as it should', {
    title: 'Database maintenance',
    summary: 'Maintenance of orders',
    series: database(),
    changes: [event(55, RDS, 'Scheduled maintenance of orders started.'), event(48, RDS, 'Maintenance complete. orders is available.')],
  }),
  mini('healthy', 'a scheduled check finds all as usual', {
    title: 'Scheduled health check',
    summary: 'Periodic health check passed',
    state: 'OK',
    series: database(),
  }),
  mini('healthy', 'writes burst during the nightly backup and hurt nobody', {
    title: 'Write IOPS high',
    summary: 'Write IOPS of orders high',
    series: database(gaugeOf('aws.rds.write_iops', hump(700, 6000))),
    changes: [event(19, RDS, 'Automated backup started.'), event(10, RDS, 'Automated backup finished.')],
  }),
  mini('healthy', 'a parameter change of this morning did no harm', {
    title: 'Database check',
    summary: 'Check of orders after a change',
    series: database(),
    changes: [event(300, 'Parameter change', 'work_mem changed from 4MB to 8MB', 'config')],
    logs: [said(5, 'GET /baskets 200 12ms', 'info')],
  }),
];
