import { parseStack } from '../../code/frames/parseStack';
import type { FailureFinding } from '../../diagnosis/findings';
import type { TracePattern } from '../../domain/evidenceDetail';
import { formatCount, formatPlural, formatTime } from '../../domain/format';
import type { StackException } from '../../domain/frame';
import { isErrorStatus } from '../../domain/log';
import { idNumbers } from '../../domain/span';
import { metricKind } from '../../signals/metricKind';
import { rateOf } from '../../signals/rates';
import { maskResource } from '../../signals/traces/repeats';
import { peerOf } from '../../signals/traces/spanTags';
import type { Gathered } from '../gathered';
import { EVENT_LIMIT, searchAll, searchTerm } from '../queries';
import type { Run } from '../run';
import { hasFrames, type Sighting, sightings } from './failureSightings';
import { serviceOf } from './seriesNames';
import type { Traces } from './traceWave';

const MAX_WRITTEN = 6;
/** An error that was this usual before is background, not the incident. */
const USUAL_SHARE = 0.5;

/**
 * The kinds of error that began somewhere, most frequent first: origins of failing traces, and error logs that carry an
 * exception. What is as usual is no finding, only mentioned: what the quiet hour shows at half the rate or more, and what
 * a service reports whose count of errors did not rise.
 */
export function failureFindings(gathered: Gathered, traces: Traces, run: Run): readonly FailureFinding[] {
  const during = sightings(traces.during, gathered.errorLogs.items).filter(({ atMs }) => atMs >= gathered.windows.incident.fromMs);
  const quietErrors = gathered.quietLogs.items.filter((log) => isErrorStatus(log.status));
  const before = sightings(traces.before, quietErrors);
  const usual = new Map([...grouped(before)].map(([key, group]) => [key, requestsOf(group)]));
  const groups = [...grouped(during)].sort(([, a], [, b]) => requestsOf(b) - requestsOf(a));
  const isUsual = ([key, group]: readonly [string, readonly Sighting[]]) =>
    (usual.get(key) ?? 0) >= USUAL_SHARE * requestsOf(group) || isRateUsual(group[0]?.service ?? '', gathered);
  writeUsual(
    groups.filter(isUsual).map(([, group]) => group),
    gathered,
    run,
  );
  return groups
    .filter((group) => !isUsual(group))
    .slice(0, MAX_WRITTEN)
    .map(([, group]) => findingOf(group, gathered, run));
}

/** Whether the service's own counts of errors are known, were not zero before and did not rise. */
function isRateUsual(service: string, { metrics, windows }: Gathered): boolean {
  const counts = metrics
    .filter(({ query }) => query.endsWith('.as_count()') && !query.includes('/'))
    .flatMap((result) => result.series)
    .filter((series) => serviceOf(series) === service && metricKind(series.metric, series.unit) === 'errors')
    .map((series) => rateOf(series, windows.baseline, windows.incident));
  return counts.includes('usual') && !counts.includes('risen');
}

const MAX_MENTIONED = 3;

/** One line about the errors that go on as before, so that nobody takes them for the incident. */
function writeUsual(groups: readonly (readonly Sighting[])[], gathered: Gathered, run: Run): void {
  if (groups.length === 0) return;
  const query = errorQuery(null, gathered);
  const window = gathered.windows.whole;
  const said = groups.slice(0, MAX_MENTIONED).flatMap(([first]) => (first ? [`${first.service}: ${wordsOf(first)}`] : []));
  run.evidence.add({
    kind: 'error',
    source: 'datadog',
    query,
    window,
    summary: `Also seen, as often as before the incident: ${said.join('; ')}`,
    value: { kinds: groups.length },
    link: run.deps.telemetry.linkTo({ kind: 'logs', query, window }),
  });
}

function grouped(sightings: readonly Sighting[]): Map<string, Sighting[]> {
  const groups = new Map<string, Sighting[]>();
  for (const sighting of sightings) {
    const key = JSON.stringify([sighting.service, sighting.type, maskResource((sighting.message ?? '').slice(0, 200))]);
    const known = groups.get(key) ?? [];
    known.push(sighting);
    groups.set(key, known);
  }
  return groups;
}

/** How many requests failed: a span and a log of one trace tell of one. */
function requestsOf(group: readonly Sighting[]): number {
  const known = new Set<bigint>();
  let count = 0;
  for (const { traceId } of group) {
    const numbers = traceId === null ? [] : idNumbers(traceId);
    if (numbers.some((number) => known.has(number))) continue;
    count++;
    for (const number of numbers) known.add(number);
  }
  return count;
}

function findingOf(group: readonly Sighting[], gathered: Gathered, run: Run): FailureFinding {
  const best = group.find(hasFrames) ?? group.find((sighting) => sighting.span !== null) ?? (group[0] as Sighting);
  const stack = best.stack === null ? [] : parseStack(best.stack);
  const firstSeenMs = Math.min(...group.map((sighting) => sighting.atMs));
  const lastSeenMs = Math.max(...group.map((sighting) => sighting.atMs));
  const span = best.span ?? group.find((sighting) => sighting.span !== null)?.span ?? null;
  const peer = group.find((sighting) => sighting.peer !== null)?.peer ?? (span ? peerOf(span) : null);
  const { service, type, message } = best;
  const passedOn = group.find((sighting) => sighting.passedOn !== null)?.passedOn ?? null;
  const count = requestsOf(group);
  return {
    service,
    peer,
    type,
    message,
    count,
    stack,
    span,
    firstSeenMs,
    lastSeenMs,
    evidence: write({ service, peer, type, message, count, stack, span, firstSeenMs, lastSeenMs }, passedOn, gathered, run),
  };
}

function write(finding: Omit<FailureFinding, 'evidence'>, passedOn: TracePattern | null, gathered: Gathered, run: Run): string {
  const { service, peer, type, message, count, stack, span, firstSeenMs } = finding;
  const window = gathered.windows.incident;
  const isSpan = span !== null;
  const query = errorQuery(service, gathered);
  const towards = peer === null ? '' : ` while calling ${peer}`;
  return run.evidence.add({
    kind: isSpan ? 'spans' : 'error',
    source: 'datadog',
    query,
    window,
    summary: `${service} failed ${howOften(count, isSpan, gathered)} since ${formatTime(firstSeenMs, { timeZone: 'UTC' })} UTC${towards}: ${wordsOf(finding)}`,
    value: { service, type, message, peer, count, resource: span?.resource ?? null, traceId: span?.traceId ?? null },
    link: run.deps.telemetry.linkTo({ kind: isSpan ? 'spans' : 'logs', query, window }),
    ...(passedOn ? { detail: passedOn } : {}),
    ...(stack.length > 0 ? { stack: stack.map(unmapped) } : {}),
  });
}

function errorQuery(service: string | null, { opening }: Gathered): string {
  return searchAll(
    service === null ? null : searchTerm('service', service),
    opening.env === null ? null : searchTerm('env', opening.env),
    'status:error',
  );
}

function wordsOf({ type, message }: Pick<Sighting, 'type' | 'message'>): string {
  return [type, message].filter((text) => text !== null && text !== '').join(': ') || 'errors without a message';
}

/** Spans are a sample of the requests; logs are all there were, up to the limit of the search. */
function howOften(count: number, isSpan: boolean, { errorLogs }: Gathered): string {
  if (isSpan) return `${formatCount(count)} of the sampled requests`;
  return `${errorLogs.items.length >= EVENT_LIMIT ? 'at least ' : ''}${formatPlural(count, 'time')}`;
}

/** Frames as the error named them; diagnosis adds where they are in the workspace. */
function unmapped(exception: StackException) {
  return { ...exception, frames: exception.frames.map((frame) => ({ ...frame, workspace: null, reason: 'not looked up' })) };
}
