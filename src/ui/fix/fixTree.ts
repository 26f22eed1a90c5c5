import { join } from 'node:path';
import * as vscode from 'vscode';
import type { FixConflict, FixDraft, FixFile, FixStep } from '../../domain/fix';
import { oneLine } from '../../domain/plainText';
import { type FixStepState, type FixStepStatus, fixSteps } from '../../fix/steps';
import { type CommandName, commandIds } from '../commands';
import { forTitle } from '../plainText';
import type { Fixes } from './fixes';
import { branchTooltip, fixLabel, statusWords, stepDetail, stepWords } from './fixWords';

/** A row of the view. Menus hand it to commands. */
export type FixNode =
  | { readonly kind: 'fix'; readonly fixId: string }
  | { readonly kind: 'fixStep'; readonly fixId: string; readonly state: FixStepState }
  | { readonly kind: 'fixFile'; readonly fixId: string; readonly file: FixFile }
  | { readonly kind: 'fixConflict'; readonly fixId: string; readonly conflict: FixConflict };

const statusIcons: Record<FixStepStatus, readonly [icon: string, colour: string | null]> = {
  done: ['pass-filled', 'testing.iconPassed'],
  next: ['circle-large-filled', 'focusBorder'],
  waiting: ['circle-large-outline', null],
  running: ['loading~spin', null],
  failed: ['error', 'list.errorForeground'],
  skipped: ['circle-slash', null],
};

/** Steps whose row opens something that only shows; all that write have a button of their own. */
const opening: Partial<Record<FixStep, CommandName>> = { files: 'showFixChanges', pullRequest: 'openFixPullRequest' };

/** Drafted fixes as checklists: each step with where it stands, changed files and conflicts below theirs. */
export class FixTree implements vscode.TreeDataProvider<FixNode>, vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<void>();
  readonly onDidChangeTreeData = this.#changed.event;

  constructor(private readonly fixes: Fixes) {}

  redraw(): void {
    this.#changed.fire();
  }

  getChildren(node?: FixNode): FixNode[] {
    if (!node) return this.fixes.all.map(({ id }) => ({ kind: 'fix', fixId: id }));
    const fix = this.fixes.get(node.fixId);
    if (!fix) return [];
    const { fixId } = node;
    if (node.kind === 'fix') return fixSteps(fix, this.fixes.running(fixId)).map((state) => ({ kind: 'fixStep', fixId, state }));
    if (node.kind !== 'fixStep') return [];
    if (node.state.step === 'files') return (fix.contents?.files ?? []).map((file) => ({ kind: 'fixFile', fixId, file }));
    if (node.state.step === 'conflicts')
      return (fix.contents?.conflicts ?? []).map((conflict) => ({ kind: 'fixConflict', fixId, conflict }));
    return [];
  }

  getTreeItem(node: FixNode): vscode.TreeItem {
    const fix = this.fixes.get(node.fixId);
    if (!fix) return new vscode.TreeItem('');
    if (node.kind === 'fix') return fixItem(fix);
    if (node.kind === 'fixStep') return stepItem(fix, node.state);
    return node.kind === 'fixFile' ? fileItem(fix, node.file) : conflictItem(fix, node.conflict);
  }

  dispose(): void {
    this.#changed.dispose();
  }
}

function fixItem(fix: FixDraft): vscode.TreeItem {
  const item = new vscode.TreeItem(fixLabel(fix), vscode.TreeItemCollapsibleState.Expanded);
  item.id = `fix:${fix.id}`;
  item.tooltip = branchTooltip(fix);
  item.iconPath = new vscode.ThemeIcon('wrench');
  item.contextValue = 'fix';
  item.accessibilityInformation = { label: fixLabel(fix) };
  return item;
}

function stepItem(fix: FixDraft, state: FixStepState): vscode.TreeItem {
  const { step, status } = state;
  const item = new vscode.TreeItem(stepWords(step), expansion(fix, step));
  const detail = stepDetail(fix, step);
  const [icon, colour] = statusIcons[status];
  item.id = `fix:${fix.id}:${step}`;
  const isNext = status === 'next' && detail === '';
  item.description = isNext ? statusWords(status) : forTitle(detail, 120);
  item.tooltip = [`${stepWords(step)}: ${statusWords(status)}`, step === 'branch' ? branchTooltip(fix) : oneLine(detail)]
    .filter(Boolean)
    .join('\n');
  item.iconPath = new vscode.ThemeIcon(icon, colour === null ? undefined : new vscode.ThemeColor(colour));
  item.contextValue = stepContext(fix, state);
  item.accessibilityInformation = { label: [stepWords(step), statusWords(status), forTitle(detail, 120)].filter(Boolean).join(', ') };
  const command = hasOutput(fix, step) ? 'showFixOutput' : status === 'done' ? opening[step] : undefined;
  if (command) item.command = { command: commandIds[command], title: stepWords(step), arguments: [{ kind: 'fix', fixId: fix.id }] };
  return item;
}

/** Files are shown until there are conflicts to look at instead. */
function expansion({ contents }: FixDraft, step: FixStep): vscode.TreeItemCollapsibleState {
  const { Expanded, Collapsed, None } = vscode.TreeItemCollapsibleState;
  const hasConflicts = (contents?.conflicts.length ?? 0) > 0;
  if (step === 'files') return hasConflicts ? Collapsed : Expanded;
  return step === 'conflicts' && hasConflicts ? Expanded : None;
}

/** What the `when` clauses of the buttons look at: `fixStep.push.can`. */
function stepContext(fix: FixDraft, { step, isAvailable }: FixStepState): string {
  const isOpened = step === 'pullRequest' && fix.pullRequest !== null;
  return ['fixStep', step, isOpened ? 'opened' : isAvailable ? 'can' : 'cannot', hasOutput(fix, step) ? 'output' : '']
    .filter(Boolean)
    .join('.');
}

const hasOutput = ({ failure }: FixDraft, step: FixStep) => failure?.step === step && failure.output !== '';

function fileItem(fix: FixDraft, file: FixFile): vscode.TreeItem {
  const item = pathItem(fix, file.path);
  item.id = `fix:${fix.id}:file:${file.path}`;
  item.tooltip = file.previousPath === null ? file.path : `${file.previousPath} → ${file.path}`;
  item.contextValue = 'fixFile';
  item.command = { command: commandIds.openFixFile, title: file.path, arguments: [{ kind: 'fixFile', fixId: fix.id, file }] };
  return item;
}

function conflictItem(fix: FixDraft, conflict: FixConflict): vscode.TreeItem {
  const item = pathItem(fix, conflict.path);
  item.id = `fix:${fix.id}:conflict:${conflict.path}`;
  item.tooltip =
    conflict.kind === 'markers'
      ? vscode.l10n.t('Both versions stand in the file. Decide what it shall say, delete the markers, save, then continue.')
      : vscode.l10n.t('One of two versions must be chosen; you are asked when you continue.');
  item.iconPath = new vscode.ThemeIcon('git-merge', new vscode.ThemeColor('list.warningForeground'));
  item.contextValue = 'fixConflict';
  item.command = { command: commandIds.openFixFile, title: conflict.path, arguments: [{ kind: 'fixConflict', fixId: fix.id, conflict }] };
  return item;
}

/** A file with the icon of its kind, its folder behind its name. */
function pathItem({ worktree }: FixDraft, path: string): vscode.TreeItem {
  const at = path.lastIndexOf('/');
  const item = new vscode.TreeItem(oneLine(path.slice(at + 1)));
  item.description = at === -1 ? '' : oneLine(path.slice(0, at));
  item.accessibilityInformation = { label: oneLine(path) };
  item.resourceUri = vscode.Uri.file(join(worktree, path));
  item.iconPath = vscode.ThemeIcon.File;
  return item;
}
