import * as vscode from 'vscode';
import { oneLine } from '../../domain/plainText';
import { commandIds } from '../commands';
import { forTitle } from '../plainText';
import type { ExceptionNode, FrameNode, FrameState, LibrariesNode, StackNode, TraceNode } from './stackNodes';
import { framesOf } from './stackNodes';
import { commitName, frameName, languageName, placeWords, relationWords, stateWords } from './stackWords';

/** Icon and theme colour of each state. */
const stateIcons: Record<FrameState, readonly [icon: string, colour?: string]> = {
  exact: ['pass', 'list.deemphasizedForeground'],
  moved: ['diff-renamed', 'gitDecoration.renamedResourceForeground'],
  edited: ['diff-modified', 'gitDecoration.modifiedResourceForeground'],
  deleted: ['diff-removed', 'gitDecoration.deletedResourceForeground'],
  unknown: ['question', 'list.warningForeground'],
  ambiguous: ['list-selection', 'list.warningForeground'],
  library: ['library', 'descriptionForeground'],
  elsewhere: ['circle-slash', 'descriptionForeground'],
};

/** The frame to look at first, as debuggers point to the one that is stopped at; what became of it is said in words. */
const culpritIcon = ['debug-stackframe', 'list.highlightForeground'] as const;

/** Traces, their exceptions, and the frames of each with what became of them. */
export class StackTree implements vscode.TreeDataProvider<StackNode>, vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<void>();
  readonly onDidChangeTreeData = this.#changed.event;
  #nodes: readonly TraceNode[] = [];
  #hasSeveralRoots = false;

  get nodes(): readonly TraceNode[] {
    return this.#nodes;
  }

  put(nodes: readonly TraceNode[]): void {
    this.#nodes = nodes;
    const roots = new Set(nodes.flatMap(framesOf).flatMap(({ frame }) => frame.workspace?.root ?? []));
    this.#hasSeveralRoots = roots.size > 1;
    this.#changed.fire();
  }

  getChildren(node?: StackNode): StackNode[] {
    if (node === undefined) return [...this.#nodes];
    return node.kind === 'frame' ? [] : [...node.children];
  }

  getParent(node: StackNode): StackNode | null {
    return node.parent;
  }

  getTreeItem(node: StackNode): vscode.TreeItem {
    if (node.kind === 'trace') return traceItem(node, node === this.#openTrace);
    if (node.kind === 'exception') return exceptionItem(node);
    return node.kind === 'libraries' ? librariesItem(node) : this.#frameItem(node);
  }

  dispose(): void {
    this.#changed.dispose();
  }

  /** The only one that is open: VS Code loses the rows of all but the first when several are opened at once. */
  get #openTrace(): TraceNode | undefined {
    return this.#nodes.find((node) => framesOf(node).some(({ isCulprit }) => isCulprit)) ?? this.#nodes[0];
  }

  #frameItem(node: FrameNode): vscode.TreeItem {
    const { frame, state, times } = node;
    const name = frameName(frame);
    const item = new vscode.TreeItem(name);
    const [icon, colour] = node.isCulprit ? culpritIcon : stateIcons[state];
    const place = placeWords(frame, this.#hasSeveralRoots);
    // What matters comes first: the view is narrow.
    const words = [place.line, stateWords(node), times > 1 ? vscode.l10n.t('{0} times', times) : '', place.folder].filter(
      (part) => part !== '',
    );
    const reason = frame.workspace?.reason ?? frame.reason;
    item.id = node.id;
    item.description = words.join(' · ');
    item.tooltip = [name, ...words, oneLine(reason, 600)].filter((part) => part !== '').join('\n');
    item.iconPath = new vscode.ThemeIcon(icon, colour === undefined ? undefined : new vscode.ThemeColor(colour));
    item.contextValue = contextOf(node);
    item.accessibilityInformation = {
      label: [node.isCulprit ? vscode.l10n.t('look here first') : '', name, ...words].filter(Boolean).join(', '),
    };
    if (state !== 'library' && state !== 'elsewhere')
      item.command = { command: commandIds.openStackFrame, title: vscode.l10n.t('Open'), arguments: [node] };
    return item;
  }
}

/** What the menus of a frame look at: its state, then what can be done with it. */
function contextOf({ frame, state, trace }: FrameNode): string {
  const canShowDeployed = frame.deployed !== null && trace.commit !== null && frame.workspace !== null && state !== 'unknown';
  const canFetch = state === 'unknown' && trace.commit !== null;
  const canChoose = frame.file !== null && frame.line !== null && state !== 'library';
  return [`frame.${state}`, canShowDeployed && 'deployed', canFetch && 'fetch', canChoose && 'choose'].filter(Boolean).join('.');
}

function traceItem({ id, trace, times }: TraceNode, isOpen: boolean): vscode.TreeItem {
  const languageLabel = vscode.l10n.t('{0} stack trace', languageName(trace.language));
  const item = new vscode.TreeItem(languageLabel, collapsible(isOpen));
  item.id = id;
  const commit = trace.commit === null ? vscode.l10n.t('commit unknown') : commitName(trace.commit);
  item.description = [trace.service && forTitle(trace.service, 40), commit, times > 1 ? vscode.l10n.t('{0} times', times) : null]
    .filter(Boolean)
    .join(' · ');
  item.tooltip =
    trace.commit === null ? vscode.l10n.t('Set the deployed commit to follow lines from there to here.') : oneLine(trace.commit);
  item.accessibilityInformation = { label: [languageLabel, item.description].filter(Boolean).join(', ') };
  item.iconPath = new vscode.ThemeIcon('layers');
  item.contextValue = 'trace';
  return item;
}

function exceptionItem({ id, exception, children }: ExceptionNode): vscode.TreeItem {
  const { type, message, relation } = exception;
  const title = [type, message].filter((part) => part !== '').join(': ') || vscode.l10n.t('Stack');
  const item = new vscode.TreeItem(forTitle(title, 200), collapsible(children.length > 0));
  item.id = id;
  item.description = relationWords(relation);
  item.tooltip = [relationWords(relation), oneLine(title, 1000)].filter((part) => part !== '').join('\n');
  item.iconPath = new vscode.ThemeIcon('error', new vscode.ThemeColor('list.errorForeground'));
  item.contextValue = 'exception';
  return item;
}

function librariesItem({ id, children }: LibrariesNode): vscode.TreeItem {
  const item = new vscode.TreeItem(vscode.l10n.t('{0} library frames', children.length), vscode.TreeItemCollapsibleState.Collapsed);
  item.id = id;
  item.iconPath = new vscode.ThemeIcon('library', new vscode.ThemeColor('descriptionForeground'));
  item.contextValue = 'libraries';
  return item;
}

const collapsible = (isOpen: boolean) => (isOpen ? vscode.TreeItemCollapsibleState.Expanded : vscode.TreeItemCollapsibleState.Collapsed);
