import * as vscode from 'vscode';

/** Whether a document is a file on disk in one of the open folders, libraries aside. */
export function isKnownFile(uri: vscode.Uri): boolean {
  if (uri.scheme !== 'file' || /[\\/]node_modules[\\/]/u.test(uri.fsPath)) return false;
  return (vscode.workspace.workspaceFolders ?? []).some(({ uri: folder }) => isBelow(folder.path, uri.path));
}

/** Whether any editor shows such a file. */
export function isKnownFileVisible(): boolean {
  return vscode.window.visibleTextEditors.some(({ document }) => isKnownFile(document.uri));
}

const isBelow = (folder: string, path: string) => path.startsWith(folder.endsWith('/') ? folder : `${folder}/`);
