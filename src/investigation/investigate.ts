import { designCase, type Told, tellCase } from '../agents/runAgents';
import { formatPlural } from '../domain/format';
import type { Investigation, InvestigationEvent } from '../domain/investigation';
import { agentDepsOf, caseFileOf, modelUsage } from './agents';
import type { InvestigationDeps, Subject } from './deps';
import { type Diagnosed, diagnose } from './diagnose';
import { gather } from './gather';
import type { Gathered } from './gathered';
import { guide } from './guide';
import { findRunbooks } from './knowledge/findRunbooks';
import { modelProblem } from './modelProblem';
import { perceive } from './perceive/perceive';
import type { Perceived } from './perceived';
import { type Recalled, recall } from './recall';
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
  const recalled = await recall(run);
  const diagnosed = await run.stage('diagnose', () => diagnoseAndLookUp(gathered, perceived, recalled, run), diagnosedNote);
  const { findings } = perceived;
  const { opening } = gathered;
  const file = caseFileOf(gathered, perceived, diagnosed, recalled, run);
  const agents = agentDepsOf(run);
  const drafts = { steps: guide(file), recommendations: recommend({ ...diagnosed, findings, opening }) };
  deps.keepCase?.({ file, ...drafts });
  const told = await run.stage('guide', () => tellCase(file, drafts.steps, agents, (part) => run.found(part)), toldNote);
  const { summary, steps, hypotheses } = told;
  run.found({ summary, steps, hypotheses });
  const designed = await run.stage(
    'recommend',
    () => designCase(file, drafts.recommendations, told, agents),
    ({ recommendations }) => formatPlural(recommendations.length, 'recommendation'),
  );
  const unused = modelProblem(trace);
  if (unused !== null) run.addProblem(unused);
  const investigation: Investigation = {
    schema: 1,
    alert: opening.alert,
    ...diagnosed,
    summary,
    hypotheses,
    evidence: run.evidence.all(),
    charts: perceived.charts,
    forecasts: perceived.forecasts,
    steps,
    ...designed,
    actions: [],
    trace,
    problems: run.problems,
    usage: {
      ms: Math.round(performance.now() - run.startedAtMs),
      apiCalls: run.callsMade,
      ...modelUsage(trace),
    },
  };
  run.found(investigation);
  return investigation;
}

/** Runbooks are looked up once the cause is decided: they tell what to do about it and cannot speak for it. */
async function diagnoseAndLookUp(gathered: Gathered, perceived: Perceived, { judged }: Recalled, run: Run) {
  const diagnosed = await diagnose(gathered, perceived, judged, run);
  const runbooks = await findRunbooks({ ...diagnosed, alert: gathered.opening.alert, findings: perceived.findings }, run);
  run.found({ runbooks });
  return { ...diagnosed, runbooks };
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

const toldNote = ({ steps }: Told) => formatPlural(steps.length, 'step');

const diagnosedNote = ({ verdict, hypotheses }: Diagnosed) => `${verdict}: ${hypotheses[0]?.title ?? 'no hypothesis'}`;
