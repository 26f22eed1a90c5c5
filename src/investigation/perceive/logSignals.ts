import type { TemplateFinding } from '../../diagnosis/findings';
import { formatCount, formatPlural, formatTime } from '../../domain/format';
import type { LogEvent } from '../../domain/log';
import { keyEventOf } from '../../signals/logs/keyEvents';
import { oddMessages } from '../../signals/logs/oddMessages';
import { MAX_EXAMPLE } from '../../signals/logs/row';
import { changedTemplates, judgeFrequency } from '../../signals/logs/templateChange';
import type { Gathered } from '../gathered';
import type { Run } from '../run';
import { writeLogPattern } from './logEvidence';
import { loudLogs, telling } from './logFindings';
import { weightBetween } from './logWeight';

const MAX_EVENTS = 4;
const MAX_VANISHED = 2;
const MAX_ODD = 2;
/** Chi-squared with one degree of freedom: p < 0.001. Both samples are cut, so a silence has to be plain. */
const PLAIN = 10.83;

/**
 * Facts from logs beside new and bursting errors, for the person who reads on: key events that no written template tells of, messages that
 * stopped, and messages with quantities unlike the quiet hour's. Returns how many were written.
 */
export function writeLogSignals(gathered: Gathered, templates: readonly TemplateFinding[], run: Run): number {
  return writeKeyEvents(gathered, templates, run) + writeVanished(gathered, run) + writeOddMessages(gathered, run);
}

function writeKeyEvents(gathered: Gathered, templates: readonly TemplateFinding[], run: Run): number {
  const told = new Set(templates.map(({ service, change }) => `${keyEventOf(change.example)} ${service}`));
  const loud = telling(loudLogs(gathered));
  const quiet = telling(gathered.quietLogs.items);
  const weight = weightBetween(loud, quiet);
  const before = groupedByEvent(quiet);
  const found = [...groupedByEvent(loud)]
    .filter(([key]) => !told.has(key))
    .map(([key, group]) => ({ ...group, before: before.get(key)?.events.length ?? 0 }))
    .filter(({ events, before: usual }) => ['new', 'bursting'].includes(judgeFrequency(usual, events.length, weight).change))
    .sort((a, b) => (a.events[0]?.timestampMs ?? 0) - (b.events[0]?.timestampMs ?? 0))
    .slice(0, MAX_EVENTS);
  for (const { event, service, events, before: usual } of found) {
    const [first] = events;
    if (!first) continue;
    const times = formatPlural(events.length, 'time');
    writeLogPattern(
      {
        service,
        template: changedTemplates([], [first.message], 1)[0]?.template ?? '',
        example: first.message.slice(0, MAX_EXAMPLE),
        change: judgeFrequency(usual, events.length, weight).change,
        before: usual,
        during: events.length,
        events,
        event,
        status: 'warn OR error OR critical OR alert OR emergency',
        summary: `${service}: ${event}, ${times}, first at ${formatTime(first.timestampMs, { timeZone: 'UTC', withSeconds: true })} UTC: "${first.message}".`,
      },
      gathered,
      run,
    );
  }
  return found.length;
}

interface EventGroup {
  readonly event: string;
  readonly service: string;
  /** The first one comes first. */
  readonly events: readonly LogEvent[];
}

function groupedByEvent(events: readonly LogEvent[]): ReadonlyMap<string, EventGroup> {
  const groups = new Map<string, { event: string; service: string; events: LogEvent[] }>();
  for (const each of [...events].sort((a, b) => a.timestampMs - b.timestampMs)) {
    const event = keyEventOf(each.message);
    if (event === null) continue;
    const key = `${event} ${each.service}`;
    const group = groups.get(key);
    if (group) group.events.push(each);
    else groups.set(key, { event, service: each.service, events: [each] });
  }
  return groups;
}

/** What the alerting service used to say and says no more: work that stopped shows in no error. */
function writeVanished(gathered: Gathered, run: Run): number {
  const { service } = gathered.opening;
  if (service === null) return 0;
  const loud = gathered.logs.items.filter((event) => event.service === service);
  const quiet = gathered.quietLogs.items.filter((event) => event.service === service);
  const weight = weightBetween(loud, quiet);
  const gone = changedTemplates(messagesOf(quiet), messagesOf(loud), weight)
    .filter(({ change, evidence }) => change === 'vanished' && evidence >= PLAIN)
    .sort((a, b) => b.before - a.before)
    .slice(0, MAX_VANISHED);
  for (const { template, example, before } of gone) {
    const summary = `${service} logged ${formatPlural(before, 'message')} like "${example}" in the quiet hour and none since.`;
    writeLogPattern(
      { service, template, example, change: 'vanished', before, during: 0, events: [], event: null, status: null, summary },
      gathered,
      run,
    );
  }
  return gone.length;
}

/** Messages of the alerting service that state a duration, a size or a count far from the quiet hour's. */
function writeOddMessages(gathered: Gathered, run: Run): number {
  const { service } = gathered.opening;
  if (service === null) return 0;
  const loud = loudLogs(gathered).filter((event) => event.service === service);
  const quiet = gathered.quietLogs.items.filter((event) => event.service === service);
  const odd = oddMessages(messagesOf(quiet), messagesOf(loud)).slice(0, MAX_ODD);
  for (const { template, places, before, reason } of odd) {
    const events = places.flatMap((at) => loud[at] ?? []);
    const example = (events[0]?.message ?? '').slice(0, MAX_EXAMPLE);
    const summary = `${service} logged ${formatCount(events.length)} unusual of the messages like "${example}": ${reason}.`;
    writeLogPattern(
      {
        service,
        template,
        example,
        change: 'anomalous',
        before,
        during: events.length,
        events,
        event: keyEventOf(example),
        status: null,
        summary,
      },
      gathered,
      run,
    );
  }
  return odd.length;
}

const messagesOf = (events: readonly LogEvent[]) => events.map(({ message }) => message);
