import * as vscode from 'vscode';
import { AppError, isCancellation, messageFor } from '../../domain/errors';
import { formatDuration } from '../../domain/format';
import type { ModelChoice } from '../../domain/languageModel';
import { isRemoteModel, modelAddress, modelLabel } from '../../domain/modelAddress';
import type { ModelCheck, ModelInfo } from '../../domain/modelUse';
import type { EngineClient } from '../engineClient';
import { forNotification } from '../plainText';
import type { Report } from '../report';
import { listEditorModels } from './editorModels';
import { addressOf, type ModelKeys } from './modelKeys';
import type { ModelPermissions } from './modelPermissions';
import { type ModelPick, modelRows, providerRows } from './modelRows';
import { type ChosenProvider, choiceOf, type ModelSlot, readModelChoice, readProvider, storeModelChoice } from './modelSettings';
import { askName, pull } from './pullModel';
import { enterModelKey } from './setModelKey';

export interface ChooseOptions {
  readonly engine: Pick<EngineClient, 'request' | 'followPull'>;
  readonly keys: ModelKeys;
  readonly permissions: ModelPermissions;
  readonly report: Report;
}

const listTimeoutMs = 45_000;
const testTimeoutMs = 180_000;

/** Provider, model, and an honest word on whether it answers. Leaving any step changes nothing. */
export async function chooseModel(options: ChooseOptions, slot: ModelSlot = 'primary'): Promise<void> {
  const provider = await pickProvider(slot);
  if (provider === undefined) return;
  if (provider === 'fallback') return chooseModel(options, 'fallback');
  if (provider === 'none') {
    await storeModelChoice(slot, 'none', '', null);
    return void vscode.window.showInformationMessage(
      slot === 'primary'
        ? vscode.l10n.t('No language model is asked from now on. Everything is computed by code.')
        : vscode.l10n.t('No model stands in from now on.'),
    );
  }
  const choice = await pickModel(provider, slot, options);
  if (choice === undefined) return;
  await storeModelChoice(slot, provider, choice.model, isOwnAddress(provider, choice) ? null : choice.baseUrl);
  await check(choice, options);
}

const titleOf = (slot: ModelSlot) =>
  slot === 'primary' ? vscode.l10n.t('Choose Language Model') : vscode.l10n.t('Choose the Model That Stands In');

const isOwnAddress = (provider: ChosenProvider, choice: ModelChoice) =>
  addressOf(choice) === addressOf(choiceOf(provider, choice.model, null, process.env) ?? choice);

async function pickProvider(slot: ModelSlot): Promise<ChosenProvider | 'fallback' | undefined> {
  const placeHolder = vscode.l10n.t('Who words what was found? What is to blame is computed by code in any case.');
  return (await vscode.window.showQuickPick(providerRows(slot), { title: titleOf(slot), placeHolder }))?.value;
}

/** Shows what the server offers until a model is picked; undefined when the person leaves. */
async function pickModel(provider: ChosenProvider, slot: ModelSlot, options: ChooseOptions): Promise<ModelChoice | undefined> {
  const present = readProvider(slot) === provider ? readModelChoice(slot, process.env) : null;
  let server = present ?? choiceOf(provider, '', null, process.env);
  while (server !== null) {
    if (!(await hasKey(provider, server, options))) return undefined;
    const models = await list(server, options);
    if (models === 'again') continue;
    const picked = models === 'address' || models === undefined ? models : await pickName(models, provider, server, present, slot);
    if (picked === undefined) return undefined;
    if (picked === 'address') {
      const baseUrl = await askAddress(server);
      if (baseUrl === undefined) return undefined;
      server = choiceOf(provider, '', baseUrl || null, process.env);
      continue;
    }
    const name = typeof picked === 'object' ? picked.name : await (picked === 'pull' ? askName() : askAnyName());
    if (name === undefined || (picked === 'pull' && !(await pull(server, name, options)))) return undefined;
    return { ...server, model: name };
  }
  return undefined;
}

/** Asks for a key where the provider's own address wants one and none is known. False when the person leaves. */
async function hasKey(provider: ChosenProvider, server: ModelChoice, { keys }: ChooseOptions): Promise<boolean> {
  const address = addressOf(server);
  if (address === null || provider === 'ollama' || !isOwnAddress(provider, server)) return true;
  return (await keys.keyOf(server)) !== null || enterModelKey(address, keys);
}

/** What the server offers; says why it cannot be read and asks how to go on. */
async function list(server: ModelChoice, { engine, keys }: ChooseOptions): Promise<ModelInfo[] | 'again' | 'address' | undefined> {
  const { provider, baseUrl } = server;
  try {
    if (provider === 'editor') return await listEditorModels();
    const key = await keys.keyOf(server);
    const title = vscode.l10n.t('Asking {0} for its models', addressOf(server) ?? '');
    return await withProgress(title, (signal) =>
      engine.request('listModels', { server: { provider, baseUrl, key } }, { signal, timeoutMs: listTimeoutMs }),
    );
  } catch (error) {
    if (isCancellation(error)) return undefined;
    const [again, enter, address] = [vscode.l10n.t('Try Again'), vscode.l10n.t('Set Key…'), vscode.l10n.t('Another Address…')];
    const isThere = !(error instanceof AppError && error.kind === 'unreachable');
    const ways = isThere ? [again, enter, address] : [again, address];
    const answer = await vscode.window.showErrorMessage(forNotification(messageFor(error)), ...ways);
    if (answer === address) return 'address';
    const known = addressOf(server);
    if (answer === enter && known !== null && (await enterModelKey(known, keys))) return 'again';
    return answer === again ? 'again' : undefined;
  }
}

async function pickName(
  models: readonly ModelInfo[],
  provider: ChosenProvider,
  server: ModelChoice,
  present: ModelChoice | null,
  slot: ModelSlot,
): Promise<ModelPick | undefined> {
  const isPresent = (name: string) => present?.model === name && addressOf(present) === addressOf(server);
  const items = modelRows(models, { provider, address: addressOf(server), isPresent });
  if (items.length === 0) {
    void vscode.window.showInformationMessage(
      vscode.l10n.t('This editor offers no language models. Install an extension that does, such as GitHub Copilot, and sign in.'),
    );
    return undefined;
  }
  const placeHolder = models.length === 0 ? vscode.l10n.t('This server has no model yet.') : vscode.l10n.t('Which model?');
  return (await vscode.window.showQuickPick(items, { title: titleOf(slot), placeHolder, matchOnDetail: true }))?.value;
}

async function askAnyName(): Promise<string | undefined> {
  const name = await vscode.window.showInputBox({
    title: vscode.l10n.t('Choose Language Model'),
    prompt: vscode.l10n.t('The model as its server names it'),
    ignoreFocusOut: true,
    validateInput: (value) => (/^\S+$/u.test(value.trim()) ? null : vscode.l10n.t('A name has no spaces.')),
  });
  return name?.trim();
}

/** An address that keys may be sent to; empty for the provider's own. */
async function askAddress({ provider, baseUrl }: ModelChoice): Promise<string | undefined> {
  const judge = (value: string) => {
    try {
      if (provider !== 'editor') modelAddress(provider, value.trim() || null);
      return null;
    } catch (error) {
      return messageFor(error);
    }
  };
  const address = await vscode.window.showInputBox({
    title: vscode.l10n.t('Choose Language Model'),
    prompt: vscode.l10n.t('Address of the server; empty for the usual one'),
    value: baseUrl ?? '',
    ignoreFocusOut: true,
    validateInput: judge,
  });
  return address?.trim();
}

/** Asks the model one short question, says what came of it, and asks whether investigations may be sent there. */
async function check(choice: ModelChoice, { engine, keys, permissions, report }: ChooseOptions): Promise<void> {
  const { provider, baseUrl, model } = choice;
  try {
    const key = await keys.keyOf(choice);
    const answered = await withProgress(vscode.l10n.t('Asking {0} one short question', modelLabel(choice)), (signal) =>
      engine.request('testModel', { server: { provider, baseUrl, key }, model }, { signal, timeoutMs: testTimeoutMs }),
    );
    tell(answered);
  } catch (error) {
    report.problem(error);
  }
  if (isRemoteModel(choice)) await permissions.askAnew(choice);
}

function tell({ model, ms, followsSchema }: ModelCheck): void {
  const time = formatDuration(ms);
  const sentence = followsSchema
    ? vscode.l10n.t('{0} works: it answered in {1}, in the form that was asked for.', model, time)
    : vscode.l10n.t(
        '{0} answered in {1}, but not in the form that was asked for. AIDog mends what it can; a larger model does better.',
        model,
        time,
      );
  void vscode.window.showInformationMessage(forNotification(sentence));
}

function withProgress<T>(title: string, work: (signal: AbortSignal) => Promise<T>): Thenable<T> {
  const shown = { location: vscode.ProgressLocation.Notification, title: forNotification(title), cancellable: true };
  return vscode.window.withProgress(shown, (_, token) => {
    const controller = new AbortController();
    token.onCancellationRequested(() => controller.abort());
    return work(controller.signal);
  });
}
