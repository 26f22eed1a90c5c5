import * as vscode from 'vscode';
import { forLabel } from '../plainText';
import type { StackLabels } from './stackSession';

type Row = vscode.QuickPickItem & { readonly labels: StackLabels | 'enter' };

export interface LabelChoices {
  readonly now: StackLabels;
  /** The service of the investigation that is shown, or null. */
  readonly service: string | null;
}

/** Asks what ran: a commit, tag or version, or the service of the open investigation. Null when nothing was chosen. */
export async function askLabels({ now, service }: LabelChoices): Promise<StackLabels | null> {
  const title = vscode.l10n.t('What ran when the trace was printed?');
  const rows: Row[] = [
    { labels: 'enter', label: vscode.l10n.t('Enter a commit, tag or version…'), iconPath: new vscode.ThemeIcon('edit') },
    {
      labels: { ...now, commit: 'HEAD' },
      label: vscode.l10n.t('What is checked out'),
      description: 'HEAD',
      iconPath: new vscode.ThemeIcon('git-commit'),
    },
    {
      labels: { commit: null, service: null },
      label: vscode.l10n.t('What the text says, if anything'),
      iconPath: new vscode.ThemeIcon('list-flat'),
    },
  ];
  if (service !== null && service !== now.service)
    rows.push({
      labels: { ...now, service },
      label: vscode.l10n.t('The service {0} of the open investigation', forLabel(service, 60)),
      iconPath: new vscode.ThemeIcon('server'),
    });
  const chosen = await vscode.window.showQuickPick(rows, { title });
  if (chosen === undefined) return null;
  if (chosen.labels !== 'enter') return chosen.labels;
  const commit = await enterCommit(title, now.commit);
  return commit === null ? null : { ...now, commit };
}

async function enterCommit(title: string, value: string | null): Promise<string | null> {
  const entered = await vscode.window.showInputBox({
    title,
    value: value ?? '',
    prompt: vscode.l10n.t('A commit id, a Git tag or a version that is tagged, such as 1.16.1'),
    placeHolder: '1a2b3c4',
    validateInput: (text) => (isCommitName(text.trim()) ? null : vscode.l10n.t('Enter a commit id, a tag or a version; it has no spaces.')),
  });
  return entered === undefined ? null : entered.trim();
}

/** What Git could take for a name; it never begins with a dash. */
export const isCommitName = (text: string) => /^[\w][\w.+/@-]{0,199}$/u.test(text);
