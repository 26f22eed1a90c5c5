import assert from 'node:assert/strict';
import { isLessBad, RESOURCE_NAMES, resourceOf } from '../../../../src/signals/gauges/resource';

describe('resourceOf', () => {
  const named: readonly (readonly [string, ReturnType<typeof resourceOf>])[] = [
    ['system.io.await', 'storage_io'],
    ['aws.ebs.volume_queue_length', 'storage_io'],
    ['aws.rds.cpuutilization', 'cpu'],
    ['aws.rds.free_storage_space', 'disk'],
    ['aws.rds.freeable_memory', 'memory'],
    ['aws.rds.database_connections', 'connections'],
    ['aws.rds.replica_lag', 'replication'],
    ['aws.rds.disk_queue_depth', 'storage_io'],
    ['aws.rds.write_iops', 'storage_io'],
    ['aws.rds.transaction_logs_generation', 'write_log'],
    ['aws.rds.write_latency', 'latency'],
    ['aws.rds.write_throughput', 'traffic'],
    ['aws.rds.maximum_used_transaction_ids', null],
    ['aws.rds.max_connections', null],
    ['kubernetes.containers.restarts', 'restarts'],
    ['kubernetes_state.deployment.replicas_unavailable', 'replicas'],
    ['aws.sqs.approximate_number_of_messages_visible', 'queue'],
    ['kafka.consumer_lag', 'queue'],
    ['jvm.heap_memory', 'memory'],
    ['hikaricp.connections.active', 'connections'],
    ['redis.mem.used', 'memory'],
    ['aws.dynamodb.throttled_requests', 'quota'],
    ['business.baskets', null],
  ];
  for (const [metric, resource] of named)
    it(`knows ${metric} for ${resource ?? 'no resource'}`, () => {
      assert.equal(resourceOf(metric), resource);
    });

  it('has a name for people for each', () => {
    for (const [, resource] of named) if (resource !== null) assert.ok(RESOURCE_NAMES[resource].length > 2);
  });
});

describe('isLessBad', () => {
  it('is what is free or available, not what is unavailable', () => {
    assert.ok(isLessBad('aws.rds.free_storage_space') && isLessBad('ebs.burst_balance') && isLessBad('replicas_available'));
    assert.ok(!isLessBad('replicas_unavailable') && !isLessBad('cpu.usage'));
  });
});
