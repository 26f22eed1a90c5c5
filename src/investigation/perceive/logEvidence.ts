import type { LogPattern } from '../../domain/evidenceDetail';
import type { LogEvent } from '../../domain/log';
import type { Gathered } from '../gathered';
import { searchAll, searchTerm } from '../queries';
import type { Run } from '../run';

/** A pattern of log messages that is worth a fact. */
export interface FoundPattern extends Pick<LogPattern, 'template' | 'example' | 'change' | 'before' | 'during' | 'event'> {
  readonly service: string;
  /** The messages of the incident that have it. */
  readonly events: readonly LogEvent[];
  /** The statuses that the query asks for; null for all. */
  readonly status: string | null;
  readonly summary: string;
}

/** Writes a pattern down with the query and the link that show its messages; where it vanished, those of the quiet hour. Returns the id. */
export function writeLogPattern(found: FoundPattern, gathered: Gathered, run: Run): string {
  const { service, template, example, change, before, during, event, events, status, summary } = found;
  const window = change === 'vanished' ? gathered.windows.baseline : gathered.windows.incident;
  const env = gathered.opening.env === null ? null : searchTerm('env', gathered.opening.env);
  const query = searchAll(searchTerm('service', service), env, status === null ? null : `status:(${status})`);
  const times = events.map(({ timestampMs }) => timestampMs);
  const firstMs = times.length === 0 ? null : times.reduce((least, each) => Math.min(least, each));
  const lastMs = times.length === 0 ? null : times.reduce((most, each) => Math.max(most, each));
  return run.evidence.add({
    kind: 'logs',
    source: 'datadog',
    query,
    window,
    summary,
    value: { service, template, before, during },
    link: run.deps.telemetry.linkTo({ kind: 'logs', query, window }),
    detail: { kind: 'logPattern', template, example, change, before, during, firstMs, lastMs, event },
  });
}
