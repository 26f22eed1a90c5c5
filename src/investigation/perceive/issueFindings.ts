import type { IssueFinding } from '../../diagnosis/findings';
import type { ErrorIssue } from '../../domain/errorIssue';
import { formatCount } from '../../domain/format';
import type { Gathered } from '../gathered';
import type { Run } from '../run';

const MAX_WRITTEN = 3;

/** Writes down the error tracker's groups that appeared with the incident, most frequent first. */
export function writeIssues({ issues, windows }: Gathered, run: Run): readonly IssueFinding[] {
  const isNew = (issue: ErrorIssue) => issue.firstSeenMs === null || issue.firstSeenMs >= windows.baseline.toMs;
  return [...issues.items]
    .filter(isNew)
    .sort((a, b) => b.count - a.count)
    .slice(0, MAX_WRITTEN)
    .map((issue) => ({
      service: issue.service,
      evidence: run.evidence.add({
        kind: 'error',
        source: 'datadog',
        query: issues.query,
        window: windows.incident,
        summary: `Error tracking: ${issue.type || 'errors'} in ${issue.service}, ${issue.count === 1 ? 'once' : `${formatCount(issue.count)} times`}${placeOf(issue)}: ${issue.message}`,
        value: { ...issue },
        link: run.deps.telemetry.linkTo({ kind: 'issue', id: issue.id }),
      }),
    }));
}

function placeOf({ file, function: name, firstSeenVersion }: ErrorIssue): string {
  const where = [name, file].filter((part) => part !== null).join(' in ');
  return `${where === '' ? '' : ` at ${where}`}${firstSeenVersion === null ? '' : `, first in version ${firstSeenVersion}`}`;
}
