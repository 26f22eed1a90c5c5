import type { AgentDeps, AgentReport } from '../agents/agent';
import type { CaseFile } from '../agents/caseFile';
import { steadyModel } from '../agents/steadyModel';
import type { Investigation, StageName, TraceEntry, Usage } from '../domain/investigation';
import type { Diagnosed } from './diagnose';
import type { Gathered } from './gathered';
import type { Perceived } from './perceived';
import type { Recalled } from './recall';
import type { Run } from './run';

/** Where no settings say how long: a local model on a slow machine may need so long for one answer. */
const ANSWER_LIMIT_MS = 180_000;

/** What the agents are told of an investigation. */
export function caseFileOf(
  { opening }: Pick<Gathered, 'opening'>,
  { findings }: Pick<Perceived, 'findings'>,
  diagnosed: Diagnosed & Pick<Investigation, 'checks' | 'ruledOut' | 'runbooks'>,
  { person }: Pick<Recalled, 'person'>,
  run: Run,
): CaseFile {
  const { checks = [], ruledOut = [], runbooks = [] } = diagnosed;
  return { ...diagnosed, checks, ruledOut, runbooks, alert: opening.alert, evidence: run.evidence.all(), findings, person };
}

/** What agents work with, for a whole investigation. */
export function agentDepsOf(run: Run): AgentDeps {
  const { model = null, readPrompt, redaction = null, sentFields = null, clock, agentLimitMs = ANSWER_LIMIT_MS } = run.deps;
  return {
    model: model === null || readPrompt === undefined ? null : steadyModel(model),
    readPrompt: readPrompt ?? (async () => ''),
    redaction,
    fields: sentFields,
    signal: run.signal,
    clock,
    trace: (report) => run.onEvent({ kind: 'trace', entry: entryOf(report, run.stageName) }),
    limitMs: agentLimitMs,
  };
}

const entryOf = ({ agent, startedAtMs, ms, ok, note, call }: AgentReport, stage: StageName): TraceEntry => ({
  at: new Date(startedAtMs).toISOString(),
  stage,
  agent,
  ms,
  ok,
  note,
  call,
});

/** What the models of an investigation took; the turns are counted, their sums by agent are not. No cost where none was asked. */
export function modelUsage(trace: readonly TraceEntry[]): Pick<Usage, 'tokensIn' | 'tokensOut' | 'model' | 'costUsd'> {
  const calls = trace.flatMap(({ agent, call }) => (agent.startsWith('models.') && call ? [call] : []));
  const sum = (of: (call: (typeof calls)[number]) => number) => calls.reduce((total, call) => total + of(call), 0);
  const answered = calls.filter(({ tokensIn, tokensOut }) => tokensIn + tokensOut > 0);
  const models = [...new Set(answered.map(({ model }) => model).filter((model) => model !== null))];
  return {
    tokensIn: sum(({ tokensIn }) => tokensIn),
    tokensOut: sum(({ tokensOut }) => tokensOut),
    model: models.length === 0 ? null : models.join(', '),
    ...(calls.length === 0
      ? {}
      : { costUsd: answered.some(({ costUsd }) => costUsd === null) ? null : sum(({ costUsd }) => costUsd ?? 0) }),
  };
}
