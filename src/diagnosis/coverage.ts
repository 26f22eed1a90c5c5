import type { ConfidenceFactor } from '../domain/hypothesis';
import { type CalibrationGroup, calibrationGroup } from './calibration';
import type { Claim } from './rivals';
import type { SourceName, SourceReading, Sources } from './sources';

/** What a claim is read off: a resource and the load on it are seen in metrics, and what broke otherwise is mostly said. */
type ClaimKind = Exclude<CalibrationGroup, 'cause'> | 'resource' | 'event';

/**
 * Of what is claimed like this, the share that shows in a source alone: what is lost where it was not read. A commit is known by
 * its change and by errors, frames and slow calls; a place by comparing services along their calls; and that all is well by what
 * would have been seen otherwise. A source that is not named tells nothing of such a claim. Of the order of what was lost when one
 * source at a time was left out of recorded incidents.
 */
const SHOWN_ALONE: Readonly<Record<ClaimKind, Partial<Record<SourceName, number>>>> = {
  commit: { changes: 0.3, logs: 0.08, spans: 0.03 },
  resource: { metrics: 0.1 },
  event: { changes: 0.1, logs: 0.1, spans: 0.03 },
  place: { metrics: 0.7, calls: 0.35, spans: 0.02 },
  healthy: { metrics: 0.3, logs: 0.1, spans: 0.03, alert: 0.02 },
};

const RESOURCE_KINDS: ReadonlySet<string> = new Set(['resource_exhaustion', 'traffic_surge']);

function claimKind(claim: Pick<Claim, 'kind' | 'commit'>): ClaimKind {
  const group = calibrationGroup(claim);
  if (group !== 'cause') return group;
  return RESOURCE_KINDS.has(claim.kind) ? 'resource' : 'event';
}

const NAMES: Readonly<Record<SourceName, string>> = {
  metrics: 'metrics',
  logs: 'logs',
  spans: 'spans',
  calls: 'calls between services',
  alert: 'values of the alerting metric',
  changes: 'changes',
};

/**
 * coverage = Π (1 − share of such causes that a source shows alone × how much of it was not read), over the sources that the claim
 * draws on; 1 where all were read, whatever they said. It is the chance that what was read could have shown another cause, so it
 * multiplies the calibrated confidence, which is how often a claim came true that could be checked.
 */
export function coverageOf(claim: Pick<Claim, 'kind' | 'commit'>, sources: Sources): ConfidenceFactor {
  const shown = Object.entries(SHOWN_ALONE[claimKind(claim)]) as [SourceName, number][];
  const value = shown.reduce((product, [name, alone]) => product * (1 - alone * (1 - sources[name].share)), 1);
  const gaps = shown.map(([name]) => ({ name: NAMES[name], state: sources[name].state })).filter(({ state }) => state !== 'read');
  return {
    name: 'coverage',
    value: Math.round(value * 1000) / 1000,
    reason: gaps.length === 0 ? 'all that such a claim draws on was read' : `${gapText(gaps)}, so this is less sure`,
  };
}

function gapText(gaps: readonly { readonly name: string; readonly state: SourceReading['state'] }[]): string {
  const named = (wanted: SourceReading['state'], separator = ' and ') =>
    gaps
      .filter(({ state }) => state === wanted)
      .map(({ name }) => name)
      .join(separator);
  const [failed, absent, partly] = [named('failed'), named('absent', ' and no '), named('partly')];
  return [
    failed === '' ? '' : `${failed} could not be read`,
    absent === '' ? '' : `there are no ${absent} to read`,
    partly === '' ? '' : `${partly} were read in part only`,
  ]
    .filter((text) => text !== '')
    .join('; ');
}

/** What a hypothesis or its factors say of it; 1 for those that were never weighed. */
export function coverageIn(factors: readonly ConfidenceFactor[]): number {
  return factors.find(({ name }) => name === 'coverage')?.value ?? 1;
}
