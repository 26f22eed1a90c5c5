import type { Evidence, EvidenceKind } from '../../domain/evidence';
import { formatSha } from '../../domain/format';
import type { Hypothesis } from '../../domain/hypothesis';
import { withFullStop } from '../../domain/sentence';
import type { Draft, GuideInput } from './draft';

/** What to do with a fact; `of` is ` of shop`, or empty. */
const SEE: Readonly<Record<EvidenceKind, (of: string) => string>> = {
  monitor: () => 'Look at the monitor',
  metric: (of) => `See how the metric${of} moved`,
  logs: (of) => `Read the log messages${of}`,
  spans: (of) => `Open the failing requests${of}`,
  trace: () => 'Open the trace',
  error: (of) => `Read the errors${of}`,
  change: (of) => `Look at the changes and events${of}`,
  commit: () => 'Read the commit',
  dependency: () => 'See who calls whom',
  forecast: () => 'Look at the forecast',
};

/** Open the line, and see the strongest fact with one's own eyes. */
export function look(input: GuideInput, best: Hypothesis): readonly Draft[] {
  return [...place(best), ...strongest(input.evidence, best)];
}

function place({ location, commit, evidenceFor }: Hypothesis): readonly Draft[] {
  if (location === null) return [];
  const name = location.function === null ? '' : ` (${location.function})`;
  return [
    {
      title: `Open ${location.file}:${location.line}${name}`,
      rationale: commit === null ? 'This is the line that fails.' : `Commit ${formatSha(commit)} changed what fails here.`,
      action: 'open_code',
      minutes: 5,
      evidence: evidenceFor,
      link: null,
    },
  ];
}

function strongest(evidence: readonly Evidence[], { evidenceFor, service }: Hypothesis): readonly Draft[] {
  const shown = evidenceFor
    .map((id) => evidence.find((fact) => fact.id === id))
    .find((fact) => fact !== undefined && fact.kind !== 'commit');
  if (shown === undefined) return [];
  const isOwn = service !== null && shown.summary.includes(service);
  return [
    {
      title: SEE[shown.kind](isOwn ? ` of ${service}` : ''),
      rationale: withFullStop(shown.summary),
      action: shown.link === null ? 'run_query' : 'open_link',
      minutes: 3,
      evidence: [shown.id],
      link: shown.link,
    },
  ];
}
