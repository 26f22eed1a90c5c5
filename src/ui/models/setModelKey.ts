import * as vscode from 'vscode';
import { MINIMAX_ADDRESS, modelAddress } from '../../domain/modelAddress';
import { addressOf, type ModelKeys } from './modelKeys';
import { readModelChoice } from './modelSettings';

const titleOf = () => vscode.l10n.t('Set Model Key');

/** Asks for whom, then for the key, or forgets the one that is stored. Leaving any step changes nothing. */
export async function setModelKey(keys: ModelKeys): Promise<void> {
  const address = await pickAddress(keys);
  if (address === undefined) return;
  const isForgotten = (await keys.isStored(address)) && (await pickForget());
  if (isForgotten === undefined) return;
  if (!isForgotten) return void (await enterModelKey(address, keys));
  await keys.forget(address);
  const variable = keys.variableOf(address);
  void vscode.window.showInformationMessage(
    variable !== null && process.env[variable]
      ? vscode.l10n.t('The stored key is gone. The one in {0} is used now.', variable)
      : vscode.l10n.t('The stored key is gone.'),
  );
}

/** True when a key was entered and stored. */
export async function enterModelKey(address: string, keys: ModelKeys): Promise<boolean> {
  const { host } = new URL(address);
  const key = await vscode.window.showInputBox({
    title: titleOf(),
    prompt: vscode.l10n.t('API key for {0}. It is kept in the secret storage of VS Code and sent to this address only.', host),
    password: true,
    ignoreFocusOut: true,
    validateInput: (value) => (/^[\x21-\x7e]{6,}$/u.test(value.trim()) ? null : vscode.l10n.t('Paste the whole key; it has no spaces.')),
  });
  if (key === undefined) return false;
  await keys.store(address, key.trim());
  void vscode.window.showInformationMessage(vscode.l10n.t('The key for {0} is stored.', host));
  return true;
}

/** The addresses of the settings come first. */
async function pickAddress(keys: ModelKeys): Promise<string | undefined> {
  const chosen = [readModelChoice('primary', process.env), readModelChoice('fallback', process.env)];
  const used = chosen.map((choice) => choice && addressOf(choice)).filter((address) => address !== null);
  const own = [modelAddress('anthropic', null), modelAddress('openai', null), MINIMAX_ADDRESS];
  const items = [...new Set([...used, ...own])].map(async (address) => ({
    label: new URL(address).host,
    description: (await keys.isStored(address)) ? vscode.l10n.t('a key is stored') : '',
    detail: address,
    address,
  }));
  const options = { title: titleOf(), placeHolder: vscode.l10n.t('Which server is the key for?') };
  return (await vscode.window.showQuickPick(Promise.all(items), options))?.address;
}

async function pickForget(): Promise<boolean | undefined> {
  const items = [
    { label: vscode.l10n.t('Replace the key'), iconPath: new vscode.ThemeIcon('key'), isForgotten: false },
    { label: vscode.l10n.t('Forget the key'), iconPath: new vscode.ThemeIcon('trash'), isForgotten: true },
  ];
  return (await vscode.window.showQuickPick(items, { title: titleOf() }))?.isForgotten;
}
