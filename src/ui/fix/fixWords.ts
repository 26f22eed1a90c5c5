import * as vscode from 'vscode';
import type { FixDraft, FixStep } from '../../domain/fix';
import { formatSha } from '../../domain/format';
import { type FixStepStatus, testVerdict } from '../../fix/steps';
import { forTitle } from '../plainText';

export function stepWords(step: FixStep): string {
  const words: Record<FixStep, string> = {
    branch: vscode.l10n.t('Branch'),
    files: vscode.l10n.t('Changed files'),
    conflicts: vscode.l10n.t('Conflicts'),
    tests: vscode.l10n.t('Tests'),
    commit: vscode.l10n.t('Commit'),
    push: vscode.l10n.t('Push'),
    pullRequest: vscode.l10n.t('Draft pull request'),
  };
  return words[step];
}

export function statusWords(status: FixStepStatus): string {
  const words: Record<FixStepStatus, string> = {
    done: vscode.l10n.t('done'),
    next: vscode.l10n.t('next'),
    waiting: vscode.l10n.t('later'),
    running: vscode.l10n.t('running'),
    failed: vscode.l10n.t('failed'),
    skipped: vscode.l10n.t('left out'),
  };
  return words[status];
}

/** What there is to say about a step, in few words; empty when its name says it all. */
export function stepDetail(fix: FixDraft, step: FixStep): string {
  if (fix.failure?.step === step) return fix.failure.message;
  const details: Record<FixStep, () => string> = {
    branch: () => vscode.l10n.t('{0}, from {1}', fix.branch, fix.start.name),
    files: () => filesDetail(fix),
    conflicts: () => conflictsDetail(fix),
    tests: () => testsDetail(fix),
    commit: () => commitDetail(fix),
    push: () => (fix.push === null ? '' : vscode.l10n.t('{0} at {1}', formatSha(fix.push.commit), fix.push.remote.name)),
    pullRequest: () => (fix.pullRequest === null ? '' : `#${fix.pullRequest.number}`),
  };
  return details[step]();
}

/** Everything about the branch that a person may want to know before it is trusted. */
export function branchTooltip({ branch, start, patch, worktree, isWorkingTreeDirty }: FixDraft): string {
  const lines = [
    vscode.l10n.t('Branch {0} begins at {1} ({2}).', branch, start.name, formatSha(start.commit)),
    vscode.l10n.t('It is checked out in {0}; your working tree is not touched.', worktree),
    patch.isMerge ? vscode.l10n.t('A merge is undone: all that it brought to its first parent goes.') : '',
    isWorkingTreeDirty ? vscode.l10n.t('Your working tree has changes of its own; they are no part of the fix.') : '',
  ];
  return lines.filter((line) => line !== '').join('\n');
}

export function fixLabel({ patch, reason }: FixDraft): string {
  return vscode.l10n.t('Revert {0} for "{1}"', formatSha(patch.commit), forTitle(reason.incident, 60));
}

function filesDetail({ contents }: FixDraft): string {
  if (contents === null) return '';
  const count = String(contents.files.length);
  return contents.untracked.length === 0 ? count : vscode.l10n.t('{0}, without {1} new', count, contents.untracked.length);
}

function conflictsDetail({ contents }: FixDraft): string {
  if (contents === null) return '';
  return contents.conflicts.length === 0 ? vscode.l10n.t('none') : String(contents.conflicts.length);
}

function testsDetail(fix: FixDraft): string {
  const { tests } = fix;
  if (tests === null) return '';
  const words: Record<ReturnType<typeof testVerdict>, string> = {
    passed: vscode.l10n.t('passed: {0}', tests.command),
    failed: vscode.l10n.t('exit code {0}: {1}', tests.exitCode ?? '', tests.command),
    outdated: vscode.l10n.t('files changed since: {0}', tests.command),
    unfinished: vscode.l10n.t('stopped: {0}', tests.command),
    'not run': '',
  };
  return words[testVerdict(fix)];
}

function commitDetail({ contents }: FixDraft): string {
  if (contents === null || contents.commit === null) return '';
  const sha = formatSha(contents.commit);
  return contents.isDirty ? vscode.l10n.t('changed since {0}', sha) : sha;
}
