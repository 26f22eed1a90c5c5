import type * as vscode from 'vscode';
import type { EngineClientOptions } from '../engineClient';
import type { Redactor } from '../log';
import { createModelKeys, type ModelKeys } from './modelKeys';
import type { ModelPermissions } from './modelPermissions';
import { readModelSettings } from './modelSettings';

export interface ModelHost extends Required<Pick<EngineClientOptions, 'models' | 'completeWithEditor' | 'permitModel'>> {
  readonly modelKeys: ModelKeys;
  readonly modelPermissions: () => Promise<ModelPermissions>;
}

type HostContext = Pick<vscode.ExtensionContext, 'secrets' | 'globalState' | 'languageModelAccessInformation'>;

/** What the engine needs of the window for language models: settings with keys, the models of VS Code, and permission. */
export function createModelHost(context: HostContext, redactor: Redactor, preview: () => Thenable<unknown>): ModelHost {
  const modelKeys = createModelKeys(context.secrets, process.env, redactor);
  let kept: Promise<ModelPermissions> | null = null;
  const modelPermissions = () => {
    kept ??= import('./modelPermissions').then(({ createModelPermissions }) =>
      createModelPermissions({ memento: context.globalState, preview }),
    );
    return kept;
  };
  return {
    modelKeys,
    modelPermissions,
    async models() {
      const settings = readModelSettings(process.env);
      const choices = [settings.primary, settings.fallback].filter((choice) => choice !== null);
      return { ...settings, keys: await modelKeys.keysOf(choices) };
    },
    async completeWithEditor(request, signal) {
      const { completeWithEditor } = await import('./editorModels');
      return completeWithEditor(request, context.languageModelAccessInformation, signal);
    },
    permitModel: async (choice, signal) => (await modelPermissions()).ask(choice, signal),
  };
}
