import type { WorkloadFinding } from '../../diagnosis/findings';
import { formatPlural } from '../../domain/format';
import type { LogEvent } from '../../domain/log';
import type { Gathered } from '../gathered';
import { searchTerm } from '../queries';
import type { Run } from '../run';
import { type WorkloadState, workloadOf } from './workloadObjects';

const MAX_TROUBLED = 5;
const MAX_NAMES = 3;

/**
 * Pods, deployments and nodes as last reported, those in trouble first, each with evidence; those that are well share one fact a
 * kind, which is what rules troubles of the platform out.
 */
export function workloadFindings(gathered: Gathered, run: Run): readonly WorkloadFinding[] {
  const { logs, errorLogs, quietLogs } = gathered;
  const latest = new Map<string, WorkloadState>();
  for (const event of [...quietLogs.items, ...errorLogs.items, ...logs.items]) {
    const state = workloadOf(event);
    const key = state && `${state.kind} ${state.name}`;
    if (state && key && (latest.get(key)?.atMs ?? Number.NEGATIVE_INFINITY) <= state.atMs) latest.set(key, state);
  }
  const all = [...latest.values()];
  const isWell = (state: WorkloadState) => state.isReady && state.restarts === 0 && !state.isLeaving;
  const troubled = all.filter((state) => !isWell(state)).slice(0, MAX_TROUBLED);
  const write = (states: readonly WorkloadState[], summary: string) => {
    const evidence = run.evidence.add(factOf(states, summary, gathered, run));
    return states.map((state) => ({ ...state, evidence }));
  };
  const well = (['pod', 'deployment', 'node'] as const).flatMap((kind) => {
    const states = all.filter((state) => state.kind === kind && isWell(state));
    return states.length === 0 ? [] : write(states, wellWords(kind, states));
  });
  return [...troubled.flatMap((state) => write([state], `${state.text}.`)), ...well];
}

function wellWords(kind: WorkloadState['kind'], states: readonly WorkloadState[]): string {
  const names = states
    .slice(0, MAX_NAMES)
    .map(({ name }) => name)
    .join(', ');
  const more = states.length > MAX_NAMES ? ', …' : '';
  if (kind === 'pod') return `${formatPlural(states.length, 'pod')} Running and Ready with 0 restarts: ${names}${more}.`;
  if (kind === 'node')
    return `${formatPlural(states.length, 'node')} Ready, without memory pressure, disk pressure or PID pressure: ${names}${more}.`;
  return `${states.map(({ text }) => text).join('; ')}.`;
}

function factOf(states: readonly WorkloadState[], summary: string, { windows }: Gathered, run: Run) {
  const [first] = states;
  const query = first?.service ? searchTerm('service', first.service) : '*';
  const window = windows.whole;
  return {
    kind: 'logs' as const,
    source: 'datadog',
    query,
    window,
    summary,
    value: states.slice(0, MAX_TROUBLED).map(({ kind, name, isReady, restarts, reason }) => ({ kind, name, isReady, restarts, reason })),
    link: run.deps.telemetry.linkTo({ kind: 'logs', query, window }),
  };
}

/** Whether a log is the report of an object's state or of a database's work rather than a message that a program wrote. */
export function isReport({ attributes }: LogEvent): boolean {
  return ['pod', 'deployment', 'node', 'performance_insights'].some(
    (key) => typeof attributes[key] === 'object' && attributes[key] !== null,
  );
}
