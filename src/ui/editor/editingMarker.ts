import * as vscode from 'vscode';
import { commandIds } from '../commands';
import type { Incidents } from '../incidents';
import type { Run } from '../investigations';
import { escapeMarkdown } from '../markdownReport';
import { forTitle } from '../plainText';
import { isEditingMarked } from '../settings';
import type { FailingLines } from './failingLines';
import { evidenceCommand } from './failureText';
import { createLineFinder } from './lines';
import type { TouchedCode } from './touchedCode';

export interface EditingMarkerOptions {
  readonly code: TouchedCode;
  readonly failing: FailingLines;
  readonly incidents: Incidents;
}

/** An investigation whose code is being edited. */
export interface MarkedEdit {
  readonly run: Run;
  /** File-system path. */
  readonly file: string;
}

/** Longest title in the text beside the code. */
const mostTitleCharacters = 60;

/**
 * Says once for each file and incident, with faint text beside the line at fault, that somebody edits code which an open incident
 * runs through. It stays while the file is open and the incident is; nothing pops up.
 */
export class EditingMarker implements vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #subscriptions: vscode.Disposable;
  readonly #look: vscode.TextEditorDecorationType;
  /** `run file` of all that were marked, so that none comes back. */
  readonly #told = new Set<string>();
  readonly #marks = new Map<string, Run>();

  /** Fires when {@link current} may be another. */
  readonly onDidChange = this.#changed.event;

  constructor(private readonly options: EditingMarkerOptions) {
    this.#look = vscode.window.createTextEditorDecorationType({
      after: { color: new vscode.ThemeColor('editorCodeLens.foreground'), margin: '0 0 0 2em', fontStyle: 'italic' },
      overviewRulerColor: new vscode.ThemeColor('editorOverviewRuler.infoForeground'),
      rangeBehavior: vscode.DecorationRangeBehavior.ClosedClosed,
    });
    this.#subscriptions = vscode.Disposable.from(
      this.#look,
      vscode.workspace.onDidChangeTextDocument((event) => this.#hear(event)),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => this.#unmark(uri.fsPath)),
      vscode.window.onDidChangeVisibleTextEditors(() => this.#draw()),
      vscode.window.onDidChangeActiveTextEditor(() => this.#changed.fire()),
      vscode.workspace.onDidChangeConfiguration((event) => event.affectsConfiguration('aidog.editingMarker') && this.#review()),
      options.code.onDidChange(() => this.#review()),
      options.incidents.onDidChange(() => this.#review()),
    );
  }

  /** What the active editor is marked with, or null. */
  get current(): MarkedEdit | null {
    const file = vscode.window.activeTextEditor?.document.uri.fsPath;
    const run = file === undefined ? undefined : this.#marks.get(file);
    return file !== undefined && run ? { run, file } : null;
  }

  dispose(): void {
    this.#subscriptions.dispose();
    this.#changed.dispose();
  }

  #hear({ document }: vscode.TextDocumentChangeEvent): void {
    const file = document.uri.fsPath;
    const { run } = this.options.code;
    // A change that leaves the document clean was made on disk, not here. The first key tells twice: once before the document is
    // known to be dirty, and once, without a change, when it is.
    if (!document.isDirty || document.uri.scheme !== 'file' || !run) return;
    const key = `${run.snapshot.runId} ${file}`;
    if (this.#told.has(key) || !this.#isMarkable(run, file)) return;
    this.#told.add(key);
    this.#marks.set(file, run);
    this.#draw();
    this.#changed.fire();
  }

  #isMarkable(run: Run, file: string): boolean {
    return isEditingMarked() && isOpen(run, this.options.incidents) && this.#failuresIn(file).length > 0;
  }

  #failuresIn(file: string) {
    return (this.options.code.files.get(file)?.failures ?? []).filter(({ runId }) => runId !== null);
  }

  /** Takes marks away whose incident is over, or another one than is shown. */
  #review(): void {
    const runId = this.options.code.run?.snapshot.runId;
    for (const [file, run] of this.#marks) {
      if (run.snapshot.runId !== runId || !this.#isMarkable(run, file)) this.#unmark(file);
    }
  }

  #unmark(file: string): void {
    if (!this.#marks.delete(file)) return;
    this.#draw();
    this.#changed.fire();
  }

  #draw(): void {
    for (const editor of vscode.window.visibleTextEditors) {
      const run = this.#marks.get(editor.document.uri.fsPath);
      editor.setDecorations(this.#look, run ? [this.#markFor(editor.document, run)] : []);
    }
  }

  #markFor(document: vscode.TextDocument, run: Run): vscode.DecorationOptions {
    const { range } = document.lineAt(this.#lineIn(document));
    const file = document.uri.fsPath;
    const hover = new vscode.MarkdownString(
      `${escapeMarkdown(markerWords(run.subject))}\n\n[${vscode.l10n.t('Show the evidence')}](${evidenceCommand(run.snapshot.runId, file)})`,
    );
    hover.isTrusted = { enabledCommands: [commandIds.showEvidence] };
    const contentText = markerWords(forTitle(run.subject, mostTitleCharacters));
    return { range, hoverMessage: hover, renderOptions: { after: { contentText } } };
  }

  /** The line (from 0) at fault as far as it can be followed: one that is still as it was, else what became of it. */
  #lineIn(document: vscode.TextDocument): number {
    const live = this.options.failing.in(document).find(({ failure }) => failure.runId !== null);
    if (live) return live.line;
    const file = this.options.code.files.get(document.uri.fsPath);
    const [first] = this.#failuresIn(document.uri.fsPath);
    const found = createLineFinder(file?.text ?? null, document.getText())(first?.line ?? 1);
    return Math.min(found?.line ?? first?.line ?? 1, document.lineCount) - 1;
  }
}

/** `You are editing code under an open incident: Checkout fails`. */
export function markerWords(subject: string): string {
  return vscode.l10n.t('You are editing code under an open incident: {0}', subject);
}

/** An incident is over when its monitor is known to alert no more; a demo never is. */
function isOpen({ target, snapshot }: Run, { state }: Incidents): boolean {
  if (snapshot.found.verdict === 'healthy') return false;
  if (target.kind !== 'monitor' || state.kind !== 'ready') return true;
  return state.items.some(({ monitor }) => monitor.id === target.id);
}
