import * as vscode from 'vscode';
import { mapBuffer } from '../code/drift';

/**
 * Where a line (from 1) of the saved file is in the editor's text, which may have unsaved changes; null when it was deleted
 * there. A file that cannot be read, or has changed too much, keeps the number.
 */
export async function followLine(document: vscode.TextDocument, line: number): Promise<number | null> {
  if (!document.isDirty) return line;
  try {
    const saved = new TextDecoder().decode(await vscode.workspace.fs.readFile(document.uri));
    const now = mapBuffer(saved, document.getText(), line);
    return now.status === 'deleted' ? null : now.line;
  } catch {
    return line;
  }
}
