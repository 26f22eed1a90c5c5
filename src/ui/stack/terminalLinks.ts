import * as vscode from 'vscode';
import { LINE_CONTEXTS } from '../../code/lineContexts';
import type { ResolvedFrame } from '../../domain/resolvedTrace';
import type { FrameFinder } from './frameFinder';

export interface StackTerminalLink extends vscode.TerminalLink {
  readonly line: string;
  readonly terminal: vscode.Terminal;
  /** As the text has it: `pricing.js:14`. */
  readonly place: string;
}

/** Longer lines are no frames, and are not worth the time. */
const maxLine = 2_000;
/** Lines of a terminal with frames that are remembered, so that they can help to place each other. */
const maxNeighbours = 60;

/** Links on frames of stack traces in terminals; a click resolves the frame with the others that were seen near it. */
export function createTerminalLinks(finder: FrameFinder): vscode.TerminalLinkProvider<StackTerminalLink> & vscode.Disposable {
  const seen = new Map<vscode.Terminal, string[]>();
  const closed = vscode.window.onDidCloseTerminal((terminal) => seen.delete(terminal));
  const remember = (terminal: vscode.Terminal, line: string) => {
    const lines = (seen.get(terminal) ?? []).filter((known) => known !== line);
    seen.set(terminal, [...lines, line].slice(-maxNeighbours));
  };
  return {
    async provideTerminalLinks({ line, terminal }, token) {
      if (line.length > maxLine) return [];
      const links = await finder.find(line, token);
      if (links.length > 0) remember(terminal, line);
      return links.map(({ range, file, line: number }) => ({
        startIndex: range.start,
        length: range.end - range.start,
        tooltip: vscode.l10n.t('Open the line that this frame is now'),
        line,
        terminal,
        place: `${file}:${number}`,
      }));
    },
    async handleTerminalLink({ line, terminal, startIndex, place }) {
      const neighbours = (seen.get(terminal) ?? []).filter((known) => known !== line);
      await finder.open(await resolveLine(finder, line, neighbours, startIndex), place);
    },
    dispose: () => closed.dispose(),
  };
}

/** A line that means something in a whole trace only is put into one. */
async function resolveLine(
  finder: FrameFinder,
  line: string,
  neighbours: readonly string[],
  offset: number,
): Promise<ResolvedFrame | null> {
  for (const { before, after } of LINE_CONTEXTS) {
    const text = [`${before}${line}`, ...neighbours].join('\n') + after;
    const frame = await finder.resolve(text, before.length + offset);
    if (frame !== null) return frame;
  }
  return null;
}
