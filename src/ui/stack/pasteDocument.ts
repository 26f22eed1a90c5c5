import * as vscode from 'vscode';
import type { Report } from '../report';
import type { StackText } from './stackText';

/** An untitled document to paste a trace into, with a word on what to do. */
export class PasteDocument implements vscode.Disposable {
  readonly #hint: vscode.TextEditorDecorationType;
  readonly #subscriptions: vscode.Disposable;
  #document: vscode.TextDocument | null = null;

  constructor(
    private readonly resolve: (source: StackText) => Promise<void>,
    private readonly report: Report,
  ) {
    const contentText = vscode.l10n.t('Paste a stack trace here, then run "AIDog: Resolve Stack Trace" again.');
    this.#hint = vscode.window.createTextEditorDecorationType({
      after: { contentText, color: new vscode.ThemeColor('editorGhostText.foreground') },
    });
    this.#subscriptions = vscode.Disposable.from(
      this.#hint,
      vscode.workspace.onDidChangeTextDocument(({ document }) => document === this.#document && this.#drawHint()),
      vscode.workspace.onDidCloseTextDocument((document) => {
        if (document === this.#document) this.#document = null;
      }),
    );
  }

  /** What was pasted, while the document is in front; null when that is nothing. */
  text(): StackText | null {
    const document = vscode.window.activeTextEditor?.document;
    if (document === undefined || document !== this.#document || document.getText().trim() === '') return null;
    return { text: document.getText(), from: 'document' };
  }

  async open(): Promise<void> {
    this.#document ??= await vscode.workspace.openTextDocument({ language: 'log', content: '' });
    await vscode.window.showTextDocument(this.#document, { preview: false });
    this.#drawHint();
    void this.#offer().catch(this.report.problem);
  }

  dispose(): void {
    this.#subscriptions.dispose();
  }

  async #offer(): Promise<void> {
    const resolve = vscode.l10n.t('Resolve');
    const sentence = vscode.l10n.t('No stack trace is selected or copied. Paste one into the editor that was opened.');
    if ((await vscode.window.showInformationMessage(sentence, resolve)) !== resolve || this.#document === null) return;
    await this.resolve({ text: this.#document.getText(), from: 'document' });
  }

  #drawHint(): void {
    const editor = vscode.window.visibleTextEditors.find(({ document }) => document === this.#document);
    const isEmpty = editor?.document.getText() === '';
    editor?.setDecorations(this.#hint, isEmpty ? [new vscode.Range(0, 0, 0, 0)] : []);
  }
}
