import * as vscode from 'vscode';
import type { EngineClient } from './engineClient';
import { workspaceRoots } from './roots';

/**
 * Tells the engine what was created, deleted or renamed in the window, and which mapping rules were saved, so that it goes by
 * them at once. Nothing is watched: what happens outside of the window shows in Git's index, which the engine looks at when it is asked.
 */
export function followFiles(engine: Pick<EngineClient, 'filesChanged'>): vscode.Disposable {
  const tell = (uris: readonly vscode.Uri[]) => {
    if (workspaceRoots().length === 0) return;
    engine.filesChanged(uris.filter(({ scheme }) => scheme === 'file').map(({ fsPath }) => fsPath));
  };
  return vscode.Disposable.from(
    vscode.workspace.onDidCreateFiles(({ files }) => tell(files)),
    vscode.workspace.onDidDeleteFiles(({ files }) => tell(files)),
    vscode.workspace.onDidSaveTextDocument(({ uri }) => uri.path.endsWith('/.aidog/mappings.json') && tell([uri])),
    vscode.workspace.onDidRenameFiles(({ files }) => tell(files.flatMap(({ oldUri, newUri }) => [oldUri, newUri]))),
  );
}
