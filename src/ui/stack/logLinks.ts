import * as vscode from 'vscode';
import type { FrameFinder } from './frameFinder';

interface FrameDocumentLink extends vscode.DocumentLink {
  readonly document: vscode.TextDocument;
}

/** Texts up to this size are looked at whole; of longer ones what is seen, and what lies around it. */
const maxText = 4 * 1024 * 1024;
/** Lines around what is seen. */
const margin = 2_000;
/** Lines around a frame that are resolved with it. */
const neighbours = 200;

/** Links on frames in log files; where a frame leads is found out when it is clicked. */
export function createLogLinks(finder: FrameFinder): vscode.DocumentLinkProvider<FrameDocumentLink> {
  return {
    async provideDocumentLinks(document, token) {
      const part = looked(document);
      const first = document.offsetAt(part.start);
      const version = document.version;
      const links = await finder.find(document.getText(part), token);
      if (token.isCancellationRequested || document.version !== version) return [];
      return links.map(({ range }) => {
        const place = new vscode.Range(document.positionAt(first + range.start), document.positionAt(first + range.end));
        const link = new vscode.DocumentLink(place);
        link.tooltip = vscode.l10n.t('Open the line that this frame is now');
        return Object.assign(link, { document });
      });
    },
    async resolveDocumentLink(link, token) {
      const { document, range } = link;
      const around = lines(document, range.start.line - neighbours, range.end.line + neighbours);
      const text = document.getText(around);
      const frame = await finder.resolve(text, document.offsetAt(range.start) - document.offsetAt(around.start), token);
      const target = frame === null ? null : await finder.targetOf(frame);
      // A link without a target makes VS Code complain in words of its own; ours are said, and the log stays in front.
      if (target === null) await finder.open(frame, document.getText(range));
      link.target = target ?? document.uri.with({ fragment: `L${range.start.line + 1}` });
      return link;
    },
  };
}

/** The part of a document that is looked at. */
function looked(document: vscode.TextDocument): vscode.Range {
  const whole = lines(document, 0, document.lineCount);
  if (document.offsetAt(whole.end) <= maxText) return whole;
  const seen = vscode.window.visibleTextEditors.find((editor) => editor.document === document)?.visibleRanges[0]?.start.line ?? 0;
  return lines(document, seen - margin, seen + margin);
}

/** Whole lines, as far as the document has them; `to` is not included. */
function lines(document: vscode.TextDocument, from: number, to: number): vscode.Range {
  const last = Math.min(document.lineCount, to) - 1;
  return new vscode.Range(new vscode.Position(Math.max(0, from), 0), document.lineAt(Math.max(0, last)).range.end);
}
