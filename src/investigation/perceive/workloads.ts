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
  const pods = all.filter(({ kind, isLeaving }) => kind === 'pod' && !isLeaving);
  const none = pods.length === 0 ? [] : absentWords(pods, gathered);
  if (none.length > 0)
    run.evidence.add(
      factOf(
        pods,
        `Of ${formatPlural(pods.length, 'pod')} that serve${pods.length === 1 ? 's' : ''}, none ${none.join(', none ')}.`,
        gathered,
        run,
      ),
    );
  return [...troubled.flatMap((state) => write([state], `${state.text}.`)), ...well];
}

/** Troubles of pods by the words that platforms use for them. */
const TROUBLES: readonly (readonly [string, RegExp])[] = [
  ['was killed for its memory (OOMKilled)', /oom.?kill|exit code 137/i],
  ['waits for its image (ImagePullBackOff)', /image.?pull|errimage|pull(ing)? image|invalidimage/i],
  ['waits for a node (FailedScheduling, Pending)', /failedscheduling|unschedulable|pending/i],
  ['loops (CrashLoopBackOff)', /crash.?loop|restarting failed/i],
  ['fails its probes (liveness, readiness)', /probe failed|failed [\w ]*probe|unhealthy/i],
  ['was evicted', /evict/i],
];

/** The troubles that neither a pod's state nor an event of the platform speaks of. */
function absentWords(pods: readonly WorkloadState[], { changes }: Gathered): readonly string[] {
  const said = [...pods.map(({ text, reason }) => `${reason ?? ''} ${text}`), ...changes.map(({ title, text }) => `${title} ${text}`)].join(
    '\n',
  );
  return TROUBLES.flatMap(([words, sign]) => (sign.test(said) ? [] : [words]));
}

function wellWords(kind: WorkloadState['kind'], states: readonly WorkloadState[]): string {
  const names = states
    .slice(0, MAX_NAMES)
    .map(({ name }) => name)
    .join(', ');
  const more = states.length > MAX_NAMES ? ', …' : '';
  if (kind === 'pod') return `${formatPlural(states.length, 'pod')} healthy, Running and Ready with 0 restarts: ${names}${more}.`;
  if (kind === 'node')
    return `${formatPlural(states.length, 'node')} healthy, Ready, with no memory pressure, disk pressure or PID pressure: ${names}${more}.`;
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
