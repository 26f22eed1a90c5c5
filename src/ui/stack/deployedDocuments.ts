import * as vscode from 'vscode';
import type { WorkingTreeLocation } from '../../domain/frame';
import { columnBesidePanel } from '../columns';
import type { EngineClient } from '../engineClient';
import { followLine } from '../followLine';
import type { Report } from '../report';
import { resolveInside } from '../roots';
import type { FrameNode } from './stackNodes';
import { commitName } from './stackWords';

export const deployedScheme = 'aidog-deployed';

export interface DeployedOptions {
  readonly engine: Pick<EngineClient, 'request'>;
  readonly report: Report;
  /** Folders out of which files may be opened. */
  readonly knownRoots: () => readonly string[];
}

export interface DeployedDocuments extends vscode.Disposable {
  /** Opens the native diff of a frame's file: as it was deployed, and as it is now. */
  show(node: FrameNode): Promise<void>;
}

/** Files as they were at the deployed commit, as read-only documents. */
export function createDeployedDocuments({ engine, report, knownRoots }: DeployedOptions): DeployedDocuments {
  const texts = new Map<string, string>();
  const provider = vscode.workspace.registerTextDocumentContentProvider(deployedScheme, {
    provideTextDocumentContent: ({ path }) => texts.get(path) ?? null,
  });
  return {
    async show({ frame, trace }) {
      const { deployed, workspace } = frame;
      if (deployed === null || workspace === null || trace.commit === null)
        return report.refuse(vscode.l10n.t('It is not known which commit this frame ran at. Set the deployed commit first.'));
      const { commit } = trace;
      const text = await engine.request('readAtCommit', { repository: workspace.root, commit, path: deployed.file });
      if (text === null)
        return report.refuse(
          vscode.l10n.t('The commit {0} is not at hand, or has no file {1}. Fetch it, then try again.', commitName(commit), deployed.file),
        );
      const path = `/${commitName(commit)}/${deployed.file}`;
      texts.set(path, text);
      const left = vscode.Uri.from({ scheme: deployedScheme, path });
      const file = await resolveInside(workspace.root, workspace.path, knownRoots());
      if (file === null) await showAlone(left, deployed.line);
      else await showDiff(left, vscode.Uri.file(file), commitName(commit), workspace);
    },
    dispose: () => provider.dispose(),
  };
}

/** Of a file that is gone there is only one side. */
async function showAlone(uri: vscode.Uri, line: number): Promise<void> {
  const document = await vscode.workspace.openTextDocument(uri);
  await vscode.window.showTextDocument(document, { selection: lineRange(line), viewColumn: columnBesidePanel(), preview: true });
}

/** Unsaved edits count: the right side is the editor's text. */
async function showDiff(left: vscode.Uri, right: vscode.Uri, commit: string, { path, line }: WorkingTreeLocation): Promise<void> {
  const now = (await followLine(await vscode.workspace.openTextDocument(right), line)) ?? line;
  const name = path.slice(path.lastIndexOf('/') + 1);
  const title = vscode.l10n.t('{0} (deployed {1} ↔ now)', name, commit);
  const options = { selection: lineRange(now), viewColumn: columnBesidePanel(), preview: true };
  await vscode.commands.executeCommand('vscode.diff', left, right, title, options);
}

const lineRange = (line: number) => new vscode.Range(line - 1, 0, line - 1, 0);
