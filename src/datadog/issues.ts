import type { IssuesSearchResponse } from '@datadog/datadog-api-client/dist/packages/datadog-api-client-v2/models/IssuesSearchResponse';
import type { ErrorIssue } from '../domain/errorIssue';
import { fieldsOf, textOrNull } from './values';

/** Issues of an error-tracking search that included them; one that Datadog left out keeps its id and count. */
export function issuesOf(response: IssuesSearchResponse): ErrorIssue[] {
  const included = new Map<string, Readonly<Record<string, unknown>>>();
  for (const item of response.included ?? []) {
    const { id, type, attributes } = fieldsOf(item);
    if (type === 'issue' && typeof id === 'string') included.set(id, fieldsOf(attributes));
  }
  return (response.data ?? []).map(({ id, attributes, relationships }) => {
    const issueId = relationships?.issue?.data?.id ?? id;
    return issueOf(issueId, attributes.totalCount ?? 0, included.get(issueId) ?? {});
  });
}

/** `issue` has the client's names; what the client could not read is left out. */
function issueOf(id: string, count: number, issue: Readonly<Record<string, unknown>>): ErrorIssue {
  const number = (value: unknown) => (typeof value === 'number' ? value : null);
  return {
    id,
    service: textOrNull(issue.service) ?? '',
    type: textOrNull(issue.errorType) ?? '',
    message: textOrNull(issue.errorMessage) ?? '',
    file: textOrNull(issue.filePath),
    function: textOrNull(issue.functionName),
    count,
    firstSeenMs: number(issue.firstSeen),
    lastSeenMs: number(issue.lastSeen),
    firstSeenVersion: textOrNull(issue.firstSeenVersion),
    lastSeenVersion: textOrNull(issue.lastSeenVersion),
    state: textOrNull(issue.state) ?? 'OPEN',
  };
}
