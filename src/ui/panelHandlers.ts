import * as vscode from 'vscode';
import type { Evidence, MappedFrame } from '../domain/evidence';
import type { Hypothesis } from '../domain/hypothesis';
import type { Step } from '../domain/investigation';
import type { RunbookHit } from '../domain/runbook';
import { type CommitViewer, isSha } from './commitDocument';
import { copyReport } from './copyReport';
import { exportTrace } from './exportTrace';
import type { Investigations, Run, RunRequest } from './investigations';
import { isWebPage, openWebPage } from './links';
import type { MemoryFeature } from './memory/memoryFeature';
import type { LocationOpener } from './openLocation';
import type { PanelOptions } from './panel';
import type { Report } from './report';

export interface PanelHandlerOptions {
  /** The run that the panel shows. */
  readonly shown: () => Run | null;
  readonly opener: LocationOpener;
  readonly commits: CommitViewer;
  /** The folders that may be read now for a run. */
  readonly foldersOf: (run: RunRequest) => readonly string[];
  readonly report: Report;
  readonly investigations: Pick<Investigations, 'cancel' | 'start'>;
  readonly showLog: () => void;
  /** Drafts a fix for a hypothesis of the run. */
  readonly draftFix: (run: Run, hypothesisId: string) => Promise<void>;
  /** Keeps what the person says and does. */
  readonly memory: Pick<MemoryFeature, 'judge' | 'record'>;
  /** Looks for new values of a forecast of the run that is shown, until told of another or null. */
  readonly watchForecast: (id: string | null) => void;
  /** Where AIDog's own runbooks are. */
  readonly mediaDir: string;
  /** Opens the exact request that a model was sent last. */
  readonly showLastPrompt: () => Promise<unknown>;
}

/** What the panel's page may have done. It sends ids; what they stand for is looked up in the run that is shown. */
export function createPanelHandlers(options: PanelHandlerOptions): PanelOptions['handlers'] {
  const { shown, report, investigations, memory } = options;
  const attempt = (work: Promise<unknown> | null) => void work?.catch((error: unknown) => report.problem(error));
  const withRun = (work: (run: Run) => unknown) => {
    const run = shown();
    if (run) work(run);
  };
  const withFound = (work: (open: FoundOpener) => Promise<unknown> | null) =>
    withRun((run) => attempt(work(createFoundOpener(run, options))));
  return {
    openHypothesis: ({ id }) => withFound((open) => open.hypothesis(id)),
    openFrame: ({ evidenceId, exception, frame }) => withFound((open) => open.frame(evidenceId, exception, frame)),
    openEvidence: ({ id }) => withFound((open) => open.evidence(id)),
    openStep: ({ id }) =>
      withRun((run) => {
        const step = run.snapshot.found.steps?.find((one) => one.id === id);
        if (step) memory.record(run, { deed: 'execute', subject: 'step', kind: step.action, title: step.title });
        attempt(createFoundOpener(run, options).step(id));
      }),
    openCommit: ({ sha }) => withFound((open) => open.commit(sha)),
    draftFix: ({ id }) =>
      withRun((run) => {
        const hypothesis = run.snapshot.found.hypotheses?.find((one) => one.id === id);
        if (hypothesis) memory.record(run, { deed: 'execute', subject: 'hypothesis', kind: hypothesis.kind });
        attempt(options.draftFix(run, id));
      }),
    judgeCause: ({ isRight }) => withRun((run) => attempt(memory.judge(run, isRight ? 'right' : 'wrong'))),
    copyQuery: ({ id }) => withFound((open) => open.copyQuery(id)),
    copyReport: () => withRun((run) => attempt(copyReport(run))),
    openNextQuery: ({ id }) => withFound((open) => open.nextQuery(id)),
    copyNextQuery: ({ id }) => withFound((open) => open.copyNextQuery(id)),
    openRunbook: ({ id }) => withFound((open) => open.runbook(id)),
    copyTestPlan: () => withFound((open) => open.copyTestPlan()),
    exportTrace: () => withRun((run) => attempt(exportTrace(run))),
    showLastPrompt: () => attempt(options.showLastPrompt()),
    cancel: () => withRun(({ snapshot }) => investigations.cancel(snapshot.runId)),
    runAgain: () => withRun((run) => investigations.start({ ...run, repositories: options.foldersOf(run) })),
    showLog: options.showLog,
    watchForecast: ({ id }) => options.watchForecast(id),
  };
}

/** Opens what a run found; every method is null when the run has nothing of that id. */
export interface FoundOpener {
  hypothesis(id: string): Promise<unknown> | null;
  frame(evidenceId: string, exception: number, frame: number): Promise<unknown> | null;
  evidence(id: string): Promise<unknown> | null;
  step(id: string): Promise<unknown> | null;
  commit(sha: string): Promise<unknown> | null;
  copyQuery(id: string): Promise<unknown> | null;
  /** What a hypothesis wants to be looked at next. */
  nextQuery(id: string): Promise<unknown> | null;
  copyNextQuery(id: string): Promise<unknown> | null;
  runbook(id: string): Promise<unknown> | null;
  copyTestPlan(): Promise<unknown> | null;
}

export function createFoundOpener(
  run: Run,
  { opener, commits, foldersOf, report, mediaDir }: Pick<PanelHandlerOptions, 'opener' | 'commits' | 'foldersOf' | 'report' | 'mediaDir'>,
): FoundOpener {
  const { found } = run.snapshot;
  const byId = <T extends { readonly id: string }>(items: readonly T[] | undefined, id: string) =>
    items?.find((item) => item.id === id) ?? null;
  const openFrame = ({ workspace, file, line }: MappedFrame) => opener.open(workspace, file && (line === null ? file : `${file}:${line}`));
  const openHypothesis = ({ workspace, location }: Hypothesis) => opener.open(workspace, location && `${location.file}:${location.line}`);
  const openCommit = (sha: string) => (isSha(sha) && namesCommit(found, sha) ? commits.open(sha, foldersOf(run)) : null);
  const openEvidence = async (evidence: Evidence) => {
    const frame = evidence.stack?.flatMap(({ frames }) => frames).find(({ workspace }) => workspace !== null);
    const sha = evidence.kind === 'commit' ? shaIn(evidence) : null;
    if (sha) return openCommit(sha);
    if (isWebPage(evidence.link)) return openWebPage(evidence.link);
    if (frame) return openFrame(frame);
    return report.refuse(vscode.l10n.t('There is no page for this evidence; its query can be copied.'));
  };
  const openStep = async (step: Step) => {
    const hypothesis = byId(found.hypotheses, step.hypothesis ?? '');
    if (step.action === 'open_code' && hypothesis) return openHypothesis(hypothesis);
    if (isWebPage(step.link)) return openWebPage(step.link);
    const evidence = step.evidence.map((id) => byId(found.evidence, id)).find((item) => item !== null);
    if (evidence) return openEvidence(evidence);
    const sha = step.evidence.find((id) => isSha(id) && namesCommit(found, id));
    if (sha) return openCommit(sha);
    return hypothesis ? openHypothesis(hypothesis) : report.refuse(vscode.l10n.t('There is nothing to open for this step.'));
  };
  const copy = (text: string) => Promise.resolve(vscode.env.clipboard.writeText(text));
  const openRunbook = ({ root, path, line, title }: RunbookHit) =>
    opener.open(path === null ? null : { root: root ?? mediaDir, path, line, status: 'exact', score: 1, reason: title }, path);
  return {
    hypothesis: (id) => perhaps(byId(found.hypotheses, id), openHypothesis),
    frame: (evidenceId, exception, frame) => perhaps(byId(found.evidence, evidenceId)?.stack?.[exception]?.frames[frame], openFrame),
    evidence: (id) => perhaps(byId(found.evidence, id), openEvidence),
    step: (id) => perhaps(byId(found.steps, id), openStep),
    commit: openCommit,
    copyQuery: (id) => perhaps(byId(found.evidence, id) ?? byId(found.forecasts, id), ({ query }) => copy(query)),
    nextQuery: (id) => perhaps(byId(found.hypotheses, id)?.nextQuery, ({ link }) => openWebPage(link)),
    copyNextQuery: (id) => perhaps(byId(found.hypotheses, id)?.nextQuery, ({ query }) => copy(query)),
    runbook: (id) => perhaps(byId(found.runbooks, id), openRunbook),
    copyTestPlan: () => perhaps(found.testPlan, ({ cases }) => copy(JSON.stringify(cases, null, 2))),
  };
}

const perhaps = <T>(item: T | null | undefined, open: (item: T) => Promise<unknown>) => (item ? open(item) : null);

/** Only commits that the investigation itself named are shown. */
function namesCommit(found: Run['snapshot']['found'], sha: string): boolean {
  return (
    found.rootCauseCommit === sha ||
    (found.suspectCommits ?? []).some((suspect) => suspect.sha === sha) ||
    (found.hypotheses ?? []).some(({ commit }) => commit === sha) ||
    (found.evidence ?? []).some((evidence) => shaIn(evidence) === sha)
  );
}

/** The commit that a piece of evidence is about: its value, or the field `sha` or `commit` of it. */
function shaIn({ value }: Evidence): string | null {
  const candidates = typeof value === 'object' && value !== null && !Array.isArray(value) ? [...Object.values(value)] : [value];
  return candidates.find((candidate): candidate is string => typeof candidate === 'string' && /^[0-9a-f]{40}$/u.test(candidate)) ?? null;
}
