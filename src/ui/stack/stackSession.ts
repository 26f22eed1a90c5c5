import * as vscode from 'vscode';
import { AppError } from '../../domain/errors';
import type { EngineClient } from '../engineClient';
import type { LocationOpener } from '../openLocation';
import type { Report } from '../report';
import { whyNoFolder, workspaceRoots } from '../roots';
import type { FrameNode } from './stackNodes';
import { MAX_TEXT, type StackText } from './stackText';
import type { StackView } from './stackView';

export interface StackSessionOptions {
  readonly engine: Pick<EngineClient, 'request'>;
  readonly view: StackView;
  readonly opener: Pick<LocationOpener, 'open'>;
  readonly report: Report;
}

/** What a person has said about the trace; null for what the text around it names. */
export interface StackLabels {
  readonly commit: string | null;
  readonly service: string | null;
}

export interface StackSession {
  /** What was said about the traces that are shown. */
  readonly labels: StackLabels;
  readonly isEmpty: boolean;
  /** Finds the traces of a text, shows them and opens the line to look at first where it is certain. */
  resolve(source: StackText, labels?: StackLabels): Promise<void>;
  /** Resolves the same text anew, as after a fetch, a new rule or a change of labels. */
  again(labels?: StackLabels): Promise<void>;
  open(node: FrameNode): Promise<void>;
  clear(): void;
}

const timeoutMs = 120_000;
/** A mapping below this is worth a look, but not to be opened unasked. */
const certainScore = 0.7;

const nothingSaid: StackLabels = { commit: null, service: null };

/** The text that was resolved last; a new one calls off the one before. */
export function createStackSession({ engine, view, opener, report }: StackSessionOptions): StackSession {
  let last: { readonly source: StackText; readonly labels: StackLabels } | null = null;
  let running: AbortController | null = null;
  const open = async ({ frame }: FrameNode) => {
    const deployed = frame.deployed ?? frame;
    const name = deployed.file === null ? null : `${deployed.file}${deployed.line === null ? '' : `:${deployed.line}`}`;
    await opener.open(frame.workspace, name);
  };
  const resolve = async (source: StackText, labels: StackLabels, canOpen: boolean) => {
    const problem = whyNoFolder();
    if (problem !== null) return report.refuse(problem);
    running?.abort(new AppError('cancelled', 'Another stack trace is resolved instead.'));
    const controller = new AbortController();
    running = controller;
    const params = { text: source.text.slice(0, MAX_TEXT), ...labels, repositories: workspaceRoots() };
    const title = vscode.l10n.t('Resolving the stack trace…');
    const traces = await vscode.window.withProgress({ location: vscode.ProgressLocation.Window, title }, () =>
      engine.request('resolveStack', params, { signal: controller.signal, timeoutMs }),
    );
    if (controller.signal.aborted) return;
    if (traces.length === 0) return report.refuse(nothingFound(source.from));
    last = { source, labels };
    const culprit = view.show(traces);
    if (canOpen && culprit !== null && isCertain(culprit)) await open(culprit);
  };
  return {
    get labels() {
      return last?.labels ?? nothingSaid;
    },
    get isEmpty() {
      return last === null;
    },
    resolve: (source, labels = nothingSaid) => resolve(source, labels, true),
    async again(labels) {
      if (last !== null) await resolve(last.source, labels ?? last.labels, false);
    },
    open,
    clear() {
      last = null;
      view.clear();
    },
  };
}

/** The file is known beyond doubt, and so is what became of the line. */
function isCertain({ frame: { workspace } }: FrameNode): boolean {
  return workspace !== null && workspace.score >= certainScore && workspace.status !== 'deleted' && workspace.status !== 'unknown';
}

function nothingFound(from: StackText['from']): string {
  const words: Record<StackText['from'], string> = {
    selection: vscode.l10n.t('There is no stack trace in the selection. Select the lines of the trace, its message included.'),
    terminal: vscode.l10n.t(
      'There is no stack trace in the selection of the terminal. Select the lines of the trace, its message included.',
    ),
    clipboard: vscode.l10n.t('There is no stack trace in the clipboard. Copy one, or select one in an editor, then try again.'),
    document: vscode.l10n.t('There is no stack trace in this document. Paste one, then try again.'),
  };
  return words[from];
}
