import { sep } from 'node:path';
import * as vscode from 'vscode';
import { AppError, messageFor } from '../../domain/errors';
import type { FixDraft, FixStep, FixWrite, TestCommand } from '../../domain/fix';
import { fixStepTooEarly, noFixRemote, noGitHubRemote } from '../../domain/fixErrors';
import { commitMessage, fixTitle } from '../../fix/commitMessage';
import { apiFor } from '../../fix/gitHubApi';
import { fixSteps, testVerdict } from '../../fix/steps';
import { pullRequestBody } from '../../report/pullRequestBody';
import type { EngineClient } from '../engineClient';
import { openWebPage } from '../links';
import { forNotification } from '../plainText';
import { readGitHubBaseUrl } from '../settings';
import { withCancelling } from './draftFix';
import type { FixDocuments } from './fixDocuments';
import type { Fixes } from './fixes';
import { askMessage, askRemote, askTarget, askTestCommand, askVersions, askWithoutTests } from './fixPrompts';
import type { GitHubAccess } from './gitHubAccess';
import { runTestTask } from './testTask';

const testSlot = 'aidog.testCommands';

/** Longest that GitHub may take for one answer. */
const gitHubTimeoutMs = 30_000;

export interface FixDeedOptions {
  readonly engine: EngineClient;
  readonly fixes: Fixes;
  readonly documents: FixDocuments;
  readonly access: GitHubAccess;
  /** Remembers test commands by repository. */
  readonly memento: vscode.Memento;
}

/** What each button does. Each saves first what is typed but not saved in the worktree, and looks at the worktree afterwards. */
export interface FixDeeds {
  /** Looks at the worktree anew. */
  look(fix: FixDraft): Promise<void>;
  resolve(fix: FixDraft): Promise<void>;
  test(fix: FixDraft): Promise<void>;
  commit(fix: FixDraft): Promise<void>;
  push(fix: FixDraft): Promise<void>;
  openPullRequest(fix: FixDraft): Promise<void>;
}

export function createFixDeeds(options: FixDeedOptions): FixDeeds {
  const { engine, fixes, documents } = options;
  const read = ({ worktree, start }: FixDraft) => engine.request('readFix', { worktree, start: start.commit });
  const look = async (fix: FixDraft) => {
    try {
      const contents = await read(fix);
      const failure = fixes.get(fix.id)?.failure ?? null;
      fixes.update(fix.id, { contents, failure: failure?.step === 'branch' ? null : failure });
    } catch (error) {
      fixes.update(fix.id, { failure: { step: 'branch', message: messageFor(error), output: '' } });
      throw error;
    }
  };
  const carryOut = async ({ id, worktree }: FixDraft, step: FixStep, work: (fix: FixDraft) => Promise<Partial<FixDraft> | null>) => {
    if (fixes.running(id) !== null) return;
    await saveIn(worktree);
    const known = fixes.get(id);
    if (known) await look(known);
    const now = fixes.get(id);
    if (!now) return;
    if (!fixSteps(now).some((state) => state.step === step && state.isAvailable)) throw fixStepTooEarly();
    await fixes.carryOut(id, step, () => work(now));
  };
  /** A refusal is no error of ours: it stays with the step, and what was said opens. */
  const settle = async (fix: FixDraft, step: FixStep, result: FixWrite, changes: (commit: string) => Partial<FixDraft>) => {
    const contents = await read(fix);
    if (result.kind === 'done') return { contents, ...changes(result.commit) };
    const failure = { step, message: result.message, output: result.output };
    fixes.update(fix.id, { contents, failure });
    if (result.output !== '') void documents.showOutput({ ...fix, failure });
    void vscode.window.showErrorMessage(forNotification(result.message));
    return { contents, failure };
  };
  return {
    look,
    resolve: (fix) => carryOut(fix, 'conflicts', (now) => resolve(now, options)),
    test: (fix) => carryOut(fix, 'tests', (now) => test(now, options)),
    commit: (fix) =>
      carryOut(fix, 'commit', async (now) => {
        const message = (await askWithoutTests(now)) ? await askMessage(commitMessage(now.patch, now.reason)) : undefined;
        if (message === undefined) return null;
        const { repository, worktree } = now;
        const made = await withCancelling(vscode.l10n.t('Committing the fix'), (signal) =>
          engine.request('commitFix', { repository, worktree, message }, { signal }),
        );
        return settle(now, 'commit', made, () => ({}));
      }),
    push: (fix) =>
      carryOut(fix, 'push', async (now) => {
        const { repository, worktree, branch } = now;
        const remotes = await engine.request('listFixRemotes', { repository });
        if (remotes.length === 0) throw noFixRemote();
        const remote = await askRemote(remotes, branch);
        if (!remote) return null;
        const pushed = await withCancelling(vscode.l10n.t('Pushing the fix'), (signal) =>
          engine.request('pushFix', { repository, worktree, branch, remote: remote.name }, { signal }),
        );
        return settle(now, 'push', pushed, (commit) => ({ push: { remote, commit } }));
      }),
    openPullRequest: (fix) => carryOut(fix, 'pullRequest', (now) => openPullRequest(now, options)),
  };
}

async function resolve(fix: FixDraft, { engine }: FixDeedOptions): Promise<Partial<FixDraft> | null> {
  const { worktree, start, contents } = fix;
  const choices = await askVersions((contents?.conflicts ?? []).filter(({ kind }) => kind === 'choice'));
  if (choices === undefined) return null;
  return { contents: await engine.request('resolveFix', { worktree, start: start.commit, choices }) };
}

async function test(fix: FixDraft, { engine, memento }: FixDeedOptions): Promise<Partial<FixDraft> | null> {
  const { repository, worktree, contents } = fix;
  if (contents === null) return null;
  const remembered = memento.get<Record<string, TestCommand>>(testSlot) ?? {};
  const paths = contents.files.map(({ path }) => path);
  const suggested = remembered[repository] ?? (await engine.request('suggestTests', { worktree, paths }));
  const command = await askTestCommand(suggested ?? { command: '', directory: '' });
  if (!command) return null;
  await memento.update(testSlot, { ...remembered, [repository]: command });
  const exitCode = await runTestTask(worktree, command);
  const after = await engine.request('readFix', { worktree, start: fix.start.commit });
  return { contents: after, tests: { command: command.command, exitCode, fingerprint: contents.fingerprint } };
}

async function openPullRequest(fix: FixDraft, { engine, access }: FixDeedOptions): Promise<Partial<FixDraft> | null> {
  if (fix.pullRequest !== null) {
    await openWebPage(fix.pullRequest.url);
    return {};
  }
  const { push, branch, start, tests } = fix;
  const remotes = await engine.request('listFixRemotes', { repository: fix.repository });
  const configured = readGitHubBaseUrl();
  const targets = remotes.filter(({ github }) => github !== null && apiFor(github, configured) !== null);
  if (targets.length === 0) throw noGitHubRemote();
  const title = fixTitle(fix.patch);
  const target = (await askTarget(targets, fix, title))?.github;
  const baseUrl = target ? apiFor(target, configured) : null;
  if (!target || baseUrl === null) return null;
  const token = await access.token(baseUrl);
  const headOwner = push?.remote.github?.owner ?? target.owner;
  const body = pullRequestBody(fix, { verdict: testVerdict(fix), command: tests?.command ?? null, exitCode: tests?.exitCode ?? null });
  const order = { target, headOwner, branch, base: start.remoteBranch, title, body };
  const connection = { baseUrl, token, timeoutMs: gitHubTimeoutMs };
  const result = await withCancelling(vscode.l10n.t('Opening the draft pull request'), (signal) =>
    engine.request('openPullRequest', { connection, order }, { signal }),
  );
  if (result.kind === 'no_drafts') throw withoutDrafts(result.compareUrl);
  tell(result.kind, result.pullRequest.number, result.pullRequest.url);
  return { pullRequest: result.pullRequest };
}

/** What a person can do who has no drafts: the page is offered, nothing is opened without being asked. */
function withoutDrafts(compareUrl: string): AppError {
  const open = vscode.l10n.t('Open Page');
  const sentence = vscode.l10n.t('This repository has no draft pull requests. The branch is pushed: open a pull request by hand.');
  void vscode.window.showInformationMessage(sentence, open).then((choice) => choice === open && openWebPage(compareUrl));
  return new AppError('bad_input', sentence);
}

function tell(kind: 'opened' | 'found', number: number, url: string): void {
  const sentence =
    kind === 'opened'
      ? vscode.l10n.t('Draft pull request #{0} is open.', number)
      : vscode.l10n.t('The branch has pull request #{0} already; nothing new was opened.', number);
  const open = vscode.l10n.t('Open Page');
  void vscode.window.showInformationMessage(sentence, open).then((choice) => choice === open && openWebPage(url));
}

/** Git sees what is on disk only. */
async function saveIn(worktree: string): Promise<void> {
  const typed = vscode.workspace.textDocuments.filter(
    ({ uri, isDirty }) => isDirty && uri.scheme === 'file' && uri.fsPath.startsWith(worktree + sep),
  );
  for (const document of typed) await document.save();
}
