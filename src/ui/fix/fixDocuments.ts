import { join } from 'node:path';
import * as vscode from 'vscode';
import type { FixDraft, FixFile } from '../../domain/fix';
import { columnBesidePanel } from '../columns';
import type { EngineClient } from '../engineClient';
import type { Fixes } from './fixes';

export const fixScheme = 'aidog-fix';

export interface FixDocuments extends vscode.Disposable {
  /** Opens the native diff editor on all changed files. */
  showChanges(fix: FixDraft): Promise<void>;
  showFile(fix: FixDraft, file: FixFile): Promise<void>;
  /** Opens a file of the worktree, to be edited. */
  edit(fix: FixDraft, path: string): Promise<void>;
  /** Opens what a hook or the other side printed when a step was refused. */
  showOutput(fix: FixDraft): Promise<void>;
}

/** Files before and after a fix. The left side is read from Git and cannot be edited; the right side is the file in the worktree. */
export function createFixDocuments(engine: EngineClient, fixes: Fixes): FixDocuments {
  const provider = vscode.workspace.registerTextDocumentContentProvider(fixScheme, {
    async provideTextDocumentContent({ path }) {
      const [, id = '', kind, ...rest] = path.split('/');
      const fix = fixes.get(id);
      if (fix === null || kind === 'none') return '';
      if (kind === 'output') return fix.failure?.output ?? '';
      const { worktree, start } = fix;
      return (await engine.request('readFixStart', { worktree, commit: start.commit, path: rest.join('/') })) ?? '';
    },
  });
  // A document that is open is not read again, so each showing has an address of its own.
  let shown = 0;
  const showFile = async (fix: FixDraft, file: FixFile) => {
    const title = vscode.l10n.t('{0} (before the fix ↔ fix)', file.path.slice(file.path.lastIndexOf('/') + 1));
    const [left, right] = sides(fix, file);
    const nothing = virtual(fix, 'none', file.path);
    const options = { viewColumn: columnBesidePanel(), preview: true };
    await vscode.commands.executeCommand('vscode.diff', left ?? nothing, right ?? nothing, title, options);
  };
  return {
    showFile,
    async showChanges(fix) {
      const files = fix.contents?.files ?? [];
      const [only] = files;
      if (only && files.length === 1) return showFile(fix, only);
      const resources = files.map((file) => [onDisk(fix, file.path), ...sides(fix, file)]);
      await vscode.commands.executeCommand('vscode.changes', fix.branch, resources);
    },
    async edit(fix, path) {
      const document = await vscode.workspace.openTextDocument(onDisk(fix, path));
      await vscode.window.showTextDocument(document, { viewColumn: columnBesidePanel(), preview: false });
    },
    async showOutput(fix) {
      shown += 1;
      const document = await vscode.workspace.openTextDocument(virtual(fix, 'output', `${fix.failure?.step ?? 'output'}-${shown}.log`));
      await vscode.window.showTextDocument(document, { viewColumn: columnBesidePanel(), preview: true });
    },
    dispose: () => provider.dispose(),
  };
}

const onDisk = ({ worktree }: FixDraft, path: string) => vscode.Uri.file(join(worktree, path));

const virtual = ({ id }: FixDraft, kind: 'start' | 'output' | 'none', path: string) =>
  vscode.Uri.from({ scheme: fixScheme, path: `/${id}/${kind}/${path}` });

/** The file before and after; undefined where it does not exist. */
function sides(fix: FixDraft, { path, previousPath, status }: FixFile): [left: vscode.Uri | undefined, right: vscode.Uri | undefined] {
  return [
    status === 'added' ? undefined : virtual(fix, 'start', previousPath ?? path),
    status === 'deleted' ? undefined : onDisk(fix, path),
  ];
}
