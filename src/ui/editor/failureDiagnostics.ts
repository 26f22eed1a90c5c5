import * as vscode from 'vscode';
import type { Clock } from '../../domain/ports';
import { readDiagnosticSettings } from '../settings';
import type { FailingLines, LiveFailure } from './failingLines';
import { failureMessage, failureTarget } from './failureText';

/** Marks failing lines of open documents, quietly unless the settings want it louder. */
export function createFailureDiagnostics(failing: FailingLines, clock: Clock): vscode.Disposable {
  const collection = vscode.languages.createDiagnosticCollection('aidog');
  const draw = (document: vscode.TextDocument) => {
    const { isEnabled, severity } = readDiagnosticSettings();
    const found = isEnabled ? failing.in(document) : [];
    if (found.length > 0) collection.set(document.uri, diagnosticsOf(document, found, severities[severity], clock.nowMs()));
    else if (collection.has(document.uri)) collection.delete(document.uri);
  };
  return vscode.Disposable.from(
    collection,
    failing.onDidChange(draw),
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration('aidog.diagnostics')) for (const document of vscode.workspace.textDocuments) draw(document);
    }),
  );
}

const severities = {
  information: vscode.DiagnosticSeverity.Information,
  hint: vscode.DiagnosticSeverity.Hint,
  warning: vscode.DiagnosticSeverity.Warning,
} as const;

function diagnosticsOf(
  document: vscode.TextDocument,
  found: readonly LiveFailure[],
  severity: vscode.DiagnosticSeverity,
  nowMs: number,
): vscode.Diagnostic[] {
  return found.map(({ line, failure }) => {
    const { text, range } = document.lineAt(line);
    const indent = text.length - text.trimStart().length;
    const words = new vscode.Range(line, indent, line, Math.max(indent, range.end.character));
    const diagnostic = new vscode.Diagnostic(words, failureMessage(failure, nowMs), severity);
    const target = failureTarget(failure);
    diagnostic.source = 'AIDog';
    if (target) {
      const value = target.scheme === 'command' ? vscode.l10n.t('Show the evidence') : vscode.l10n.t('Open in Datadog');
      diagnostic.code = { value, target };
    }
    return diagnostic;
  });
}
