import type { TracePattern } from './evidenceDetail';
import { formatDuration, formatPlural } from './format';

const MAX_NAME = 120;

/** A shape of calls as a sentence. The names in it are text from telemetry: whoever shows it makes them plain. */
export function patternWords({ pattern, service, operation, callee, count, totalMs, reached }: TracePattern): string {
  const where = `${short(operation)} of ${short(service)}`;
  const together = formatDuration(totalMs);
  switch (pattern) {
    case 'n+1':
      return `N+1: ${where} makes ${formatPlural(count, 'call')} of "${short(callee)}" one after the other, together ${together}.`;
    case 'fan-out':
      return `Fan-out: ${where} makes ${formatPlural(count, 'call')} of "${short(callee)}" at the same time.`;
    case 'retry storm':
      return (
        `Retries: ${where} tries "${short(callee)}" ${formatPlural(count, 'time')}, together ${together}` +
        `${reached === undefined ? '.' : `; with the retries below, ${formatPlural(reached, 'call')} reach the innermost service.`}`
      );
    case 'hop gap':
      return `Hop gap: ${where} spends ${together} between its call of "${short(callee)}" and the work on it: network, queue or no free worker.`;
    case 'error propagation':
      return `The failure of ${short(callee)} reached ${where}, over ${formatPlural(count, 'service')}.`;
  }
}

const short = (text: string) => (text.length <= MAX_NAME ? text : `${text.slice(0, MAX_NAME - 1)}…`);
