import * as vscode from 'vscode';

/** A text that somebody wants the stack traces of. */
export interface StackText {
  readonly text: string;
  readonly from: 'selection' | 'terminal' | 'clipboard' | 'document';
}

/** Longer texts are cut before they travel to the engine. */
export const MAX_TEXT = 16 * 1024 * 1024;

/** What is selected in the active editor; null when nothing is. */
export function selectedText(): StackText | null {
  const editor = vscode.window.activeTextEditor;
  if (editor === undefined) return null;
  const selected = editor.selections.filter(({ isEmpty }) => !isEmpty).map((selection) => editor.document.getText(selection));
  return selected.length === 0 ? null : { text: selected.join('\n'), from: 'selection' };
}

/**
 * What is selected in the active terminal; null when nothing is. VS Code gives it by way of the clipboard only, whose text is put
 * back; call it only where a selection is known to exist, since VS Code complains when there is none.
 */
export async function terminalText(): Promise<StackText | null> {
  const { clipboard } = vscode.env;
  const before = await clipboard.readText();
  await vscode.commands.executeCommand('workbench.action.terminal.copySelection');
  const text = await clipboard.readText();
  await clipboard.writeText(before);
  return text.trim() === '' ? null : { text, from: 'terminal' };
}

/** What was copied; null when that is no text. */
export async function clipboardText(): Promise<StackText | null> {
  const text = await vscode.env.clipboard.readText();
  return text.trim() === '' ? null : { text, from: 'clipboard' };
}
