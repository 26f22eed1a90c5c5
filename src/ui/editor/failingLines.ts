import * as vscode from 'vscode';
import type { Failure } from './failure';
import { createLineFinder, type MovingLine, shiftLines } from './lines';
import type { TouchedCode, TouchedFile } from './touchedCode';

/** A failing line (from 0) of an open document. */
interface FailingLine extends MovingLine {
  readonly failure: Failure;
  /** What stands there; once something else does, the line is no longer the one that failed. */
  readonly text: string;
}

interface Followed {
  readonly file: TouchedFile;
  readonly lines: readonly FailingLine[];
}

/** A failure at the line (from 0) where it is now. */
export interface LiveFailure {
  readonly line: number;
  readonly failure: Failure;
}

/** The failing lines of open documents: they move with the text, vanish when they are changed, and come back when that is undone. */
export class FailingLines implements vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<vscode.TextDocument>();
  readonly #subscriptions: vscode.Disposable;
  readonly #followed = new Map<string, Followed>();

  /** Fires for a document whose failing lines may be others now; also when it was closed. */
  readonly onDidChange = this.#changed.event;

  constructor(private readonly code: TouchedCode) {
    this.#subscriptions = vscode.Disposable.from(
      code.onDidChange(() => this.#renew()),
      vscode.workspace.onDidOpenTextDocument((document) => this.#follow(document)),
      vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => this.#shift(document, contentChanges)),
      vscode.workspace.onDidCloseTextDocument((document) => this.#leave(document)),
    );
  }

  /** The failures that still stand in the text, from the top. */
  in(document: vscode.TextDocument): LiveFailure[] {
    const lines = this.#followed.get(document.uri.fsPath)?.lines ?? [];
    return lines
      .filter(({ line, text }) => line < document.lineCount && document.lineAt(line).text.trim() === text)
      .map(({ line, failure }) => ({ line, failure }))
      .sort((left, right) => left.line - right.line);
  }

  dispose(): void {
    this.#subscriptions.dispose();
    this.#changed.dispose();
  }

  #renew(): void {
    for (const document of vscode.workspace.textDocuments) {
      const path = document.uri.fsPath;
      if (this.#followed.get(path)?.file === this.code.files.get(path)) continue;
      this.#followed.delete(path);
      if (!this.#follow(document)) this.#changed.fire(document);
    }
  }

  /** True when the document has failing lines to follow. */
  #follow(document: vscode.TextDocument): boolean {
    const file = document.uri.scheme === 'file' ? this.code.files.get(document.uri.fsPath) : undefined;
    if (!file || file.failures.length === 0) return false;
    const find = createLineFinder(file.text, document.getText());
    const lines = file.failures.flatMap((failure): FailingLine[] => {
      const found = find(failure.line);
      if (!found?.isSame || found.line > document.lineCount) return [];
      return [{ failure, line: found.line - 1, text: document.lineAt(found.line - 1).text.trim() }];
    });
    this.#followed.set(document.uri.fsPath, { file, lines });
    this.#changed.fire(document);
    return true;
  }

  #shift(document: vscode.TextDocument, changes: readonly vscode.TextDocumentContentChangeEvent[]): void {
    const followed = this.#followed.get(document.uri.fsPath);
    if (!followed || changes.length === 0) return;
    shiftLines(followed.lines, changes);
    this.#changed.fire(document);
  }

  #leave(document: vscode.TextDocument): void {
    if (this.#followed.delete(document.uri.fsPath)) this.#changed.fire(document);
  }
}
