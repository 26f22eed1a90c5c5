import * as vscode from 'vscode';
import { isCancellation, messageFor } from '../domain/errors';
import type { Log } from '../domain/ports';
import { forNotification } from './plainText';

/** The one place where an error or a refusal becomes a message on the screen. */
export interface Report {
  /** Logs the error and shows its sentence; each error object, and each sentence on the screen, only once. */
  problem(error: unknown): void;
  /** Says why something that was asked for cannot be done; nothing went wrong. */
  refuse(sentence: string): void;
}

export function createReport(log: Log, showLog: () => void): Report {
  const told = new WeakSet<object>();
  const onScreen = new Set<string>();
  const once = (sentence: string, show: () => Thenable<unknown>) => {
    if (onScreen.has(sentence)) return;
    onScreen.add(sentence);
    const gone = () => void onScreen.delete(sentence);
    show().then(gone, gone);
  };
  return {
    problem(error) {
      if (isCancellation(error) || isRepeat(told, error)) return;
      const sentence = forNotification(messageFor(error));
      log.error(sentence, error);
      const toLog = vscode.l10n.t('Show Log');
      once(sentence, () => vscode.window.showErrorMessage(sentence, toLog).then((choice) => choice === toLog && showLog()));
    },
    refuse: (sentence) => once(sentence, () => vscode.window.showInformationMessage(forNotification(sentence))),
  };
}

function isRepeat(told: WeakSet<object>, error: unknown): boolean {
  if (typeof error !== 'object' || error === null) return false;
  const isKnown = told.has(error);
  told.add(error);
  return isKnown;
}
