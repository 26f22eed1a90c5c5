import * as vscode from 'vscode';
import type { Run } from './investigations';
import { markdownReport } from './markdownReport';

/** Puts the report on the clipboard and says so without a notification. */
export async function copyReport({ snapshot }: Run): Promise<void> {
  await vscode.env.clipboard.writeText(markdownReport(snapshot));
  vscode.window.setStatusBarMessage(vscode.l10n.t('Report copied as Markdown'), 3000);
}
