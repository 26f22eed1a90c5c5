import { ownWords } from '../../domain/ownWords';
import type { Findings, GaugeFinding, Statement, WorkloadFinding } from '../findings';
import type { Topic } from './topics';

/** A statement this long before the onset, or less, can be about the incident. */
const NEAR_MS = 60 * 60_000;

/** Whether a statement speaks of something; what a log line quotes is not said by the program. */
export function says({ source, text }: Statement, words: RegExp): boolean {
  return words.test(source === 'log' ? ownWords(text) : text);
}

/** Statements of the incident's time that speak of a topic; the alert's own words only tell what somebody noticed. */
export function saying({ statements, onsetMs }: Findings, { said }: Topic): readonly Statement[] {
  return statements.filter((one) => one.source !== 'alert' && one.lastMs >= onsetMs - NEAR_MS && says(one, said));
}

/** Whether the alert itself speaks of the topic. */
export function isAlertAbout({ statements }: Findings, { said }: Topic): boolean {
  return statements.some(({ source, text }) => source === 'alert' && said.test(text));
}

export function gaugesOf({ gauges }: Findings, { resources }: Topic): readonly GaugeFinding[] {
  return gauges.filter(({ resource }) => resources.includes(resource));
}

/** Whether a gauge is in a state that hurts now; more work being done hurts nobody by itself. */
export function isBad({ state, resource }: GaugeFinding): boolean {
  if (state === 'full') return resource !== 'traffic' && resource !== 'network' && resource !== 'restarts';
  if (state === 'fallen') return resource === 'memory' || resource === 'disk' || resource === 'replicas';
  if (state !== 'risen') return false;
  return ['replication', 'latency', 'queue', 'connections', 'errors', 'restarts', 'quota', 'replicas'].includes(resource);
}

/** Workloads in trouble that are the service's own, not what is left of an older version. */
export function troubledWorkloads({ workloads }: Findings): readonly WorkloadFinding[] {
  return workloads.filter(({ isReady, isLeaving }) => !isReady && !isLeaving);
}

/** Whether the platform reports workloads and all of them are as wanted. */
export function areWorkloadsWell(findings: Findings): boolean {
  return findings.workloads.some(({ kind }) => kind !== 'node') && troubledWorkloads(findings).length === 0;
}

/** Ids without those that were not written down, each once. */
export function idsOf(...facts: readonly (readonly { readonly evidence: string | null }[])[]): readonly string[] {
  return [...new Set(facts.flat().flatMap(({ evidence }) => (evidence === null ? [] : [evidence])))];
}
