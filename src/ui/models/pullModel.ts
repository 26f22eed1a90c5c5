import * as vscode from 'vscode';
import { isCancellation } from '../../domain/errors';
import type { ModelChoice } from '../../domain/languageModel';
import type { PullProgress } from '../../domain/modelUse';
import type { EngineClient } from '../engineClient';
import { forTitle } from '../plainText';
import type { Report } from '../report';
import type { ModelKeys } from './modelKeys';
import { choiceOf, readModelChoice, storeModelChoice } from './modelSettings';

export interface PullOptions {
  readonly engine: Pick<EngineClient, 'request' | 'followPull'>;
  readonly keys: Pick<ModelKeys, 'keyOf'>;
  readonly report: Report;
}

/** Asks for a name, downloads the model into the Ollama of the settings, and offers to use it. */
export async function pullModel(options: PullOptions): Promise<void> {
  const server = ollamaOf();
  const name = await askName();
  if (name === undefined || !(await pull(server, name, options))) return;
  const use = vscode.l10n.t('Use It');
  const answer = await vscode.window.showInformationMessage(vscode.l10n.t('Ollama has the model {0} now.', name), use);
  if (answer === use) await storeModelChoice('primary', 'ollama', name, server.baseUrl);
}

/** The Ollama that the settings name, else the one on this machine. */
export function ollamaOf(): ModelChoice {
  const chosen = [readModelChoice('primary', process.env), readModelChoice('fallback', process.env)];
  const local: ModelChoice = { provider: 'ollama', model: '', baseUrl: null };
  return chosen.find((choice) => choice?.provider === 'ollama') ?? choiceOf('ollama', '', null, process.env) ?? local;
}

/** The name of a model as Ollama's library writes it; undefined when the person leaves. */
export async function askName(): Promise<string | undefined> {
  const name = await vscode.window.showInputBox({
    title: vscode.l10n.t('Pull Model'),
    prompt: vscode.l10n.t('Name of a model in the library of Ollama, such as llama3.2:3b'),
    ignoreFocusOut: true,
    validateInput: (value) => (isModelName(value.trim()) ? null : vscode.l10n.t('A name has letters, digits and . _ - / : only.')),
  });
  return name?.trim();
}

const isModelName = (text: string) => /^\w[\w.-]*(?:[/:]\w[\w.-]*)*$/u.test(text) && text.length <= 200;

/** Downloads with progress that can be cancelled; what was fetched stays for the next time. True when the model is there. */
export async function pull(ollama: ModelChoice, model: string, { engine, keys, report }: PullOptions): Promise<boolean> {
  const runId = crypto.randomUUID();
  const server = { provider: 'ollama' as const, baseUrl: ollama.baseUrl, key: await keys.keyOf(ollama) };
  const title = vscode.l10n.t('Pulling {0}', forTitle(model, 80));
  const shown = { location: vscode.ProgressLocation.Notification, title, cancellable: true };
  try {
    await vscode.window.withProgress(shown, async (progress, token) => {
      const controller = new AbortController();
      token.onCancellationRequested(() => controller.abort());
      let percent = 0;
      const heard = engine.followPull(runId, (step) => {
        const reached = percentOf(step) ?? percent;
        progress.report({ message: pullWords(step), increment: Math.max(0, reached - percent) });
        percent = Math.max(percent, reached);
      });
      try {
        await engine.request('pullModel', { runId, server, model }, { signal: controller.signal });
      } finally {
        heard.dispose();
      }
    });
    return true;
  } catch (error) {
    if (!isCancellation(error)) report.problem(error);
    return false;
  }
}

/** 0..100 of the part that is being fetched; null where nothing is counted. */
const percentOf = ({ completedBytes, totalBytes }: PullProgress): number | null =>
  completedBytes === null || totalBytes === null || totalBytes === 0 ? null : (100 * completedBytes) / totalBytes;

function pullWords(step: PullProgress): string {
  const percent = percentOf(step);
  return percent === null ? forTitle(step.status, 60) : `${forTitle(step.status, 60)} ${Math.floor(percent)} %`;
}
