import { join } from 'node:path';
import * as vscode from 'vscode';
import type { WorkingTreeLocation } from '../domain/frame';
import { columnBesidePanel } from './columns';
import { followLine } from './followLine';
import type { Report } from './report';
import { resolveInside } from './roots';

export interface OpenLocationOptions {
  readonly report: Report;
  /** Folders out of which files may be opened. */
  readonly knownRoots: () => readonly string[];
}

export interface LocationOpener extends vscode.Disposable {
  /**
   * Opens the file with the line selected, or says in one sentence why it cannot. `deployed` is how a person knows the
   * place, for that sentence. True when an editor was opened.
   */
  open(location: WorkingTreeLocation | null, deployed: string | null): Promise<boolean>;
}

/** How long the line stays marked. */
const markMs = 2500;

export function createLocationOpener({ report, knownRoots }: OpenLocationOptions): LocationOpener {
  const mark = vscode.window.createTextEditorDecorationType({
    isWholeLine: true,
    backgroundColor: new vscode.ThemeColor('editor.findMatchHighlightBackground'),
  });
  const timers = new Set<NodeJS.Timeout>();
  const show = async (file: string, { line, status }: WorkingTreeLocation) => {
    const document = await vscode.workspace.openTextDocument(vscode.Uri.file(file));
    const now = await followLine(document, line);
    if (now === null) return false;
    const range = document.lineAt(Math.min(now, document.lineCount) - 1).range;
    const editor = await vscode.window.showTextDocument(document, { selection: range, viewColumn: columnBesidePanel(), preview: true });
    editor.revealRange(range, vscode.TextEditorRevealType.InCenter);
    editor.setDecorations(mark, [range]);
    const timer = setTimeout(() => {
      timers.delete(timer);
      editor.setDecorations(mark, []);
    }, markMs);
    timers.add(timer);
    if (status === 'unknown') report.refuse(vscode.l10n.t('The deployed commit is not at hand, so the line may have moved since.'));
    return true;
  };
  return {
    async open(location, deployed) {
      const file = location && (await resolveInside(location.root, location.path, knownRoots()));
      if (location && file && location.status !== 'deleted' && (await show(file, location))) return true;
      report.refuse(whyNot(location, file !== null, deployed));
      return false;
    },
    dispose() {
      for (const timer of timers) clearTimeout(timer);
      mark.dispose();
    },
  };
}

function whyNot(location: WorkingTreeLocation | null, exists: boolean, deployed: string | null): string {
  if (!location && !deployed) return vscode.l10n.t('No place in the code is known for this.');
  if (!location) return vscode.l10n.t('{0} is in none of the open folders. Open the repository that it belongs to.', deployed ?? '');
  const place = `${location.path}:${location.line}`;
  if (!exists) return vscode.l10n.t('{0} does not lie in one of the open folders, so it is not opened.', place);
  return vscode.l10n.t('The deployed line {0} has been deleted since; the commit shows what it was.', place);
}

/** The file-system path that a location stands for, links not followed; to compare with open documents. */
export function pathOf({ root, path }: Pick<WorkingTreeLocation, 'root' | 'path'>): string {
  return join(root, path);
}
