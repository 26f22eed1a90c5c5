import * as vscode from 'vscode';
import { Owner } from '../../domain/disposal';
import type { ResolvedTrace } from '../../domain/resolvedTrace';
import type { ContextKeys } from '../contextKeys';
import { culpritOf, distinctTraces, type FrameNode, MAX_SHOWN_TRACES, type StackNode, stackNodes } from './stackNodes';
import { StackTree } from './stackTree';

export const stackViewId = 'aidog.stack';

export interface StackView extends vscode.Disposable {
  /** Shows the traces, reveals the frame to look at first and returns it; null when there is none. */
  show(traces: readonly ResolvedTrace[]): FrameNode | null;
  /** Empties and hides the view. */
  clear(): void;
  /** The selected row, else the frame to look at first; for commands of the palette. */
  readonly current: StackNode | null;
}

/** The tree of the last resolved text; the view appears with the first one. */
export function createStackView(contextKeys: ContextKeys, onProblem: (error: unknown) => void): StackView {
  const owner = new Owner();
  const { own } = owner;
  const tree = own(new StackTree());
  const view = own(vscode.window.createTreeView<StackNode>(stackViewId, { treeDataProvider: tree, showCollapseAll: true }));
  return {
    get current() {
      return view.selection[0] ?? culpritOf(tree.nodes);
    },
    show(traces) {
      tree.put(stackNodes(traces));
      contextKeys.set('aidog.hasStack', true);
      const left = distinctTraces(traces).length - MAX_SHOWN_TRACES;
      view.message = left > 0 ? vscode.l10n.t('The text has {0} more traces, which are not shown.', left) : undefined;
      const culprit = culpritOf(tree.nodes);
      const first = culprit ?? tree.nodes[0];
      if (first !== undefined) view.reveal(first, { select: true, focus: false, expand: true }).then(undefined, onProblem);
      return culprit;
    },
    clear() {
      tree.put([]);
      view.message = undefined;
      contextKeys.set('aidog.hasStack', false);
    },
    dispose: () => owner.dispose(),
  };
}
