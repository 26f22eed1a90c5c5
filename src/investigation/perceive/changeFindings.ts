import type { ChangeFinding } from '../../diagnosis/findings';
import type { Change } from '../../domain/change';
import { formatAge, formatSha } from '../../domain/format';
import type { Gathered } from '../gathered';
import { searchAll, searchTerm } from '../queries';
import type { Run } from '../run';
import { changesWindow } from '../windows';

const MAX_WRITTEN = 12;

/** Changes up to the present, those nearest to the onset first; each is evidence. */
export function changeFindings({ changes, opening }: Gathered, onsetMs: number, run: Run): readonly ChangeFinding[] {
  const window = changesWindow(opening.alert.firedAtMs, run.deps.clock.nowMs());
  return [...changes]
    .sort((a, b) => Math.abs(a.timestampMs - onsetMs) - Math.abs(b.timestampMs - onsetMs))
    .slice(0, MAX_WRITTEN)
    .map((change) => ({
      change,
      evidence: run.evidence.add({
        kind: 'change',
        source: 'datadog',
        query: searchAll('-source:alert', change.service === null ? null : searchTerm('service', change.service)),
        window,
        summary: `${KIND_WORDS[change.kind]}${change.service === null ? '' : ` of ${change.service}`}, ${relative(change, onsetMs)}: ${described(change)}`,
        value: {
          kind: change.kind,
          service: change.service,
          at: new Date(change.timestampMs).toISOString(),
          version: change.version,
          commit: change.commit,
        },
        link: null,
      }),
    }));
}

const KIND_WORDS: Readonly<Record<Change['kind'], string>> = {
  deployment: 'Deployment',
  feature_flag: 'Feature flag',
  config: 'Configuration change',
  scaling: 'Scaling',
  other: 'Event',
};

function described({ title, text, commit }: Change): string {
  return [title, text.slice(0, 200), commit === null ? '' : `commit ${formatSha(commit)}`].filter((part) => part !== '').join('; ');
}

function relative({ timestampMs }: Change, onsetMs: number): string {
  const age = formatAge(timestampMs, onsetMs);
  if (age === 'just now') return 'as the incident began';
  return timestampMs < onsetMs
    ? `${age.replace(' ago', '')} before the incident began`
    : `${age.replace('in ', '')} after the incident began`;
}
