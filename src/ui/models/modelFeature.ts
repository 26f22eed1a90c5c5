import type * as vscode from 'vscode';
import type { CommandHandlers } from '../commands';
import type { EngineClient } from '../engineClient';
import type { Run } from '../investigations';
import type { Report } from '../report';
import type { ModelKeys } from './modelKeys';
import type { ModelPermissions } from './modelPermissions';
import type { PromptDocuments } from './promptDocuments';

export interface ModelFeatureOptions {
  readonly engine: EngineClient;
  readonly report: Report;
  readonly modelKeys: ModelKeys;
  readonly modelPermissions: () => Promise<ModelPermissions>;
  /** The run that the panel shows. */
  readonly shown: () => Run | null;
}

export type ModelCommandHandlers = Pick<CommandHandlers, 'chooseModel' | 'pullModel' | 'setModelKey' | 'showLastPrompt' | 'previewPrompt'>;

export interface ModelFeature extends vscode.Disposable {
  readonly commands: ModelCommandHandlers;
}

/** The commands about language models. Most windows never use one, so nothing of it is loaded before. */
export function createModelFeature(options: ModelFeatureOptions): ModelFeature {
  const { engine, report, modelKeys: keys, modelPermissions, shown } = options;
  let kept: Promise<PromptDocuments> | null = null;
  const documents = () => {
    kept ??= import('./promptDocuments').then(({ createPromptDocuments }) => createPromptDocuments({ engine, report, shown }));
    return kept;
  };
  return {
    commands: {
      async chooseModel() {
        const [{ chooseModel }, permissions] = await Promise.all([import('./chooseModel'), modelPermissions()]);
        await chooseModel({ engine, keys, permissions, report });
      },
      async pullModel() {
        const { pullModel } = await import('./pullModel');
        await pullModel({ engine, keys, report });
      },
      async setModelKey() {
        const { setModelKey } = await import('./setModelKey');
        await setModelKey(keys);
      },
      async showLastPrompt() {
        await (await documents()).showLast();
      },
      async previewPrompt() {
        await (await documents()).preview();
      },
    },
    dispose: () => void kept?.then((made) => made.dispose()),
  };
}
