import { findCarriers } from '../../code/carriers';
import type { SlowedCall, SuspectInput } from '../../code/suspectInput';
import type { Findings } from '../../diagnosis/findings';
import { observedSymptoms } from '../../diagnosis/observedSymptoms';
import type { Change } from '../../domain/change';
import { downstreamOf, upstreamOf } from '../../signals/topology';
import type { Gathered, HeldCommit } from '../gathered';
import type { FailingPlaces } from './failingPlaces';
import type { GitEvidence } from './gitEvidence';
import type { JudgedService } from './judgedServices';
import { symptomTexts } from './symptomTexts';

/** What was read for the ranking. */
export interface Reading {
  readonly places: FailingPlaces;
  readonly git: GitEvidence;
}

/** What the commits are held against when one service is judged. */
export async function suspectInput(
  { commits, changes }: Gathered,
  findings: Findings,
  { places, git }: Reading,
  { service, suffering, role }: JudgedService,
  signal: AbortSignal,
): Promise<SuspectInput> {
  const texts = symptomTexts(findings, suffering);
  return {
    commits: commits.map(({ commit }) => commit),
    ...git,
    // Frames and lines tell about the service that they are of; another one's files may be called alike.
    ...(service === null || places.service === null || service === places.service
      ? { failingFrames: places.frames }
      : { failingFrames: [], histories: [], blamed: [] }),
    ...texts,
    symptoms: observedSymptoms(findings, suffering, texts.errorText),
    levels: findings.metrics.map(({ change }) => ({ metric: change.series.metric, before: change.before, during: change.during })),
    ...connectedWith(findings, service),
    slowedCalls: service === null ? [] : slowedCalls(findings, service),
    flags: changes.filter((change) => change.kind === 'feature_flag'),
    role,
    service,
    symptom: symptomOf(findings),
    onsetMs: findings.onsetMs,
    deployments: changes.filter((change) => change.kind === 'deployment'),
    carriers: await carriersOf(commits, changes, service, signal),
  };
}

function connectedWith({ graph }: Findings, service: string | null): Pick<SuspectInput, 'connected'> {
  if (service === null) return {};
  const connected = new Set([...upstreamOf(graph, service), ...downstreamOf(graph, service)]);
  return connected.size === 0 ? {} : { connected };
}

/** What became slower in the service and in all that it calls, directly or through others: within its usual time its calls were done. */
function slowedCalls({ slow, graph }: Findings, service: string): readonly SlowedCall[] {
  const isWithin = (other: string) => other === service || upstreamOf(graph, other).includes(service);
  return slow.flatMap(({ operation: { before, during } }) =>
    before !== null && isWithin(during.service) ? [{ beforeMs: before.medianMs, duringMs: during.medianMs }] : [],
  );
}

function symptomOf({ symptom }: Findings): SuspectInput['symptom'] {
  if (symptom === 'latency') return 'latency';
  return symptom === 'errors' || symptom === 'availability' ? 'errors' : 'other';
}

async function carriersOf(commits: readonly HeldCommit[], changes: readonly Change[], service: string | null, signal: AbortSignal) {
  const carriers = new Map<string, NonNullable<SuspectInput['carriers']> extends ReadonlyMap<string, infer C> ? C : never>();
  for (const repository of new Set(commits.map((held) => held.repository))) {
    const own = commits.filter((held) => held.repository === repository).map(({ commit }) => commit);
    for (const [sha, carrier] of await findCarriers(own, changes, repository, service, signal)) carriers.set(sha, carrier);
  }
  return carriers;
}
