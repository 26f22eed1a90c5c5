import * as vscode from 'vscode';
import { modelLabel } from '../../domain/modelAddress';
import { sentFields } from '../../domain/modelPrivacy';
import { columnBesidePanel } from '../columns';
import type { EngineClient } from '../engineClient';
import type { Run } from '../investigations';
import type { Report } from '../report';
import { readModelSettings } from './modelSettings';
import { previewText, sentPromptsText } from './promptText';

export const promptScheme = 'aidog-prompt';

export interface PromptDocumentOptions {
  readonly engine: Pick<EngineClient, 'request'>;
  readonly report: Report;
  /** The run that the panel shows. */
  readonly shown: () => Run | null;
}

export interface PromptDocuments extends vscode.Disposable {
  /** Opens the last requests exactly as they were sent. */
  showLast(): Promise<void>;
  /** Opens what the agents would send for the investigation that is shown; sends nothing. */
  preview(): Promise<void>;
}

/** Read-only documents about what models are sent. */
export function createPromptDocuments({ engine, report, shown }: PromptDocumentOptions): PromptDocuments {
  const texts = new Map<string, string>();
  const provider = vscode.workspace.registerTextDocumentContentProvider(promptScheme, {
    provideTextDocumentContent: ({ path }) => texts.get(path) ?? null,
  });
  // A document that is open is not read again, so each showing has an address of its own.
  let opened = 0;
  const open = async (name: string, text: string) => {
    opened += 1;
    const path = `/${name}-${opened}.md`;
    texts.clear();
    texts.set(path, text);
    const document = await vscode.workspace.openTextDocument(vscode.Uri.from({ scheme: promptScheme, path }));
    await vscode.window.showTextDocument(document, { preview: true, viewColumn: columnBesidePanel() });
  };
  return {
    async showLast() {
      const prompts = await engine.request('lastPrompts', {});
      if (prompts.length > 0) return open('last-prompt', sentPromptsText(prompts));
      report.refuse(
        vscode.l10n.t(
          'No language model has been asked in this window. Choose one with "AIDog: Choose Language Model…", then investigate.',
        ),
      );
    },
    async preview() {
      const run = shown();
      if (run === null) return report.refuse(vscode.l10n.t('Nothing has been investigated yet, so there is nothing to preview.'));
      const preview = await engine.request('previewPrompts', { runId: run.snapshot.runId });
      const { primary, privacy } = readModelSettings(process.env);
      const to = primary === null ? vscode.l10n.t('a model that is not on this machine') : modelLabel(primary);
      await open('preview', previewText(preview, to, privacy.fields, sentFields));
    },
    dispose: () => provider.dispose(),
  };
}
