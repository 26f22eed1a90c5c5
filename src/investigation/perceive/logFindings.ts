import type { TemplateFinding } from '../../diagnosis/findings';
import { formatCount, formatPlural } from '../../domain/format';
import { isErrorStatus, type LogEvent } from '../../domain/log';
import { keyEventOf } from '../../signals/logs/keyEvents';
import { MAX_EXAMPLE } from '../../signals/logs/row';
import { type ChangedTemplate, changedTemplates } from '../../signals/logs/templateChange';
import type { Gathered } from '../gathered';
import type { Run } from '../run';
import { writeLogPattern } from './logEvidence';
import { weightBetween } from './logWeight';
import { isReporter } from './platformReporters';
import { isReport } from './workloads';

const MAX_A_SERVICE = 2;
const MAX_WRITTEN = 8;
/** A warning of another service than the alerting one is business as usual until it is seen this often: a quiet hour misses rare ones by chance. */
const MIN_WARNINGS = 3;

interface LoudTemplate {
  readonly service: string;
  readonly changed: ChangedTemplate;
  readonly events: readonly LogEvent[];
}

/**
 * Messages of errors and warnings that are new or burst, by service. The quiet sample is weighed by how much of the time it
 * covers, since both samples are cut at a limit.
 */
export function logFindings(gathered: Gathered, run: Run): readonly TemplateFinding[] {
  const loud = telling(loudLogs(gathered));
  const quiet = telling(gathered.quietLogs.items);
  const weight = weightBetween(loud, quiet);
  const isOwn = (service: string) => gathered.opening.service === null || service === gathered.opening.service;
  const services = [...new Set(loud.map((event) => event.service))];
  const ranked = services
    .flatMap((service) =>
      loudTemplates(service, loud, quiet, weight)
        .filter(
          ({ changed, events }) => changed.during >= MIN_WARNINGS || isOwn(service) || events.some(({ status }) => isErrorStatus(status)),
        )
        .slice(0, MAX_A_SERVICE),
    )
    .sort((a, b) => b.changed.during - a.changed.during)
    .slice(0, MAX_WRITTEN);
  return ranked.map((found) => {
    const { template, example, before, during, change } = found.changed;
    const evidence = write(found, gathered, run);
    const lastSeenMs = Math.max(...found.events.map(({ timestampMs }) => timestampMs));
    return { service: found.service, change: { template, example, before, during, isNew: change === 'new' }, lastSeenMs, evidence };
  });
}

/** All logs of the incident, each once though two searches found it. */
export function loudLogs({ errorLogs, logs }: Gathered): readonly LogEvent[] {
  const seen = new Map(
    [...errorLogs.items, ...logs.items].map((event) => [`${event.timestampMs} ${event.service} ${event.host} ${event.message}`, event]),
  );
  return [...seen.values()];
}

/** Errors and warnings that programs wrote. */
export function telling(events: readonly LogEvent[]): readonly LogEvent[] {
  return events.filter(
    (event) => (isErrorStatus(event.status) || event.status === 'warn') && !isReport(event) && !isReporter(event.service),
  );
}

function loudTemplates(service: string, loud: readonly LogEvent[], quiet: readonly LogEvent[], weight: number): readonly LoudTemplate[] {
  const own = loud.filter((event) => event.service === service);
  const before = quiet.filter((event) => event.service === service).map(({ message }) => message);
  const during = own.map(({ message }) => message);
  return changedTemplates(before, during, weight)
    .filter(({ change }) => change === 'new' || change === 'bursting')
    .map((changed) => ({ service, changed, events: changed.places.flatMap((at) => own[at] ?? []) }));
}

function write({ service, changed, events }: LoudTemplate, gathered: Gathered, run: Run): string {
  const { template, example, before, during, change } = changed;
  const novelty = change === 'new' ? 'not seen in the quiet hour' : `${formatCount(before)} in the quiet hour`;
  return writeLogPattern(
    {
      service,
      template,
      example: example.slice(0, MAX_EXAMPLE),
      change,
      before,
      during,
      events,
      event: keyEventOf(example),
      status: 'warn OR error OR critical OR alert OR emergency',
      summary: `${service} logged ${formatPlural(during, 'message')} like "${example}" (${novelty}).`,
    },
    gathered,
    run,
  );
}
