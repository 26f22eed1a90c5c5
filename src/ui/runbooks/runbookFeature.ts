import { promises } from 'node:fs';
import { join } from 'node:path';
import * as vscode from 'vscode';
import type { CommandHandlers } from '../commands';
import type { Run } from '../investigations';
import { forLabel } from '../plainText';
import type { Report } from '../report';

export interface RunbookFeatureOptions {
  /** Where kept runbooks lie: a folder of AIDog's own. */
  readonly dir: string;
  readonly report: Report;
  readonly runOf: (argument: unknown) => Run | null;
}

export type RunbookCommandHandlers = Pick<CommandHandlers, 'keepRunbook' | 'showRunbooks'>;

interface RunbookItem extends vscode.QuickPickItem {
  readonly uri: vscode.Uri;
}

/** Runbooks that are drafted from investigations and found again by the next incident of the kind. */
export function createRunbookFeature({ dir, report, runOf }: RunbookFeatureOptions): RunbookCommandHandlers {
  const folder = vscode.Uri.file(dir);
  return {
    async keepRunbook(argument) {
      const run = runOf(argument);
      if (run === null || (run.snapshot.found.hypotheses ?? []).length === 0)
        return report.refuse(vscode.l10n.t('There is nothing to keep yet. Investigate an incident first.'));
      const { runbookDraft, runbookTitle } = await import('../../report/runbookDraft');
      const { subject, found } = run.snapshot;
      const name = fileName(runbookTitle(subject, found), found.incident?.startedAt ?? null);
      const uri = await writeNew(dir, name, runbookDraft(subject, found));
      await edit(uri);
      vscode.window.setStatusBarMessage(vscode.l10n.t('Runbook kept: the next investigation finds it'), 5000);
    },
    showRunbooks: () => pickRunbook(folder, report),
  };
}

/** Lists what was kept; opens one to edit, or deletes one. */
async function pickRunbook(folder: vscode.Uri, report: Report): Promise<void> {
  const names = await namesIn(folder);
  if (names.length === 0)
    return report.refuse(vscode.l10n.t('No runbook has been kept yet. Use "AIDog: Keep as Runbook" on an investigation.'));
  const picker = vscode.window.createQuickPick<RunbookItem>();
  const remove = { iconPath: new vscode.ThemeIcon('trash'), tooltip: vscode.l10n.t('Delete') };
  picker.title = vscode.l10n.t('Kept Runbooks');
  picker.placeholder = vscode.l10n.t('A runbook to read or edit');
  picker.items = names.map((name) => ({
    label: forLabel(name.replace(/\.md$/i, '')),
    uri: vscode.Uri.joinPath(folder, name),
    buttons: [remove],
  }));
  picker.onDidTriggerItemButton(({ item }) => {
    picker.hide();
    deleteRunbook(item).catch(report.problem);
  });
  picker.onDidAccept(() => {
    const [chosen] = picker.selectedItems;
    picker.hide();
    if (chosen) edit(chosen.uri).catch(report.problem);
  });
  picker.onDidHide(() => picker.dispose());
  picker.show();
}

async function deleteRunbook({ label, uri }: RunbookItem): Promise<void> {
  const action = vscode.l10n.t('Delete');
  const question = vscode.l10n.t('Delete the runbook "{0}"?', label);
  const detail = vscode.l10n.t('It cannot be brought back.');
  if ((await vscode.window.showWarningMessage(question, { modal: true, detail }, action)) === action) await vscode.workspace.fs.delete(uri);
}

/** Names of the Markdown files, newest incident first; none where there is no folder yet. */
async function namesIn(folder: vscode.Uri): Promise<readonly string[]> {
  const entries = await vscode.workspace.fs.readDirectory(folder).then(
    (found) => found,
    () => [],
  );
  return entries
    .map(([name]) => name)
    .filter((name) => /\.md$/i.test(name))
    .sort()
    .reverse();
}

const MAX_NAME = 60;

/** The day and the words of the title, safe as a name on every system. */
function fileName(title: string, startedAt: string | null): string {
  const words =
    title
      .normalize('NFKD')
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu) ?? [];
  const day = /^\d{4}-\d{2}-\d{2}/.exec(startedAt ?? '')?.[0] ?? 'runbook';
  return [...[day, ...words].join('-')].slice(0, MAX_NAME).join('').replace(/-$/, '');
}

/** Under the first free name, so that nothing that was kept is overwritten, not even by another window in the same moment. */
async function writeNew(dir: string, name: string, text: string): Promise<vscode.Uri> {
  await promises.mkdir(dir, { recursive: true });
  for (let at = 1; ; at++) {
    const file = join(dir, at === 1 ? `${name}.md` : `${name}-${at}.md`);
    const error = await promises.writeFile(file, text, { flag: 'wx' }).then(
      () => null,
      (cause: NodeJS.ErrnoException) => cause,
    );
    if (error === null) return vscode.Uri.file(file);
    if (error.code !== 'EEXIST') throw error;
  }
}

async function edit(uri: vscode.Uri): Promise<void> {
  await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(uri), { preview: false });
}
