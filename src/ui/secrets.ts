import * as vscode from 'vscode';
import type { DatadogConnection } from '../protocol/engineApi';
import type { Redactor } from './log';
import { readSettings } from './settings';

const apiKeySlot = 'aidog.datadog.apiKey';
const appKeySlot = 'aidog.datadog.appKey';

export interface Keys {
  readonly apiKey: string;
  readonly appKey: string;
}

export interface Credentials extends vscode.Disposable {
  /** The stored keys, else those of the environment variables DD_API_KEY and DD_APP_KEY, else null. */
  keys(): Promise<Keys | null>;
  areStored(): Promise<boolean>;
  store(keys: Keys): Promise<void>;
  forget(): Promise<void>;
  /** Settings and keys together; null without keys. Rejects when the address in the settings is not fit for keys. */
  connection(): Promise<DatadogConnection | null>;
  /** Fires when keys were stored, replaced or removed, in this window or another. */
  readonly onDidChange: vscode.Event<void>;
}

/** Keys live in VS Code's SecretStorage and nowhere else; all that are seen are hidden from the log. */
export function createCredentials(secrets: vscode.SecretStorage, env: NodeJS.ProcessEnv, redactor: Redactor): Credentials {
  const changed = new vscode.EventEmitter<void>();
  const subscription = secrets.onDidChange(({ key }) => (key === apiKeySlot || key === appKeySlot) && changed.fire());
  const stored = () => Promise.all([secrets.get(apiKeySlot), secrets.get(appKeySlot)]);
  const keys = async (): Promise<Keys | null> => {
    const [apiKey, appKey] = await stored();
    const found = pair(apiKey, appKey) ?? pair(env.DD_API_KEY, env.DD_APP_KEY);
    for (const secret of found ? Object.values(found) : []) redactor.hide(secret);
    return found;
  };
  return {
    keys,
    areStored: async () => (await stored()).some((secret) => secret !== undefined),
    async store({ apiKey, appKey }) {
      redactor.hide(apiKey);
      redactor.hide(appKey);
      await secrets.store(apiKeySlot, apiKey);
      await secrets.store(appKeySlot, appKey);
    },
    async forget() {
      await secrets.delete(apiKeySlot);
      await secrets.delete(appKeySlot);
    },
    async connection() {
      const found = await keys();
      if (!found) return null;
      const { site, baseUrl, timeoutSec } = readSettings();
      return { site, baseUrl, timeoutSec, ...found };
    },
    onDidChange: changed.event,
    dispose: () => vscode.Disposable.from(subscription, changed).dispose(),
  };
}

const pair = (apiKey: string | undefined, appKey: string | undefined): Keys | null => (apiKey && appKey ? { apiKey, appKey } : null);
