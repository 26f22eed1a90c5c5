import type { Findings } from '../../diagnosis/findings';
import type { Change } from '../../domain/change';
import type { Evidence } from '../../domain/evidence';
import { formatSha } from '../../domain/format';

const CLOCK_SLACK_MS = 2 * 60_000;

/** The deployment that the facts about a commit say it came with: a later one of the same service still holds it. */
export function arrivalOf({ changes }: Findings, sha: string, evidence: readonly Evidence[]): Change | null {
  const told = evidence.filter(({ kind, summary }) => kind === 'commit' && summary.startsWith(`Commit ${formatSha(sha)} `));
  const deployed = changes.map(({ change }) => change).filter(({ kind, version }) => kind === 'deployment' && version !== null);
  return (
    deployed.find(({ service, version }) => told.some(({ summary }) => summary.includes(`deployment of ${service} ${version} at `))) ?? null
  );
}

/** The last deployment of the service before the onset. */
export function carrierOf({ changes, onsetMs }: Findings, service: string | null): Change | null {
  const deployed = changes
    .map(({ change }) => change)
    .filter((change) => change.kind === 'deployment' && change.service === service && change.timestampMs <= onsetMs + CLOCK_SLACK_MS);
  return deployed.reduce<Change | null>((last, change) => (last !== null && last.timestampMs >= change.timestampMs ? last : change), null);
}
