import * as z from 'zod';
import type { TimeWindow } from '../../domain/timeSeries';
import type { ApiContext } from '../context';
import { HttpError, type HttpReply, type HttpRequest, type Route } from '../http';
import { valuesAt } from '../query/searchMatch';
import type { StoredIssue, TelemetryStore } from '../store/store';
import { matchingLogs } from './logs';
import { bodyOf, listParam, ok, reshaped } from './requests';
import { matchingSpans } from './spans';

const searchSchema = z.looseObject({
  data: z.looseObject({
    type: z.literal('search_request'),
    attributes: z.looseObject({
      query: z.string(),
      from: z.number(),
      to: z.number(),
      track: z.enum(['trace', 'logs', 'rum']).optional(),
      persona: z.enum(['ALL', 'BROWSER', 'MOBILE', 'BACKEND']).optional(),
      order_by: z.enum(['TOTAL_COUNT', 'FIRST_SEEN', 'IMPACTED_SESSIONS', 'PRIORITY']).optional(),
      states: z.array(z.string()).optional(),
    }),
  }),
});
type Search = z.infer<typeof searchSchema>['data']['attributes'];

const MAX_ISSUES = 100;

/** Error Tracking: issue search and one issue, errors in the JSON:API shape. There is no RUM, so that track is empty. */
export function issueRoutes({ store, clock }: ApiContext): readonly Route[] {
  return [
    {
      method: 'POST',
      path: '/api/v2/error-tracking/issues/search',
      auth: 'app',
      rateLimit: 'error_tracking',
      handle: (request) => reshaped('jsonApi', () => search(store, request)),
    },
    {
      method: 'GET',
      path: '/api/v2/error-tracking/issues/:issue_id',
      auth: 'app',
      rateLimit: 'error_tracking',
      handle({ params }) {
        for (const issue of store.issues({ fromMs: 0, toMs: clock.nowMs() + 1 }))
          if (issue.id === params.issue_id) return ok({ data: issueBody(issue) });
        throw new HttpError(404, 'issue not found', 'jsonApi');
      },
    },
  ];
}

function search(store: TelemetryStore, request: HttpRequest): HttpReply {
  const wanted = bodyOf(request, searchSchema).data.attributes;
  if (wanted.track === undefined && wanted.persona === undefined) throw new HttpError(400, 'one of track or persona is required');
  if (wanted.from >= wanted.to) throw new HttpError(400, "'from' must be before 'to'");
  const window = { fromMs: wanted.from, toMs: wanted.to };
  const matching = matchingIssueIds(store, wanted, window);
  const isOpenWanted = wanted.states === undefined || wanted.states.length === 0 || wanted.states.includes('OPEN');
  const issues = isOpenWanted ? [...store.issues(window)].filter((issue) => matching.has(issue.id)) : [];
  const sorted = issues.sort(wanted.order_by === 'FIRST_SEEN' ? (a, b) => b.firstSeenMs - a.firstSeenMs : (a, b) => b.count - a.count);
  const page = sorted.slice(0, MAX_ISSUES);
  const hasInclude = listParam(request.query, 'include').includes('issue');
  return ok({ data: page.map(resultBody), ...(hasInclude ? { included: page.map(issueBody) } : {}) });
}

/** Issues of the errors in spans and logs that the query matches, so that every field of theirs can be searched for. */
function matchingIssueIds(store: TelemetryStore, { query, track, persona }: Search, window: TimeWindow): Set<string> {
  const ids = new Set<string>();
  const isBackend = track === undefined && (persona === 'ALL' || persona === 'BACKEND');
  if (track === 'trace' || isBackend) {
    for (const { meta } of matchingSpans(store, query, window)) if (meta['issue.id'] !== undefined) ids.add(meta['issue.id']);
  }
  if (track === 'logs' || isBackend) {
    for (const { attributes } of matchingLogs(store, query, window)) for (const id of valuesAt(attributes, 'issue.id')) ids.add(String(id));
  }
  return ids;
}

function resultBody({ id, count }: StoredIssue): object {
  return {
    id,
    type: 'error_tracking_search_result',
    attributes: { total_count: count, impacted_sessions: 0, impacted_users: 0 },
    relationships: { issue: { data: { id, type: 'issue' } } },
  };
}

function issueBody(issue: StoredIssue): object {
  return {
    id: issue.id,
    type: 'issue',
    attributes: {
      service: issue.service,
      error_type: issue.type,
      error_message: issue.message,
      file_path: issue.file ?? '',
      function_name: issue.function ?? '',
      languages: languagesOf(issue.file),
      platform: 'BACKEND',
      state: 'OPEN',
      first_seen: issue.firstSeenMs,
      first_seen_version: issue.firstSeenVersion ?? '',
      last_seen: issue.lastSeenMs,
      last_seen_version: issue.lastSeenVersion ?? '',
      is_crash: false,
    },
    relationships: {},
  };
}

const LANGUAGES: Readonly<Record<string, string>> = {
  js: 'JAVASCRIPT',
  mjs: 'JAVASCRIPT',
  cjs: 'JAVASCRIPT',
  jsx: 'JAVASCRIPT',
  ts: 'TYPESCRIPT',
  tsx: 'TYPESCRIPT',
  py: 'PYTHON',
  java: 'JAVA',
  kt: 'KOTLIN',
  go: 'GO',
  rb: 'RUBY',
  php: 'PHP',
  cs: 'C_SHARP',
  rs: 'RUST',
  scala: 'SCALA',
  ex: 'ELIXIR',
};

function languagesOf(file: string | null): string[] {
  const extension = /\.(\w+)$/.exec(file ?? '')?.[1]?.toLowerCase() ?? '';
  return Object.hasOwn(LANGUAGES, extension) ? [LANGUAGES[extension] ?? 'UNKNOWN'] : [];
}
