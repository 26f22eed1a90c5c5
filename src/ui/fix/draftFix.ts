import * as vscode from 'vscode';
import { messageFor } from '../../domain/errors';
import type { FixDraft } from '../../domain/fix';
import { fixNeedsTrust, nothingToRevert } from '../../domain/fixErrors';
import { commandIds } from '../commands';
import type { EngineClient } from '../engineClient';
import type { Run, RunRequest } from '../investigations';
import { forNotification } from '../plainText';
import type { Report } from '../report';
import { fixArgument } from './fixArguments';
import type { Fixes } from './fixes';
import { askAnother, askHow } from './fixPrompts';
import { fixChoices, fixReason } from './fixReason';

export interface DraftFixOptions {
  readonly engine: EngineClient;
  readonly fixes: Fixes;
  readonly report: Report;
  /** Where worktrees are kept. */
  readonly worktreesDir: string;
  /** The folders that may be read and written now for a run. */
  readonly foldersOf: (run: RunRequest) => readonly string[];
  /** Brings the view, with this fix, to the front. */
  readonly reveal: () => Promise<void>;
}

/** Asks how, prepares the worktree, and shows what changed. Null when it was left or could not be done; then nothing was written. */
export async function draftFix(run: Run, hypothesisId: string | null, options: DraftFixOptions): Promise<FixDraft | null> {
  const { engine, fixes, report, worktreesDir, foldersOf, reveal } = options;
  if (!vscode.workspace.isTrusted) return refused(report, fixNeedsTrust());
  const choices = fixChoices(run, hypothesisId);
  if (choices.length === 0) return refused(report, nothingToRevert());
  const choice = await askHow(choices);
  if (!choice) return null;
  const same = fixes.all.find(({ patch }) => patch.commit === choice.commit) ?? null;
  const answer = same === null ? 'another' : await askAnother(same);
  if (answer === 'show') await reveal();
  if (answer !== 'another') return null;
  const reason = fixReason(run, choice);
  const repositories = [...foldersOf(run)];
  const prepared = await withCancelling(vscode.l10n.t('Preparing the fix'), (signal) =>
    engine.request('prepareFix', { repositories, commit: choice.commit, incident: reason.incident, dir: worktreesDir }, { signal }),
  );
  const { worktree, start } = prepared;
  const contents = await engine.request('readFix', { worktree, start: start.commit });
  const rest = { contents, tests: null, push: null, pullRequest: null, failure: null };
  const fix: FixDraft = { ...prepared, id: crypto.randomUUID(), reason, ...rest };
  fixes.add(fix);
  await reveal();
  tell(fix);
  return fix;
}

function refused(report: Report, error: Error): null {
  report.refuse(messageFor(error));
  return null;
}

/** Says where the branch begins, and that nothing else was touched. Not awaited: it may stay on the screen. */
function tell(fix: FixDraft): void {
  const { branch, start, contents, isWorkingTreeDirty } = fix;
  const conflicts = contents?.conflicts.length ?? 0;
  const sentences = [
    vscode.l10n.t('The fix is drafted on {0}, which begins at {1}.', branch, start.name),
    isWorkingTreeDirty ? vscode.l10n.t('Your uncommitted changes are no part of it and stay where they are.') : '',
    conflicts > 0 ? vscode.l10n.t('Files with conflicts: {0}. Resolve them, then continue.', conflicts) : '',
  ];
  const show = vscode.l10n.t('Show Changes');
  const sentence = forNotification(sentences.filter((part) => part !== '').join(' '));
  void vscode.window
    .showInformationMessage(sentence, show)
    .then((choice) => choice === show && vscode.commands.executeCommand(commandIds.showFixChanges, fixArgument(fix.id)));
}

/** Progress that a person can call off. */
export function withCancelling<T>(title: string, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const options = { location: vscode.ProgressLocation.Notification, title, cancellable: true };
  return Promise.resolve(
    vscode.window.withProgress(options, async (_, token) => {
      const controller = new AbortController();
      const subscription = token.onCancellationRequested(() => controller.abort());
      try {
        return await work(controller.signal);
      } finally {
        subscription.dispose();
      }
    }),
  );
}
