import { formatCount, formatPlural } from '../domain/format';
import { oneLine } from '../domain/plainText';
import type { LogAnomaly, LogKeyEvent, LogReport, ReportedTemplate } from '../signals/logs/logReport';

const MOST_TEMPLATES = 20;
const MOST_CHANGES = 15;
const WIDTH = 120;

/** A log in sum, for a terminal: key events, what changed, odd stretches and lines, and the most frequent templates. */
export function logsText(report: LogReport): string {
  const { templates, anomalies, events, lineCount } = report;
  const named = (id: number) => oneLine(templates[id]?.template ?? '', WIDTH);
  const parts = [
    `${formatPlural(lineCount, 'line')} in ${formatPlural(templates.length, 'template')}`,
    section('Key events', events.map(eventText)),
    ...(['new', 'bursting', 'vanished'] as const).map((kind) =>
      section(
        TITLES[kind],
        anomalies.filter((each) => each.kind === kind).map((each) => changeText(each, named)),
      ),
    ),
    section(
      'Odd stretches',
      anomalies.filter((each) => each.kind === 'window').map((each) => changeText(each, named)),
    ),
    section(
      'Odd lines',
      anomalies.filter((each) => each.kind === 'line').map((each) => changeText(each, named)),
    ),
    section(`Most frequent of ${formatPlural(templates.length, 'template')}`, frequent(templates), MOST_TEMPLATES),
  ];
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

const TITLES = { new: 'New', bursting: 'Bursting', vanished: 'Vanished' } as const;

function section(title: string, rows: readonly string[], most = MOST_CHANGES): string {
  if (rows.length === 0) return '';
  const more = rows.length > most ? [`  … and ${formatCount(rows.length - most)} more; --json has all`] : [];
  return [title, ...rows.slice(0, most).map((row) => `  ${row}`), ...more].join('\n');
}

function eventText({ event, service, count, firstMs, firstLine, example }: LogKeyEvent): string {
  const first = firstMs === null ? `line ${formatCount(firstLine)}` : isoTime(firstMs);
  const where = service === null ? '' : ` in ${oneLine(service, 60)}`;
  return `${event}${where}, ${formatPlural(count, 'time')}, first at ${first}: ${oneLine(example, WIDTH)}`;
}

function changeText(anomaly: LogAnomaly, named: (id: number) => string): string {
  if (anomaly.kind === 'line') return `line ${formatCount(anomaly.line)} ${anomaly.reason}: ${oneLine(anomaly.example, WIDTH)}`;
  if (anomaly.kind !== 'window') return `${anomaly.reason}: ${named(anomaly.template)}`;
  const { from, to, hasTime } = anomaly;
  const stretch = hasTime ? `${isoTime(from)} to ${isoTime(to)}` : `lines ${formatCount(from)} to ${formatCount(to)}`;
  return `${stretch}: ${anomaly.reason} (${named(anomaly.template)})`;
}

function frequent(templates: readonly ReportedTemplate[]): string[] {
  const ranked = [...templates].sort((a, b) => b.count - a.count || a.id - b.id);
  const width = formatCount(ranked[0]?.count ?? 0).length;
  return ranked.map(
    ({ count, template }) => `${formatCount(count).padStart(width)}  ${template === '' ? '(blank)' : oneLine(template, WIDTH)}`,
  );
}

/** Beyond what a date can be, as numbers of a hostile log may be, there is no time. */
function isoTime(ms: number): string {
  const date = new Date(ms);
  return Number.isNaN(date.getTime()) ? 'an unknown time' : date.toISOString().replace('.000Z', 'Z');
}
