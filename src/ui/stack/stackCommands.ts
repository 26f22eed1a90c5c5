import * as vscode from 'vscode';
import { Owner } from '../../domain/disposal';
import type { Log } from '../../domain/ports';
import type { CommandHandlers } from '../commands';
import type { ContextKeys } from '../contextKeys';
import type { EngineClient } from '../engineClient';
import type { Run } from '../investigations';
import type { LocationOpener } from '../openLocation';
import type { Report } from '../report';
import { workspaceRoots } from '../roots';
import { chooseFile } from './chooseFile';
import { createDeployedDocuments } from './deployedDocuments';
import { fetchCommit } from './fetchCommit';
import { createFrameFinder } from './frameFinder';
import { createLogLinks } from './logLinks';
import { PasteDocument } from './pasteDocument';
import { askLabels } from './setCommit';
import type { FrameNode, StackNode } from './stackNodes';
import { createStackSession } from './stackSession';
import { clipboardText, selectedText, terminalText } from './stackText';
import { createStackView } from './stackView';
import { createTerminalLinks } from './terminalLinks';

export interface StackOptions {
  readonly engine: EngineClient;
  readonly opener: LocationOpener;
  readonly report: Report;
  readonly log: Log;
  readonly contextKeys: ContextKeys;
  /** The run that the panel shows, or null. */
  readonly shown: () => Run | null;
}

export type StackCommandHandlers = Pick<
  CommandHandlers,
  | 'resolveStack'
  | 'resolveTerminalStack'
  | 'openStackFrame'
  | 'showDeployed'
  | 'fetchDeployedCommit'
  | 'chooseFrameFile'
  | 'setStackCommit'
  | 'clearStack'
>;

export interface StackFeature extends vscode.Disposable {
  readonly commands: StackCommandHandlers;
}

/** Everything about stack traces that somebody has at hand: their view, their commands, and links in terminals and logs. */
export function createStackFeature(options: StackOptions): StackFeature {
  const { engine, opener, report, log, contextKeys, shown } = options;
  const owner = new Owner();
  const { own } = owner;
  const view = own(createStackView(contextKeys, (error) => log.error('The stack trace could not be revealed.', error)));
  const session = createStackSession({ engine, view, opener, report });
  const deployed = own(createDeployedDocuments({ engine, report, knownRoots: workspaceRoots }));
  const paste = own(new PasteDocument((text) => session.resolve(text), report));
  const finder = createFrameFinder({ engine, opener, report });
  own(vscode.window.registerTerminalLinkProvider(own(createTerminalLinks(finder))));
  own(vscode.languages.registerDocumentLinkProvider(logSelector, createLogLinks(finder)));

  const withFrame = (work: (node: FrameNode) => Promise<unknown>) => async (argument: unknown) => {
    const node = frameOf(argument) ?? frameOf(view.current);
    if (node !== null) await work(node);
    else report.refuse(vscode.l10n.t('Select a frame of the stack trace first.'));
  };
  return {
    commands: {
      async resolveStack() {
        const source = selectedText() ?? paste.text() ?? (await clipboardText());
        if (source === null || (source.from === 'clipboard' && !mayHaveStack(source.text))) await paste.open();
        else await session.resolve(source);
      },
      async resolveTerminalStack() {
        const source = await terminalText();
        if (source !== null) await session.resolve(source);
        else report.refuse(vscode.l10n.t('Nothing is selected in the terminal. Select the lines of a stack trace first.'));
      },
      openStackFrame: withFrame(session.open),
      showDeployed: withFrame(deployed.show),
      fetchDeployedCommit: withFrame(async ({ frame, trace }) => {
        const repositories = frame.workspace === null ? workspaceRoots() : [frame.workspace.root];
        if (trace.commit === null)
          report.refuse(vscode.l10n.t('It is not known which commit this frame ran at. Set the deployed commit first.'));
        else if (await fetchCommit(trace.commit, repositories, { engine, report })) await session.again();
      }),
      chooseFrameFile: withFrame(async (node) => {
        if (await chooseFile(node, options)) await session.again();
      }),
      async setStackCommit() {
        if (session.isEmpty)
          return report.refuse(vscode.l10n.t('No stack trace has been resolved yet. Run "AIDog: Resolve Stack Trace" first.'));
        const labels = await askLabels({ now: session.labels, service: serviceOf(shown()) });
        if (labels !== null) await session.again(labels);
      },
      clearStack: () => session.clear(),
    },
    dispose: () => owner.dispose(),
  };
}

const logSelector: vscode.DocumentSelector = [
  { scheme: 'file', language: 'log' },
  { scheme: 'file', pattern: '**/*.log' },
  { scheme: 'untitled', language: 'log' },
];

/** A row of ours, which VS Code hands to the commands of its menu. */
function frameOf(argument: unknown): FrameNode | null {
  if (typeof argument !== 'object' || argument === null) return null;
  const { kind, frame, trace } = argument as Partial<Extract<StackNode, { kind: 'frame' }>>;
  return kind === 'frame' && typeof frame === 'object' && typeof trace === 'object' ? (argument as FrameNode) : null;
}

/** Every runtime prints the line's number behind a colon, in brackets, or after the word for line. */
const mayHaveStack = (text: string) => /[:(]\d|\bline\b/u.test(text);

function serviceOf(run: Run | null): string | null {
  if (run === null) return null;
  if (run.target.kind === 'service') return run.target.service;
  return run.snapshot.found.hypotheses?.[0]?.service ?? null;
}
