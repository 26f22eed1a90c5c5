import { sep } from 'node:path';
import * as vscode from 'vscode';
import { Owner } from '../../domain/disposal';
import type { FixDraft } from '../../domain/fix';
import type { ContextKeys } from '../contextKeys';
import type { Fixes } from './fixes';
import { type FixNode, FixTree } from './fixTree';

export const fixViewId = 'aidog.fix';

export interface FixViewOptions {
  readonly fixes: Fixes;
  readonly contextKeys: ContextKeys;
  /** Looks at the worktree anew, without a word when that fails. */
  readonly look: (fix: FixDraft) => void;
}

export interface FixView extends vscode.Disposable {
  reveal(): Promise<void>;
}

/** The checklist of drafted fixes. Looks at the worktrees when it becomes visible and when a file in one is saved; never polls. */
export function createFixView({ fixes, contextKeys, look }: FixViewOptions): FixView {
  const owner = new Owner();
  const { own } = owner;
  const tree = own(new FixTree(fixes));
  const view = own(vscode.window.createTreeView<FixNode>(fixViewId, { treeDataProvider: tree }));
  const show = () => {
    contextKeys.set('aidog.hasFix', fixes.all.length > 0);
    tree.redraw();
  };
  own(fixes.onDidChange(show));
  own(view.onDidChangeVisibility(({ visible }) => visible && fixes.all.forEach(look)));
  own(
    vscode.workspace.onDidSaveTextDocument(({ uri }) => {
      const edited = fixes.all.find(({ worktree }) => uri.scheme === 'file' && uri.fsPath.startsWith(worktree + sep));
      if (edited) look(edited);
    }),
  );
  if (fixes.all.length > 0) show();
  return {
    async reveal() {
      await vscode.commands.executeCommand(`${fixViewId}.focus`);
    },
    dispose: () => owner.dispose(),
  };
}
