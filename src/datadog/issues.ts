import type { IssuesSearchResponse } from '@datadog/datadog-api-client/dist/packages/datadog-api-client-v2/models/IssuesSearchResponse';
import type { ErrorIssue } from '../domain/errorIssue';
import { fieldsOf, textOrNull } from './values';

/** Issues of an error-tracking search that included them; one that Datadog left out keeps its id and count. */
export function issuesOf(response: IssuesSearchResponse): ErrorIssue[] {
  const included = new Map<string, Readonly<Record<string, unknown>>>();
  for (const item of response.included ?? []) {
    const { id, type, attributes } = fieldsOf(rawOf(item) ?? item);
    if (type === 'issue' && typeof id === 'string') included.set(id, fieldsOf(attributes));
  }
  return (response.data ?? []).map(({ id, attributes, relationships }) => {
    const issueId = relationships?.issue?.data?.id ?? id;
    return issueOf(issueId, attributes.totalCount ?? 0, included.get(issueId) ?? {});
  });
}

/** `issue` has the client's names, or those of the wire where the client met a value that it does not know. */
function issueOf(id: string, count: number, issue: Readonly<Record<string, unknown>>): ErrorIssue {
  const text = (camel: string, snake: string) => textOrNull(issue[camel]) ?? textOrNull(issue[snake]);
  const number = (camel: string, snake: string) => [issue[camel], issue[snake]].find((value) => typeof value === 'number') ?? null;
  return {
    id,
    service: textOrNull(issue.service) ?? '',
    type: text('errorType', 'error_type') ?? '',
    message: text('errorMessage', 'error_message') ?? '',
    file: text('filePath', 'file_path'),
    function: text('functionName', 'function_name'),
    count,
    firstSeenMs: number('firstSeen', 'first_seen'),
    lastSeenMs: number('lastSeen', 'last_seen'),
    firstSeenVersion: text('firstSeenVersion', 'first_seen_version'),
    lastSeenVersion: text('lastSeenVersion', 'last_seen_version'),
    state: textOrNull(issue.state) ?? 'OPEN',
  };
}

/** What was sent, for an item that the client gave up on because of an enum value newer than itself. */
const rawOf = (item: unknown): unknown => fieldsOf(item)._data;
