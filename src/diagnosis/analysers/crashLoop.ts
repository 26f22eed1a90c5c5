import { oneLine } from '../../domain/plainText';
import { headline } from '../../domain/sentence';
import { type Explanation, explanation } from '../explanation';
import type { Findings } from '../findings';
import type { IncidentAnalyser } from './analyser';
import { misconfiguration } from './misconfiguration';
import { gaugesOf, idsOf, isBad, saying, says } from './signs';
import { CONNECTIONS, CRASH, DISK, MEMORY, NETWORK } from './topics';

const LOOPS = /crashloop|error|oomkilled|runcontainererror|startererror/i;
const STRENGTH = 0.7;
const MAX_SAID = 110;
const FATAL = /panic|fatal|unhandled|uncaught|exception|traceback|segmentation fault|assert/i;

/**
 * Containers that end and are started again. Why they end is what counts: memory, configuration and dependencies have analysers of
 * their own; what is left is the program that ends by its own error.
 */
export const crashLoop: IncidentAnalyser = {
  type: 'crash_loop',
  look(findings) {
    const pods = findings.workloads.filter(({ kind }) => kind === 'pod');
    const looping = pods.filter(
      ({ isReady, isLeaving, restarts, reason }) => !isLeaving && !isReady && (restarts > 0 || LOOPS.test(reason ?? '')),
    );
    const restarts = gaugesOf(findings, CRASH).filter((gauge) => gauge.resource === 'restarts');
    const leftover = pods.filter(({ isLeaving, restarts: count }) => isLeaving && count > 0);
    const isChecked = pods.length > 0 || restarts.length > 0;
    const isInteresting = looping.length > 0 || (pods.length === 0 && restarts.some(isBad));
    const reason =
      leftover.length > 0
        ? `${leftover[0]?.name} restarts, but it is being removed after a rollout, and the pods that serve are ready`
        : 'Containers that restart or wait in CrashLoopBackOff would be seen, and the pods run without new restarts';
    return {
      explanations: looping.length === 0 ? [] : ownCrash(findings, looping),
      check: {
        isInteresting,
        summary: isInteresting
          ? `${looping.map(({ text }) => text).join('; ') || 'Containers restart'}.`
          : isChecked
            ? `No crash loop: ${reason}.`
            : 'Nothing that was read tells about restarts.',
        evidence: idsOf(looping.length > 0 ? looping : pods, restarts),
        unchecked: isChecked ? [] : ['restarts of containers: no pods and no restart counts were found'],
      },
      ruledOut:
        !isInteresting && isChecked
          ? [{ type: 'crash_loop', service: findings.alerting, reason: `${reason}.`, evidence: idsOf(pods, restarts) }]
          : [],
    };
  },
};

function ownCrash(findings: Findings, looping: Findings['workloads']): readonly Explanation[] {
  const isOfOthers =
    misconfiguration(findings) !== null ||
    [MEMORY, CONNECTIONS, DISK, NETWORK].some((topic) => saying(findings, topic).some(({ isTrouble }) => isTrouble));
  const last = findings.statements.find((one) => one.source === 'log' && one.isTrouble && says(one, FATAL));
  if (isOfOthers || !last || looping.some(({ reason }) => /oom/i.test(reason ?? ''))) return [];
  const service = findings.alerting ?? looping[0]?.service ?? null;
  return [
    explanation({
      kind: 'code_defect',
      title: `${service ?? 'The service'} ends by an error of its own and is restarted: ${headline(oneLine(last.text), MAX_SAID)}`,
      service,
      evidenceClass: 'association',
      strength: STRENGTH,
      strengthReason: 'its last words before it ends are an error of its own',
      evidenceFor: idsOf([last], looping.slice(0, 2)),
      missing: ['what the version that crashes changed against the last one that ran'],
    }),
  ];
}
