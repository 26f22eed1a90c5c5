import * as vscode from 'vscode';
import type { Clock } from '../../domain/ports';
import { readDiagnosticSettings } from '../settings';
import type { FailingLines } from './failingLines';
import { failureHoverText } from './failureText';

/** Says on failing lines what failed there, how often and when last, with the way to the evidence. */
export function createFailureHover(failing: FailingLines, clock: Clock): vscode.HoverProvider {
  return {
    provideHover(document, { line }) {
      if (!readDiagnosticSettings().isEnabled) return null;
      const found = failing.in(document).find((live) => live.line === line);
      return found ? new vscode.Hover(failureHoverText(found.failure, clock.nowMs()), document.lineAt(line).range) : null;
    },
  };
}
