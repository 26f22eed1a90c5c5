import { basename, join } from 'node:path';
import * as vscode from 'vscode';
import type { Log } from '../../domain/ports';
import type { ResolvedFrame } from '../../domain/resolvedTrace';
import type { EngineClient } from '../engineClient';
import { forLabel } from '../plainText';
import type { Report } from '../report';
import { repositoryOf, resolveInside, workspaceRoots } from '../roots';
import type { FrameNode } from './stackNodes';

interface Choice {
  readonly root: string;
  readonly path: string;
}

export interface CorrectionOptions {
  readonly report: Report;
  readonly log: Log;
  /** Told that the rules have changed. */
  readonly engine: Pick<EngineClient, 'filesChanged'>;
}

type Row = vscode.QuickPickItem & { readonly choice: Choice | 'browse' };

/**
 * Lets a person say which file a frame means and saves that as a rule in `.aidog/mappings.json` of that repository. True when a
 * rule was saved.
 */
export async function chooseFile({ frame, trace }: FrameNode, { report, log, engine }: CorrectionOptions): Promise<boolean> {
  const choice = await pickFile(frame);
  if (choice === null) return false;
  if (choice === 'elsewhere') {
    report.refuse(
      vscode.l10n.t('The file does not lie in one of the open folders. Open the repository that it belongs to, then try again.'),
    );
    return false;
  }
  const { MAPPINGS_PATH, ruleFromCorrection, withRule } = await import('../../code/mappingRules');
  const rule = ruleFromCorrection(frame, choice.path, trace.service);
  if (rule === null) {
    report.refuse(vscode.l10n.t('The frame names no file, so no rule can be made of the choice.'));
    return false;
  }
  const uri = vscode.Uri.file(join(choice.root, ...MAPPINGS_PATH.split('/')));
  const before = await vscode.workspace.fs.readFile(uri).then(
    (bytes) => new TextDecoder().decode(bytes),
    () => null,
  );
  await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(withRule(before, rule)));
  engine.filesChanged([uri.fsPath]);
  log.info(`A rule for ${frame.file} was written to ${uri.fsPath}.`);
  void tell(uri, MAPPINGS_PATH, choice.root);
  return true;
}

async function tell(uri: vscode.Uri, path: string, root: string): Promise<void> {
  const open = vscode.l10n.t('Open the Rule');
  const sentence = vscode.l10n.t('The choice is kept in {0} of {1}. Commit the file to share it.', path, basename(root));
  if ((await vscode.window.showInformationMessage(sentence, open)) === open)
    await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(uri), { preview: true });
}

async function pickFile(frame: ResolvedFrame): Promise<Choice | 'elsewhere' | null> {
  const rows = await candidateRows(frame);
  const browse: Row = { choice: 'browse', label: vscode.l10n.t('Browse…'), iconPath: new vscode.ThemeIcon('folder-opened') };
  const title = vscode.l10n.t('Which file is {0}?', forLabel(frame.file ?? '', 80));
  const chosen = rows.length === 0 ? browse : await vscode.window.showQuickPick([...rows, browse], { title, matchOnDescription: true });
  if (chosen === undefined) return null;
  return chosen.choice === 'browse' ? browseFile(title) : chosen.choice;
}

/** Files that exist in an open folder; what the frame is placed at now comes first. */
async function candidateRows({ workspace, candidates }: ResolvedFrame): Promise<Row[]> {
  const known = workspaceRoots();
  const now = workspace === null ? [] : [{ root: workspace.root, path: workspace.path }];
  const others = candidates.filter(({ root, path }) => !now.some((one) => one.root === root && one.path === path));
  const rows = await Promise.all(
    [...now, ...others].map(async ({ root, path }): Promise<Row[]> => {
      if ((await resolveInside(root, path, known)) === null) return [];
      const folder = path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : '';
      return [
        {
          choice: { root, path },
          label: forLabel(basename(path)),
          description: forLabel([basename(root), folder].filter(Boolean).join('/')),
        },
      ];
    }),
  );
  return rows.flat();
}

async function browseFile(title: string): Promise<Choice | 'elsewhere' | null> {
  const [first] = workspaceRoots();
  const defaultUri = first === undefined ? undefined : vscode.Uri.file(first);
  const picked = await vscode.window.showOpenDialog({ title, defaultUri, canSelectMany: false });
  const [uri] = picked ?? [];
  if (uri === undefined) return null;
  return uri.scheme === 'file' ? ((await repositoryOf(uri.fsPath, workspaceRoots())) ?? 'elsewhere') : 'elsewhere';
}
