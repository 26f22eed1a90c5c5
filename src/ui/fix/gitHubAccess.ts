import * as vscode from 'vscode';
import { noGitHubToken } from '../../domain/fixErrors';
import { knownApis, signInFor } from '../../fix/gitHubApi';
import type { Redactor } from '../log';
import { readGitHubBaseUrl } from '../settings';

/** A token is kept for the API that it was entered for, and is sent nowhere else. */
const slotOf = (api: string) => `aidog.github.token:${api}`;

export interface GitHubAccess {
  /** The stored token, else the one of VS Code's sign-in, which may ask. Rejects with `noGitHubToken` when there is none. */
  token(api: string): Promise<string>;
  /** Asks for a token and stores it, or forgets the one that is stored. */
  change(): Promise<void>;
}

/** Tokens live in VS Code's SecretStorage or its sign-in and nowhere else; all that are seen are hidden from the log. */
export function createGitHubAccess(secrets: vscode.SecretStorage, redactor: Redactor): GitHubAccess {
  const seen = (token: string) => {
    redactor.hide(token);
    return token;
  };
  return {
    async token(api) {
      const stored = await secrets.get(slotOf(api));
      if (stored) return seen(stored);
      return seen(await signIn(api));
    },
    async change() {
      const api = await pickApi();
      if (api === undefined) return;
      const slot = slotOf(api);
      const isForgotten = (await secrets.get(slot)) !== undefined && (await pickForget());
      if (isForgotten === undefined) return;
      if (isForgotten) {
        await secrets.delete(slot);
        return void vscode.window.showInformationMessage(vscode.l10n.t('The token is gone.'));
      }
      const token = await inputToken(new URL(api).host);
      if (token === undefined) return;
      await secrets.store(slot, seen(token.trim()));
      void vscode.window.showInformationMessage(vscode.l10n.t('The token for {0} is stored.', new URL(api).host));
    },
  };
}

async function signIn(api: string): Promise<string> {
  const host = new URL(api).host;
  const provider = signInFor(api, vscode.workspace.getConfiguration().get<string>('github-enterprise.uri') ?? null);
  if (provider === null) throw noGitHubToken(host);
  try {
    return (await vscode.authentication.getSession(provider, ['repo'], { createIfNone: true })).accessToken;
  } catch (error) {
    throw noGitHubToken(host, error);
  }
}

/** The API that a token is for; asks only where there is a choice. */
async function pickApi(): Promise<string | undefined> {
  const apis = knownApis(readGitHubBaseUrl());
  if (apis.length === 1) return apis[0];
  const items = apis.map((api) => ({ label: new URL(api).host, api })).toReversed();
  const options = { title: vscode.l10n.t('Set GitHub Token'), placeHolder: vscode.l10n.t('Where is the token from?') };
  return (await vscode.window.showQuickPick(items, options))?.api;
}

async function pickForget(): Promise<boolean | undefined> {
  const items = [
    { label: vscode.l10n.t('Replace the token'), iconPath: new vscode.ThemeIcon('key'), isForgotten: false },
    { label: vscode.l10n.t('Forget the token'), iconPath: new vscode.ThemeIcon('trash'), isForgotten: true },
  ];
  return (await vscode.window.showQuickPick(items, { title: vscode.l10n.t('Set GitHub Token') }))?.isForgotten;
}

async function inputToken(host: string): Promise<string | undefined> {
  return vscode.window.showInputBox({
    title: vscode.l10n.t('Set GitHub Token'),
    prompt: vscode.l10n.t('Personal access token of {0} that may write pull requests', host),
    password: true,
    ignoreFocusOut: true,
    validateInput: (value) => (/^[\x21-\x7e]{6,}$/u.test(value.trim()) ? null : vscode.l10n.t('Paste the whole token; it has no spaces.')),
  });
}
