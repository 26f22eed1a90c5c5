import { oneLine } from '../../domain/plainText';
import { headline } from '../../domain/sentence';
import { type Explanation, explanation } from '../explanation';
import type { Findings, Statement } from '../findings';
import { isSettled } from './settled';
import { areWorkloadsWell, idsOf, says, troubledWorkloads } from './signs';
import { PLANNED, type Topic } from './topics';

interface Loss {
  readonly what: string;
  readonly topic: Topic;
}

const NO_ROOM = 'no node has room for its pods';

/** What platforms report when a machine, a zone or a managed instance is lost, or has no room for more work. */
const LOSSES: readonly Loss[] = [
  {
    what: 'its database instance failed over',
    topic: {
      said: /fail(ed|ing)?[ -]?over|primary (host|instance)? ?(is )?(unreachable|unhealthy|failed)|multi-az instance activation|underlying host|(host|hardware) (failure|replacement|failed)/i,
      resources: ['connections'],
    },
  },
  {
    what: 'a node was lost',
    topic: {
      said: /node ?not ?ready|nodenotready|node [\w.-]+ (is )?not ready|kubelet stopped posting|node [\w.-]+ status is now: nodenotready|instance (terminated|is impaired)|spot (instance )?interruption|preempted|status check failed/i,
      resources: ['replicas'],
    },
  },
  {
    what: NO_ROOM,
    topic: {
      said: /insufficient (cpu|memory|pods|ephemeral)|too many pods|max node group size reached|maximum (number of )?replicas/i,
      resources: ['replicas'],
    },
  },
  {
    what: 'its pods were evicted',
    topic: { said: /\bevicted\b|evicting pod|the node was low on resource/i, resources: ['replicas', 'memory', 'disk'] },
  },
  {
    what: 'its network or name service does not work',
    topic: {
      said: /coredns[^.]{0,60}(fail|crash|timeout|unhealthy|down)|eai_again|servfail|network plugin|cni[^.]{0,40}(fail|error)|availability zone [\w-]+ (is )?impaired|volume[^.]{0,60}(attach|detach)[^.]{0,30}(fail|timed out|stuck)/i,
      resources: ['network'],
    },
  },
];

const NEAR_MS = 30 * 60_000;
const SEEN_STRENGTH = 0.85;
const TOLD_STRENGTH = 0.6;
/** Pods wait for room for minutes whenever a cluster grows: what was said of it once, with no pod seen that waits, may be over. */
const PENDING_STRENGTH = 0.3;
const MAX_SAID = 110;

/** A part of the platform was lost around the onset. What was planned, or is over with everything as wanted, is none. */
export function platformOutages(findings: Findings): readonly Explanation[] {
  return LOSSES.flatMap(({ what, topic }) => {
    const near = findings.statements.filter(
      (one) =>
        one.source !== 'alert' &&
        one.lastMs >= findings.onsetMs - NEAR_MS &&
        one.atMs <= findings.onsetMs + 4 * NEAR_MS &&
        says(one, topic.said),
    );
    const nodes = what === 'a node was lost' ? troubledWorkloads(findings).filter(({ kind }) => kind === 'node') : [];
    const isFailover = what.includes('failed over');
    if (isFailover && near.some((one) => says(one, PLANNED))) return [];
    const told = near.filter((statement) => isStill(statement, topic, isFailover, findings));
    return told.length === 0 && nodes.length === 0 ? [] : [outageOf(what, told, nodes, findings)];
  });
}

/** A failover interrupts connections even when it has ended; other losses count while they last. */
function isStill(statement: Statement, topic: Topic, isFailover: boolean, findings: Findings): boolean {
  if (isFailover) return true;
  if (areWorkloadsWell(findings)) return false;
  return statement.isTrouble && !isSettled(statement, topic, findings);
}

function outageOf(what: string, told: readonly Statement[], nodes: Findings['workloads'], findings: Findings): Explanation {
  const service = findings.alerting ?? told[0]?.service ?? null;
  const troubled = troubledWorkloads(findings).filter(({ kind }) => kind !== 'node');
  const dipped = findings.gauges.filter(
    ({ resource, state }) => (resource === 'connections' || resource === 'traffic') && state !== 'calm',
  );
  const isSeen = troubled.length > 0 || nodes.length > 0 || findings.failures.length > 0 || dipped.length > 0;
  const words = told[0]?.text ?? nodes[0]?.text ?? '';
  return explanation({
    kind: 'infrastructure_outage',
    title: `${service ?? 'The service'} lost part of its platform, ${what}: ${headline(oneLine(words), MAX_SAID)}`,
    service,
    evidenceClass: 'mechanism',
    strength: isSeen ? SEEN_STRENGTH : what === NO_ROOM ? PENDING_STRENGTH : TOLD_STRENGTH,
    strengthReason: isSeen ? 'the platform reports it, and its effect is seen' : 'the platform reports it',
    evidenceFor: idsOf(told.slice(0, 4), nodes.slice(0, 2), troubled.slice(0, 2), dipped.slice(0, 2)),
    missing: ['why the platform lost it: the events of the node or the instance at that time'],
  });
}
