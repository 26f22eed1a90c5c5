import * as vscode from 'vscode';
import { modelLabel } from '../../domain/modelAddress';
import type { ModelInfo } from '../../domain/modelUse';
import { forLabel } from '../plainText';
import { type ChosenProvider, type ModelSlot, readModelChoice, readProvider } from './modelSettings';
import { modelDetail, providerWords } from './modelWords';

/** A row of a quick pick with what it stands for; a line between groups stands for nothing. */
export type Row<T> = vscode.QuickPickItem & { readonly value?: T };

/** What a person can pick among models. */
export type ModelPick = { readonly name: string } | 'pull' | 'type' | 'address';

const icons: Readonly<Record<ChosenProvider, string>> = {
  none: 'code',
  ollama: 'server',
  openai: 'cloud',
  anthropic: 'cloud',
  minimax: 'cloud',
  editor: 'vscode',
};

const line = (label = ''): Row<never> => ({ label, kind: vscode.QuickPickItemKind.Separator });

/** Everyone who can word what was found, by where the text goes. */
export function providerRows(slot: ModelSlot): Row<ChosenProvider | 'fallback'>[] {
  const present = readProvider(slot);
  const row = (provider: ChosenProvider): Row<ChosenProvider> => ({
    label: providerWords(provider),
    description: provider === present ? vscode.l10n.t('in use') : '',
    iconPath: new vscode.ThemeIcon(icons[provider]),
    value: provider,
  });
  return [
    row('none'),
    line(vscode.l10n.t('on this machine, or a server of yours')),
    row('ollama'),
    line(vscode.l10n.t('in the cloud')),
    row('openai'),
    row('anthropic'),
    row('minimax'),
    line(vscode.l10n.t('in VS Code')),
    row('editor'),
    ...(slot === 'primary' ? [line(), fallbackRow()] : []),
  ];
}

function fallbackRow(): Row<'fallback'> {
  const stand = readModelChoice('fallback', process.env);
  return {
    label: vscode.l10n.t('Choose the model that stands in…'),
    description: stand === null ? '' : forLabel(modelLabel(stand)),
    detail: vscode.l10n.t('It is asked when the first one does not answer.'),
    iconPath: new vscode.ThemeIcon('arrow-swap'),
    value: 'fallback',
  };
}

export interface ModelRowOptions {
  readonly provider: ChosenProvider;
  /** null for models of VS Code. */
  readonly address: string | null;
  readonly isPresent: (name: string) => boolean;
}

/** What a server has, the model in use first, then the ways to another one. */
export function modelRows(models: readonly ModelInfo[], { provider, address, isPresent }: ModelRowOptions): Row<ModelPick>[] {
  const rows = [...models].sort((a, b) => Number(isPresent(b.name)) - Number(isPresent(a.name))).map((model) => modelRow(model, isPresent));
  if (provider === 'editor') {
    const first: Row<ModelPick> = { label: vscode.l10n.t('The first one that VS Code offers'), value: { name: '' } };
    return models.length === 0 ? [] : [first, ...rows];
  }
  const pull: Row<ModelPick> = { label: `$(cloud-download) ${vscode.l10n.t('Pull another model…')}`, value: 'pull' };
  return [
    ...rows,
    ...(models.length === 0 ? [] : [line()]),
    ...(provider === 'ollama' ? [pull] : []),
    { label: `$(edit) ${vscode.l10n.t('Type a name…')}`, value: 'type' },
    { label: `$(globe) ${vscode.l10n.t('Another address…')}`, description: address ?? '', value: 'address' },
  ];
}

const modelRow = (model: ModelInfo, isPresent: (name: string) => boolean): Row<ModelPick> => ({
  label: forLabel(model.name),
  description: isPresent(model.name) ? vscode.l10n.t('in use') : '',
  detail: forLabel(modelDetail(model)),
  value: { name: model.name },
});
