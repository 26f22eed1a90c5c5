import type { WorkloadFinding } from '../../diagnosis/findings';
import type { LogEvent } from '../../domain/log';
import { fieldsOf, isYes, listOf, numberOf, textOf } from './jsonFields';

/** A workload before it has evidence, with the time of the report. */
export type WorkloadState = Omit<WorkloadFinding, 'evidence'> & { readonly atMs: number };

/** A log that carries a Kubernetes object: its state at that time; null for other logs. */
export function workloadOf(event: LogEvent): WorkloadState | null {
  const { pod, deployment, node } = event.attributes;
  const state = pod ? podOf(event) : deployment ? deploymentOf(event) : node ? nodeOf(event) : null;
  return state === null || state.name === '' ? null : { ...state, atMs: event.timestampMs };
}

type State = Omit<WorkloadState, 'atMs'>;

function podOf({ attributes, service }: LogEvent): State {
  const pod = fieldsOf(attributes.pod);
  const containers = listOf(pod.containers);
  const reasons = containers.flatMap((container) => [
    fieldsOf(container.state),
    fieldsOf(container.last_state),
    fieldsOf(container.lastState),
  ]);
  const waits = reasons.flatMap((state) => [state, fieldsOf(state.waiting), fieldsOf(state.terminated)]);
  const unscheduled = listOf(pod.conditions).find((one) => textOf(one, 'type') === 'PodScheduled' && !isYes(one.status));
  const isLeaving = textOf(pod, 'deletion_timestamp', 'deletionTimestamp') !== null;
  const phase = textOf(pod, 'phase') ?? 'unknown';
  const restarts = containers.reduce((sum, container) => sum + (numberOf(container, 'restart_count', 'restartCount') ?? 0), 0);
  const isReady = containers.length > 0 && containers.every((container) => isYes(container.ready));
  const reason =
    waits.map((state) => textOf(state, 'reason')).find((text) => text !== null) ??
    (unscheduled ? (textOf(unscheduled, 'reason') ?? 'Unschedulable') : null);
  const message =
    waits.map((state) => textOf(state, 'message')).find((text) => text !== null) ?? (unscheduled ? textOf(unscheduled, 'message') : null);
  const name = textOf(pod, 'name') ?? '';
  const exit = waits.map((state) => numberOf(state, 'exit_code', 'exitCode')).find((code) => code !== null) ?? null;
  return {
    kind: 'pod',
    name,
    service,
    isReady: isReady && phase !== 'Pending' && phase !== 'Failed',
    isLeaving,
    restarts,
    reason,
    text: [
      `Pod ${name} is ${phase}${isLeaving ? ' and is being removed' : ''}, ${isReady ? 'ready' : 'not ready'}, ${restarts} restarts`,
      exit === null ? null : `exit code ${exit}`,
      reason,
      message,
    ]
      .filter((part) => part !== null)
      .join('; '),
  };
}

function deploymentOf({ attributes, service }: LogEvent): State {
  const deployment = fieldsOf(attributes.deployment);
  const desired = numberOf(deployment, 'desired', 'replicas') ?? 0;
  const available = numberOf(deployment, 'available', 'availableReplicas') ?? 0;
  const ready = numberOf(deployment, 'ready', 'readyReplicas') ?? available;
  const name = textOf(deployment, 'name') ?? '';
  return {
    kind: 'deployment',
    name,
    service,
    isReady: available >= desired && ready >= desired,
    isLeaving: false,
    restarts: 0,
    reason: null,
    text: `Deployment ${name}: ${desired} replicas desired, ${ready} ready, ${available} available, ${Math.max(0, desired - available)} unavailable`,
  };
}

const PRESSURES = { memory_pressure: 'MemoryPressure', disk_pressure: 'DiskPressure', pid_pressure: 'PIDPressure' } as const;

function nodeOf({ attributes }: LogEvent): State {
  const node = fieldsOf(attributes.node);
  const pressures = Object.entries(PRESSURES).flatMap(([field, name]) => (isYes(node[field]) ? [name] : []));
  const isReady = isYes(node.ready);
  const name = textOf(node, 'name') ?? '';
  const reason = isReady ? (pressures[0] ?? null) : 'NodeNotReady';
  return {
    kind: 'node',
    name,
    service: null,
    isReady: isReady && pressures.length === 0,
    isLeaving: isYes(node.unschedulable),
    restarts: 0,
    reason,
    text: `Node ${name} is ${isReady ? 'Ready' : 'not Ready'}${pressures.length === 0 ? '' : ` with ${pressures.join(', ')}`}`,
  };
}
