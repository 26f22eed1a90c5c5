import * as vscode from 'vscode';
import type { Run } from './investigations';

/** Asks where, and saves what ran with its sizes, tokens and costs as JSON. Resolves with null when the person thinks better of it. */
export async function exportTrace({ snapshot }: Run): Promise<vscode.Uri | null> {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  const name = `aidog-trace-${new Date(snapshot.startedAtMs).toISOString().slice(0, 16).replaceAll(':', '')}.json`;
  const target = await vscode.window.showSaveDialog({
    title: vscode.l10n.t('Export the agent trace'),
    filters: { JSON: ['json'] },
    ...(folder && { defaultUri: vscode.Uri.joinPath(folder, name) }),
  });
  if (!target) return null;
  await vscode.workspace.fs.writeFile(target, new TextEncoder().encode(traceJson(snapshot)));
  vscode.window.setStatusBarMessage(vscode.l10n.t('Agent trace saved'), 3000);
  return target;
}

/** `{schema, subject, startedAt, endedAt, status, usage, problems, trace}`; times in ISO 8601 UTC. */
export function traceJson({ subject, status, startedAtMs, endedAtMs, found }: Run['snapshot']): string {
  const record = {
    schema: 1,
    subject,
    startedAt: new Date(startedAtMs).toISOString(),
    endedAt: endedAtMs === null ? null : new Date(endedAtMs).toISOString(),
    status,
    usage: found.usage ?? null,
    problems: found.problems ?? [],
    trace: found.trace ?? [],
  };
  return `${JSON.stringify(record, null, 2)}\n`;
}
