import * as vscode from 'vscode';
import type { EngineClient } from './engineClient';
import type { Report } from './report';
import type { Credentials } from './secrets';
import { readSettings } from './settings';
import { datadogSites } from './sites';

/** Longest that the check of new keys may take. */
const checkTimeoutMs = 60_000;

export interface ConfigureOptions {
  readonly credentials: Credentials;
  readonly engine: EngineClient;
  readonly report: Report;
}

type Choice = 'enter' | 'check' | 'forget';

/** Site, keys, and an honest word on whether they work. Leaving any step changes nothing. */
export async function configureDatadog(options: ConfigureOptions): Promise<void> {
  const { credentials } = options;
  const choice = (await credentials.areStored()) ? await pickChoice() : 'enter';
  if (choice === 'forget') return forget(credentials);
  if (choice === 'enter' && !(await enter(credentials))) return;
  if (choice) await check(options);
}

async function pickChoice(): Promise<Choice | undefined> {
  const items: readonly (vscode.QuickPickItem & { readonly choice: Choice })[] = [
    { choice: 'enter', label: vscode.l10n.t('Replace the keys'), iconPath: new vscode.ThemeIcon('key') },
    { choice: 'check', label: vscode.l10n.t('Check whether the keys work'), iconPath: new vscode.ThemeIcon('plug') },
    { choice: 'forget', label: vscode.l10n.t('Forget the keys'), iconPath: new vscode.ThemeIcon('trash') },
  ];
  return (await vscode.window.showQuickPick(items, { title: vscode.l10n.t('Configure Datadog') }))?.choice;
}

async function forget(credentials: Credentials): Promise<void> {
  await credentials.forget();
  const sentence = (await credentials.keys())
    ? vscode.l10n.t('The stored keys are gone. Those in DD_API_KEY and DD_APP_KEY are used now.')
    : vscode.l10n.t('The stored keys are gone.');
  void vscode.window.showInformationMessage(sentence);
}

/** True when keys were entered and stored. */
async function enter(credentials: Credentials): Promise<boolean> {
  const title = vscode.l10n.t('Configure Datadog');
  const site = await pickSite(`${title} (1/3)`);
  const apiKey = site && (await inputKey(`${title} (2/3)`, vscode.l10n.t('API key, from Organization Settings > API Keys')));
  const appKey =
    apiKey && (await inputKey(`${title} (3/3)`, vscode.l10n.t('Application key, from Organization Settings > Application Keys')));
  if (!site || !apiKey || !appKey) return false;
  await credentials.store({ apiKey: apiKey.trim(), appKey: appKey.trim() });
  await vscode.workspace.getConfiguration().update('aidog.datadog.site', site, vscode.ConfigurationTarget.Global);
  return true;
}

async function pickSite(title: string): Promise<string | undefined> {
  const current = vscode.workspace.getConfiguration().get<string>('aidog.datadog.site');
  const items = datadogSites.map((site) => ({ label: site, description: site === current ? vscode.l10n.t('current') : '' }));
  const placeHolder = vscode.l10n.t('The site that you see in the address of Datadog');
  return (await vscode.window.showQuickPick(items, { title, placeHolder, ignoreFocusOut: true }))?.label;
}

async function inputKey(title: string, prompt: string): Promise<string | undefined> {
  return vscode.window.showInputBox({
    title,
    prompt,
    password: true,
    ignoreFocusOut: true,
    validateInput: (value) => (/^\S{6,}$/u.test(value.trim()) ? null : vscode.l10n.t('Paste the whole key; it has no spaces.')),
  });
}

async function check({ engine, report }: ConfigureOptions): Promise<void> {
  const options = {
    location: vscode.ProgressLocation.Notification,
    title: vscode.l10n.t('Asking Datadog whether the keys work'),
    cancellable: true,
  };
  try {
    readSettings();
    const { name } = await vscode.window.withProgress(options, (_, token) => {
      const controller = new AbortController();
      token.onCancellationRequested(() => controller.abort());
      return engine.request('checkAccess', {}, { signal: controller.signal, timeoutMs: checkTimeoutMs });
    });
    void vscode.window.showInformationMessage(vscode.l10n.t('{0} accepts the keys.', name));
  } catch (error) {
    report.problem(error);
  }
}
