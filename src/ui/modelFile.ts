import { promises } from 'node:fs';
import * as vscode from 'vscode';
import { modelMissing } from '../domain/forecastErrors';
import { largeModelGigabytes } from '../domain/modelMemory';
import type { Report } from './report';
import { readForecastSettings } from './settings';

/** Says of a model file, as soon as somebody names it in the settings, that it is missing or needs much memory. */
export function watchModelFile(report: Report): vscode.Disposable {
  return vscode.workspace.onDidChangeConfiguration((event) => {
    const { modelFile } = readForecastSettings();
    if (modelFile !== null && event.affectsConfiguration('aidog.forecast.modelFile')) void judgeModelFile(modelFile, report);
  });
}

/** Resolves when it was looked at. */
export async function judgeModelFile(modelFile: string, report: Report): Promise<void> {
  try {
    const gigabytes = largeModelGigabytes((await promises.stat(modelFile)).size);
    if (gigabytes === null) return;
    report.refuse(
      vscode.l10n.t(
        'The model {0} needs about {1} GB of memory while it is used; it runs in a process of its own.',
        modelFile,
        gigabytes.toFixed(1),
      ),
    );
  } catch (error) {
    report.refuse(modelMissing(modelFile, error).message);
  }
}
