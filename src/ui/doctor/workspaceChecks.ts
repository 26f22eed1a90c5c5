import * as vscode from 'vscode';
import type { SetupCheck } from '../../domain/setupCheck';

/** What only the editor knows: whether the workspace is trusted, and whether its folders are on disk. */
export function workspaceChecks(): SetupCheck[] {
  return [trustCheck(), folderCheck()];
}

function trustCheck(): SetupCheck {
  const check = { id: 'trust', title: vscode.l10n.t('Workspace trust') } as const;
  if (vscode.workspace.isTrusted) return { ...check, status: 'ok', detail: vscode.l10n.t('The workspace is trusted.'), fix: null };
  const detail = vscode.l10n.t('In Restricted Mode AIDog reads no file and no Git history of this workspace.');
  return { ...check, status: 'problem', detail, fix: { kind: 'trust', title: vscode.l10n.t('Manage workspace trust') } };
}

function folderCheck(): SetupCheck {
  const check = { id: 'folder', title: vscode.l10n.t('Open folder') } as const;
  const folders = vscode.workspace.workspaceFolders ?? [];
  const fix = { kind: 'openFolder', title: vscode.l10n.t('Open a folder') } as const;
  if (folders.length === 0) return { ...check, status: 'problem', detail: vscode.l10n.t('No folder is open.'), fix };
  const virtual = folders.filter(({ uri }) => uri.scheme !== 'file').map(({ name }) => name);
  if (virtual.length === 0)
    return { ...check, status: 'ok', detail: vscode.l10n.t('Open: {0}.', folders.map(({ name }) => name).join(', ')), fix: null };
  const detail = vscode.l10n.t('Not on a disk, so there is no Git to read: {0}. Open a clone instead.', virtual.join(', '));
  return { ...check, status: virtual.length === folders.length ? 'problem' : 'warning', detail, fix };
}
