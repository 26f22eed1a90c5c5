import type { ChangeFinding, FailureFinding, Statement, TemplateFinding } from '../../diagnosis/findings';
import { isErrorStatus, type LogEvent } from '../../domain/log';
import { ownWords } from '../../domain/ownWords';
import { oneLine } from '../../domain/plainText';
import { changedTemplates } from '../../signals/logs/templateChange';
import type { Gathered } from '../gathered';
import type { Run } from '../run';
import { writeLogPattern } from './logEvidence';
import { loudLogs } from './logFindings';
import { isReporter } from './platformReporters';
import { isReport } from './workloads';

const MAX_WRITTEN = 6;
const MAX_SAID = 200;
/** Words that tell the kind of trouble stand at the beginning of a message; what analysers search stays short. */
const MAX_TEXT = 2_000;
/** Before an alert whose beginning no metric shows, messages of this long may tell of it. */
const LOOK_BACK_MS = 45 * 60_000;

/** A warning that did not come again since then is over. */
const RECENT_MS = 15 * 60_000;

/** Words by which platforms, databases and programs report trouble. */
const TROUBLE =
  /\b(fail(s|ed|ure|ing)?|error|fatal|panic|critical(ly)?|crash|back-?off|unhealthy|evict(ed|ion)?|oom|out of memory|exceeded|exhausted|refused|denied|unreachable|unavailable|timed? ?out|not found|unknown|insufficient|blocked|throttl\w*|too many|low storage|ran out|deadlock|expired|invalid|missing|not set|unable|cannot|incompatible)\b/i;
/** Words of work that went well or came back, and of the platform's own doings: they tell of the time between alert and now. */
const TELLING =
  /\b(recover(ed|y)?|resolved|back to normal|completed?|finished|successfully|available again|scal(ed|e|ing)[ -]?(up|down|out)?|failover|promot(ed|ion)|reboot(ed|ing)?|restart(ed|ing)?|sigterm|sigkill|evict\w*|rollout|backup|maintenance|graceful(ly)?|vacuum|checkpoint|probe|rotat(ed|ion)|renewed|purged|autoscal\w*)\b/i;

interface Told {
  readonly failures: readonly FailureFinding[];
  readonly templates: readonly TemplateFinding[];
  readonly changes: readonly ChangeFinding[];
  readonly alertEvidence: readonly string[];
}

/** All that is said in words about the incident, oldest first, each with its evidence. */
export function statements(gathered: Gathered, told: Told, isOnsetSeen: boolean, run: Run): readonly Statement[] {
  const { alert } = gathered.opening;
  const [evidence] = told.alertEvidence;
  const said: readonly Statement[] = [
    ...told.changes.map(eventOf),
    ...told.failures.map((failure) => ({
      source: 'log' as const,
      service: subjectOf(failure.service),
      text: `${failure.type ?? ''} ${failure.message ?? ''}`.trim(),
      atMs: failure.firstSeenMs,
      lastMs: failure.lastSeenMs,
      count: failure.count,
      isTrouble: true,
      evidence: failure.evidence,
    })),
    ...told.templates.map(({ service, change, lastSeenMs, evidence: id }) => ({
      source: 'log' as const,
      service: subjectOf(service),
      text: change.example,
      atMs: gathered.windows.incident.fromMs,
      lastMs: lastSeenMs,
      count: change.during,
      isTrouble: true,
      evidence: id,
    })),
    ...otherLogs(gathered, told, isOnsetSeen, run),
  ];
  const own = evidence === undefined ? [] : [alertStatement(`${alert.title}. ${alert.summary}`, gathered, evidence)];
  return [...own, ...[...said].sort((a, b) => a.atMs - b.atMs)].map((one) => ({ ...one, text: one.text.slice(0, MAX_TEXT) }));
}

/** Whom a message is about: what a platform reports is about others, and about whom only its words tell. */
const subjectOf = (service: string) => (isReporter(service) ? null : service);

function alertStatement(text: string, { opening }: Gathered, evidence: string): Statement {
  const { firedAtMs } = opening.alert;
  return {
    source: 'alert',
    service: opening.service,
    text,
    atMs: firedAtMs,
    lastMs: firedAtMs,
    count: 1,
    isTrouble: opening.isAlerting !== false,
    evidence,
  };
}

function eventOf({ change, evidence }: ChangeFinding): Statement {
  const { title, text, timestampMs, attributes, service } = change;
  const last = attributes.last_time;
  const lastMs = typeof last === 'string' ? Date.parse(last) : Number.NaN;
  return {
    source: 'event',
    service,
    text: `${title}; ${text}`,
    atMs: timestampMs,
    lastMs: Number.isFinite(lastMs) ? Math.max(lastMs, timestampMs) : timestampMs,
    count: 1,
    isTrouble: attributes.type === 'Warning' || TROUBLE.test(`${title} ${text}`),
    evidence,
  };
}

/**
 * Messages that no other finding tells of: errors and warnings from before an onset that no metric shows, and what the platform
 * says about its own doings. One fact a pattern.
 */
function otherLogs(gathered: Gathered, { templates, failures }: Told, isOnsetSeen: boolean, run: Run): readonly Statement[] {
  const { opening, quietLogs, windows } = gathered;
  const from = Math.min(opening.alert.firedAtMs, windows.incident.fromMs) - LOOK_BACK_MS;
  const early = isOnsetSeen ? [] : quietLogs.items.filter(({ timestampMs }) => timestampMs >= from);
  const known = new Set([...templates.map(({ change }) => change.example), ...failures.map(({ message }) => message ?? '')]);
  const events = [...early, ...loudLogs(gathered)].filter(
    (event) => !isReport(event) && isTelling(event, isOnsetSeen) && !known.has(event.message),
  );
  const services = [...new Set(events.map(({ service }) => service))];
  const patterns = services.flatMap((service) => {
    const own = events.filter((event) => event.service === service);
    return changedTemplates(
      [],
      own.map(({ message }) => message),
      1,
    ).map(({ template, places }) => ({
      service,
      template,
      events: places.flatMap((at) => own[at] ?? []),
    }));
  });
  return patterns
    .sort((a, b) => weightOf(b.events) - weightOf(a.events))
    .slice(0, MAX_WRITTEN)
    .flatMap((pattern) => statementOf(pattern, gathered, run));
}

const isLoud = ({ status }: LogEvent) => isErrorStatus(status) || status === 'warn';

/** With an onset that metrics show, errors and warnings are compared with the quiet hour elsewhere. */
function isTelling(event: LogEvent, isOnsetSeen: boolean): boolean {
  if (isReporter(event.service) && (isLoud(event) || TROUBLE.test(ownWords(event.message)))) return true;
  return isLoud(event) ? !isOnsetSeen : TELLING.test(ownWords(event.message)) && !/\b(GET|POST|PUT|DELETE) \//.test(event.message);
}

function weightOf(events: readonly LogEvent[]): number {
  return (events.some(({ status }) => isErrorStatus(status)) ? 2 : 0) + (events.some(isLoud) ? 1 : 0);
}

function statementOf(
  { service, template, events }: { service: string; template: string; events: readonly LogEvent[] },
  gathered: Gathered,
  run: Run,
): Statement[] {
  const [first] = events;
  if (!first) return [];
  const times = events.map(({ timestampMs }) => timestampMs);
  const example = oneLine(first.message, MAX_SAID);
  const evidence = writeLogPattern(
    {
      service,
      template,
      example,
      change: 'new',
      before: 0,
      during: events.length,
      events,
      event: null,
      status: null,
      summary: `${service} said: "${example}"`,
    },
    gathered,
    run,
  );
  return [
    {
      source: 'log',
      service: subjectOf(service),
      text: first.message,
      atMs: Math.min(...times),
      lastMs: Math.max(...times),
      count: events.length,
      isTrouble:
        isErrorStatus(first.status) ||
        (TROUBLE.test(ownWords(first.message)) && Math.max(...times) >= gathered.windows.incident.fromMs - RECENT_MS),
      evidence,
    },
  ];
}
