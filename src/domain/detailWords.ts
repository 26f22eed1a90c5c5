import type { CriticalPath, EvidenceDetail, LogPattern, MovingTogether, OperationComparison, TracePattern } from './evidenceDetail';
import { formatCount, formatDuration, formatPercent, formatPlural, formatScore } from './format';

export const logChanges: Readonly<Record<LogPattern['change'], string>> = {
  new: 'new',
  bursting: 'bursting',
  vanished: 'vanished',
  anomalous: 'anomalous',
  known: 'known',
};

export const tracePatterns: Readonly<Record<TracePattern['pattern'], string>> = {
  'n+1': 'N+1 calls',
  'fan-out': 'fan-out',
  'retry storm': 'retry storm',
  'error propagation': 'error propagation',
  'hop gap': 'gap between caller and callee',
};

/** The drawable part of a fact in one line of a report. */
export function detailLine(detail: EvidenceDetail): string {
  switch (detail.kind) {
    case 'logPattern':
      return logLine(detail);
    case 'criticalPath':
      return pathLine(detail);
    case 'tracePattern':
      return patternLine(detail);
    case 'operationComparison':
      return comparisonLine(detail);
    case 'movingTogether':
      return movingLine(detail);
  }
}

function logLine({ template, change, before, during, event }: LogPattern): string {
  const meaning = event === null ? '' : ` (${event})`;
  return `${logChanges[change] ?? change} message${meaning}: ${template}; ${formatCount(before)} before, ${formatCount(during)} during`;
}

const MOST_HOPS = 3;

function pathLine({ totalMs, hops }: CriticalPath): string {
  const slowest = hops.toSorted((a, b) => b.selfMs - a.selfMs).slice(0, MOST_HOPS);
  const parts = slowest.map(({ service, operation, selfMs, isError }) => {
    return `${service} ${operation} ${formatDuration(selfMs)}${isError ? ' (error)' : ''}`;
  });
  return `critical path of ${formatDuration(totalMs)} over ${formatPlural(hops.length, 'hop')}, most time in ${parts.join(', ')}`;
}

function patternLine({ pattern, service, operation, callee, count, totalMs, reached }: TracePattern): string {
  const deep = reached === undefined ? '' : `; ${formatPlural(reached, 'call')} reach the end of the chain for one request`;
  return `${tracePatterns[pattern] ?? pattern}: ${service} ${operation} → ${callee}, ${formatPlural(count, 'time')}, ${formatDuration(totalMs)} in all${deep}`;
}

function comparisonLine({ rows }: OperationComparison): string {
  const [top] = rows;
  if (!top) return 'no operation got slower';
  const { service, operation, normalMs, slowMs, share } = top;
  const more = rows.length > 1 ? `; ${formatPlural(rows.length - 1, 'other operation')}` : '';
  return `${service} ${operation} takes ${formatDuration(slowMs)} instead of ${formatDuration(normalMs)}, ${formatPercent(share)} of the slow-down${more}`;
}

function movingLine({ reference, rows }: MovingTogether): string {
  const parts = rows.slice(0, MOST_HOPS).map((row) => `${row.title} (${correlationWords(row)})`);
  return `moves with ${reference}: ${parts.join(', ')}`;
}

/** `0.93, 2 min before`; a minus sign stands for moving the other way. */
function correlationWords({ correlation, leadSec }: MovingTogether['rows'][number]): string {
  return `${formatScore(correlation)}, ${leadWords(leadSec)}`;
}

/** When a series moves, relative to the alerting one: `2 min before`, `30 s after`, `at the same time`. */
export function leadWords(leadSec: number): string {
  if (!Number.isFinite(leadSec) || leadSec === 0) return 'at the same time';
  return `${formatDuration(Math.abs(leadSec) * 1000)} ${leadSec > 0 ? 'before' : 'after'}`;
}
