import type { TemplateFinding } from '../../diagnosis/findings';
import { formatCount, formatPlural } from '../../domain/format';
import { isErrorStatus, type LogEvent } from '../../domain/log';
import { burstingTemplates, MAX_MESSAGE } from '../../signals/logTemplates';
import type { Gathered } from '../gathered';
import { searchAll, searchTerm } from '../queries';
import type { Run } from '../run';

const MAX_A_SERVICE = 2;
const MAX_WRITTEN = 8;
/** A warning of another service than the alerting one is business as usual until it is seen this often: a quiet hour misses rare ones by chance. */
const MIN_WARNINGS = 3;

/**
 * Messages of errors and warnings that are new or burst, by service. The quiet sample is weighed by how much of the time it
 * covers, since both samples are cut at a limit.
 */
export function logFindings(gathered: Gathered, run: Run): readonly TemplateFinding[] {
  const loud = distinct([...gathered.errorLogs.items, ...gathered.logs.items]).filter(isTelling);
  const quiet = gathered.quietLogs.items.filter(isTelling);
  const weight = spanOf(loud) > 0 && spanOf(quiet) > 0 ? Math.min(1, spanOf(loud) / spanOf(quiet)) : 1;
  const errors = new Set(loud.filter((event) => isErrorStatus(event.status)).map((event) => event.message.slice(0, MAX_MESSAGE)));
  const isOwn = (service: string) => gathered.opening.service === null || service === gathered.opening.service;
  const services = [...new Set(loud.map((event) => event.service))];
  const ranked = services
    .flatMap((service) =>
      burstingTemplates(messagesOf(quiet, service), messagesOf(loud, service), weight)
        .filter((change) => change.during >= MIN_WARNINGS || isOwn(service) || errors.has(change.example))
        .slice(0, MAX_A_SERVICE)
        .map((change) => ({ service, change })),
    )
    .sort((a, b) => b.change.during - a.change.during)
    .slice(0, MAX_WRITTEN);
  return ranked.map((finding) => ({ ...finding, evidence: write(finding, gathered, run) }));
}

const isTelling = (event: LogEvent) => isErrorStatus(event.status) || event.status === 'warn';

function messagesOf(events: readonly LogEvent[], service: string): string[] {
  return events.filter((event) => event.service === service).map((event) => event.message);
}

function distinct(events: readonly LogEvent[]): LogEvent[] {
  const seen = new Map(events.map((event) => [`${event.timestampMs} ${event.service} ${event.host} ${event.message}`, event]));
  return [...seen.values()];
}

function spanOf(events: readonly LogEvent[]): number {
  const times = events.map((event) => event.timestampMs);
  return times.length < 2 ? 0 : Math.max(...times) - Math.min(...times);
}

function write({ service, change }: Omit<TemplateFinding, 'evidence'>, gathered: Gathered, run: Run): string {
  const window = gathered.windows.incident;
  const env = gathered.opening.env === null ? null : searchTerm('env', gathered.opening.env);
  const query = searchAll(searchTerm('service', service), env, 'status:(warn OR error OR critical OR alert OR emergency)');
  const novelty = change.isNew ? 'not seen in the quiet hour' : `${formatCount(change.before)} in the quiet hour`;
  return run.evidence.add({
    kind: 'logs',
    source: 'datadog',
    query,
    window,
    summary: `${service} logged ${formatPlural(change.during, 'message')} like "${change.example}" (${novelty}).`,
    value: { service, template: change.template, before: change.before, during: change.during },
    link: run.deps.telemetry.linkTo({ kind: 'logs', query, window }),
  });
}
