import type { Investigation, InvestigationEvent } from '../domain/investigation';
import type { InvestigationDeps, Subject } from './deps';
import { type Diagnosed, diagnose } from './diagnose';
import { gather } from './gather';
import type { Gathered } from './gathered';
import { guide } from './guide';
import { perceive } from './perceive/perceive';
import type { Perceived } from './perceived';
import { recommend } from './recommend';
import { Run } from './run';

export type { InvestigationDeps, Subject } from './deps';

/**
 * Runs the stages gather → perceive → diagnose → guide → recommend. Facts are told to `onEvent` as soon as they are
 * known. A source that fails costs its facts only and is named in `problems`. Rejects when the monitor does not exist,
 * when no telemetry at all can be read, and with `cancelled()` when the signal fires; what was found until then has been
 * told.
 */
export async function investigate(
  subject: Subject,
  deps: InvestigationDeps,
  onEvent: (event: InvestigationEvent) => void,
  signal: AbortSignal,
): Promise<Investigation> {
  const trace: Investigation['trace'][number][] = [];
  const run = new Run(
    deps,
    (event) => {
      if (event.kind === 'trace') trace.push(event.entry);
      onEvent(event);
    },
    signal,
  );
  const gathered = await run.stage('gather', () => gatherOrFail(subject, run), gatheredNote);
  const perceived = await run.stage('perceive', () => perceive(gathered, run), perceivedNote);
  const diagnosed = await run.stage('diagnose', () => diagnose(gathered, perceived, run), diagnosedNote);
  const { findings } = perceived;
  const { opening } = gathered;
  const steps = await run.stage(
    'guide',
    async () => guide({ ...diagnosed, findings, evidence: run.evidence.all() }),
    ({ length }) => `${length} steps`,
  );
  run.found({ steps });
  const recommendations = await run.stage(
    'recommend',
    async () => recommend({ ...diagnosed, findings, opening }),
    ({ length }) => `${length} recommendations`,
  );
  const investigation: Investigation = {
    schema: 1,
    alert: opening.alert,
    ...diagnosed,
    evidence: run.evidence.all(),
    charts: perceived.charts,
    forecasts: perceived.forecasts,
    steps,
    recommendations,
    actions: [],
    trace,
    problems: run.problems,
    usage: {
      ms: Math.round(performance.now() - run.startedAtMs),
      apiCalls: run.callsMade,
      tokensIn: 0,
      tokensOut: 0,
      model: null,
    },
  };
  run.found(investigation);
  return investigation;
}

async function gatherOrFail(subject: Subject, run: Run): Promise<Gathered> {
  const gathered = await gather(subject, run);
  if (run.totalFailure !== null) throw run.totalFailure;
  return gathered;
}

function gatheredNote({ metrics, errorLogs, logs, spans, errorSpans, changes, commits }: Gathered): string {
  const series = metrics.reduce((sum, result) => sum + result.series.length, 0);
  return `${series} series, ${errorLogs.items.length + logs.items.length} logs, ${spans.items.length + errorSpans.items.length} spans, ${changes.length} changes, ${commits.length} commits`;
}

function perceivedNote({ findings }: Perceived): string {
  const { failures, firstFailing } = findings;
  return `${failures.length} kinds of error${firstFailing === null ? '' : `, first in ${firstFailing}`}`;
}

const diagnosedNote = ({ verdict, hypotheses }: Diagnosed) => `${verdict}: ${hypotheses[0]?.title ?? 'no hypothesis'}`;
