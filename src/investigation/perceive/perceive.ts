import type { FailureFinding, Findings, MetricFinding, SlowFinding } from '../../diagnosis/findings';
import { formatPlural } from '../../domain/format';
import type { MetricKind } from '../../signals/metricKind';
import { callGraph, deepestFailing, upstreamOf } from '../../signals/topology';
import { dependenciesOf } from '../../signals/traces/traceTree';
import type { Gathered } from '../gathered';
import type { Perceived } from '../perceived';
import type { Run } from '../run';
import { windowsAround } from '../windows';
import { alertStateOf, alertWords, chartsOf, recoveredAt, symptomOf, writeAlert } from './alertState';
import { writeAnomalies } from './anomalyFindings';
import { changeFindings } from './changeFindings';
import { writeCorrelations } from './correlationFindings';
import { withDatabaseOwners } from './databaseOwners';
import { databaseWork } from './databaseWork';
import { failureFindings } from './failureFindings';
import { readForecasts } from './forecasts';
import { gaugeFindings } from './gaugeFindings';
import { writeIssues } from './issueFindings';
import { logFindings } from './logFindings';
import { writeLogSignals } from './logSignals';
import { metricFindings, writeCalm } from './metricFindings';
import { pastTrouble } from './pastTrouble';
import { readSources } from './readSources';
import { refinedOnset } from './refineOnset';
import { silentCallFindings } from './silentCallFindings';
import { repeatFindings, slowFindings } from './slowFindings';
import { statements } from './statements';
import { writeTraceSignals } from './traceSignals';
import { readTraces, type Traces } from './traceWave';
import { workloadFindings } from './workloads';

const PLAIN_SCORE = 2;
const SUFFERING_SCORE = 1;

/** Turns what was read into findings: what changed, what fails, where first, and who suffers. One call, for whole traces. */
export async function perceive(read: Gathered, run: Run): Promise<Perceived> {
  const gathered = withOnset(read, run.deps.clock.nowMs());
  const { opening } = gathered;
  const onsetMs = gathered.onsetMs ?? gathered.windows.incident.fromMs;
  const alertState = alertStateOf(gathered);
  const recoveredAtMs = recoveredAt(gathered);
  const alertEvidence = writeAlert(gathered, alertState, run);
  const charts = chartsOf(gathered);
  const changes = changeFindings(gathered, onsetMs, run);
  const issues = writeIssues(gathered, run);
  run.found({ evidence: run.evidence.all(), charts });
  const [forecasts, traces] = await Promise.all([readForecasts(gathered, run), readTraces(gathered, run)]);
  const owned = withDatabaseOwners(gathered, [...traces.during, ...traces.before]);
  const seen = await analyse(owned, traces, run);
  const platform = await readPlatform(owned, { ...seen, changes, alertEvidence }, run);
  const graph = callGraph(gathered.dependencies, dependenciesOf([...traces.during, ...traces.before]));
  const failing = failingServices(seen.failures, seen.slow, seen.metrics);
  const start = opening.service ?? mostFailing(failing);
  const path = start === null ? [] : deepestFailing(graph, start, failing);
  const firstFailing = path.at(-1) ?? null;
  run.found({ evidence: run.evidence.all(), forecasts });
  const findings: Findings = {
    alerting: opening.service,
    onsetMs,
    isOnsetSeen: gathered.onsetMs !== null,
    alertState,
    recoveredAtMs,
    past: pastTrouble({ ...seen, ...traces }, platform.statements, gathered, recoveredAtMs),
    isAlerting: opening.isAlerting,
    calmEvidence: alertState === 'active' ? null : writeCalm(gathered, seen.metrics, run),
    symptom: symptomOf(gathered),
    alertWords: alertWords(gathered, alertState),
    alertEvidence,
    graph,
    ...seen,
    ...traces,
    firstFailing,
    path,
    blastRadius: blastRadius(firstFailing, opening.service, upstreamOf(graph, firstFailing ?? ''), seen.metrics, failing),
    changes,
    issues,
    ...platform,
    sources: readSources(gathered, graph, run),
  };
  return { findings, forecasts, charts };
}

/** Moves the windows to the refined onset. */
function withOnset(gathered: Gathered, nowMs: number): Gathered {
  const onsetMs = refinedOnset(gathered, nowMs);
  return onsetMs === null ? gathered : { ...gathered, onsetMs, windows: windowsAround(onsetMs, nowMs) };
}

async function analyse(gathered: Gathered, traces: Traces, run: Run) {
  const failures = await run.compute(
    'signals.failures',
    () => failureFindings(gathered, traces, run),
    (found) => formatPlural(found.length, 'kind of error', 'kinds of error'),
  );
  const repeats = await run.compute(
    'signals.repeats',
    () => repeatFindings(gathered, traces, run),
    (found) => formatPlural(found.length, 'call that repeats', 'calls that repeat'),
  );
  const slow = await run.compute(
    'signals.operations',
    () => slowFindings(gathered, traces, run),
    (found) => formatPlural(found.length, 'slower operation'),
  );
  await run.compute(
    'signals.traces',
    () => writeTraceSignals(gathered, traces, run),
    (found) => formatPlural(found, 'more fact'),
  );
  const metrics = await run.compute(
    'signals.metrics',
    () => metricFindings(gathered, run),
    (found) =>
      `${found.filter(({ change }) => change.score >= SUFFERING_SCORE).length} of ${formatPlural(found.length, 'series', 'series')} changed`,
  );
  const silent = await run.compute(
    'signals.silentCalls',
    () => silentCallFindings(gathered, run),
    (found) => `${formatPlural(found.length, 'call')} ceased`,
  );
  await run.compute(
    'signals.correlation',
    () => writeCorrelations(gathered, run, metrics),
    (found) => `${formatPlural(found, 'series moves', 'series move')} with the alert`,
  );
  await run.compute(
    'signals.anomalies',
    () => writeAnomalies(gathered, metrics, run),
    (found) => formatPlural(found, 'fact'),
  );
  const templates = await run.compute(
    'signals.logs',
    () => logFindings(gathered, run),
    (found) => formatPlural(found.length, 'new or bursting message'),
  );
  await run.compute(
    'signals.logEvents',
    () => writeLogSignals(gathered, templates, run),
    (found) => formatPlural(found, 'more fact'),
  );
  return { failures, repeats, slow, silentCalls: silent, metrics, templates };
}

type Told = Pick<Findings, 'metrics' | 'failures' | 'templates' | 'changes' | 'alertEvidence'>;

/** What gauges, platform and database say of themselves. */
function readPlatform(gathered: Gathered, told: Told, run: Run) {
  const isOnsetSeen = gathered.onsetMs !== null;
  return run.compute(
    'signals.platform',
    () => ({
      gauges: gaugeFindings(gathered, told.metrics, isOnsetSeen, run),
      workloads: workloadFindings(gathered, run),
      databaseWork: databaseWork(gathered, run),
      statements: statements(gathered, told, isOnsetSeen, run),
    }),
    ({ gauges, workloads }) => `${formatPlural(gauges.length, 'gauge')}, ${formatPlural(workloads.length, 'workload')}`,
  );
}

/** Services with trouble of their own, weighed: errors that began there, time that grew there, metrics that plainly got worse. */
function failingServices(
  failures: readonly FailureFinding[],
  slow: readonly SlowFinding[],
  metrics: readonly MetricFinding[],
): ReadonlyMap<string, number> {
  const weights = new Map<string, number>();
  const add = (service: string | null, weight: number) => {
    if (service !== null) weights.set(service, (weights.get(service) ?? 0) + weight);
  };
  for (const { service, count } of failures) add(service, 2 + Math.log1p(count));
  for (const { operation } of slow) add(operation.during.spentBy, Math.log1p(operation.addedSelfMs / 10));
  for (const { service, change } of metrics)
    if (isSymptom(change.kind) && change.isHarmful && change.score >= PLAIN_SCORE) add(service, Math.min(change.score, 5));
  return weights;
}

/** More or fewer calls are what others do to a service; they do not make it the place where it began. */
const isSymptom = (kind: MetricKind) => kind !== 'traffic' && kind !== 'other';

function mostFailing(failing: ReadonlyMap<string, number>): string | null {
  return [...failing].sort((a, b) => b[1] - a[1])[0]?.[0] ?? null;
}

/** The first failing service, the alerting one, and those of its callers that suffer too. */
function blastRadius(
  first: string | null,
  alerting: string | null,
  callers: readonly string[],
  metrics: readonly MetricFinding[],
  failing: ReadonlyMap<string, number>,
): readonly string[] {
  const worse = new Set(metrics.filter(({ change }) => change.isHarmful && change.score >= SUFFERING_SCORE).map(({ service }) => service));
  const suffering = callers.filter((service) => worse.has(service) || failing.has(service));
  return [...new Set([first, alerting, ...suffering].filter((service) => service !== null))];
}
