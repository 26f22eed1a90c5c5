import * as vscode from 'vscode';
import { AppError } from '../domain/errors';
import { datadogSites } from './sites';

/** Every setting with its default; package.json declares the same. */
export const settingDefaults = {
  'aidog.datadog.site': 'datadoghq.com',
  'aidog.datadog.baseUrl': '',
  'aidog.datadog.timeoutSeconds': 20,
  'aidog.datadog.env': '',
  'aidog.incidents.refreshMinutes': 0,
  'aidog.github.baseUrl': '',
  'aidog.codeLens.enabled': true,
  'aidog.codeLens.minimumRequests': 1,
  'aidog.codeLens.template': '{p95} {change} · {errors} · {requests}',
} as const;

export type SettingKey = keyof typeof settingDefaults;

/** The settings as the rest of the extension wants them: checked, with units. */
export interface Settings {
  readonly site: string;
  /** Without a slash at the end; null for the site's own address. */
  readonly baseUrl: string | null;
  readonly timeoutSec: number;
  /** Only incidents of this environment are listed; null for all. */
  readonly env: string | null;
  /** 0: only when asked. */
  readonly refreshMinutes: number;
  readonly codeLens: { readonly isEnabled: boolean; readonly minimumRequests: number; readonly template: string };
}

/** Reads the settings anew. Throws when the address is one that keys must not be sent to. */
export function readSettings(): Settings {
  return {
    site: oneOf(datadogSites, text('aidog.datadog.site'), settingDefaults['aidog.datadog.site']),
    baseUrl: checkedUrl('aidog.datadog.baseUrl'),
    timeoutSec: number('aidog.datadog.timeoutSeconds', 1, 300),
    env: text('aidog.datadog.env').trim() || null,
    refreshMinutes: number('aidog.incidents.refreshMinutes', 0, 1440),
    codeLens: readCodeLensSettings(),
  };
}

/** The address of GitHub Enterprise's API, without a slash at its end; null for none. Throws when a token must not be sent there. */
export function readGitHubBaseUrl(): string | null {
  return checkedUrl('aidog.github.baseUrl');
}

/** The part that CodeLens asks for on every redraw; never throws. */
export function readCodeLensSettings(): Settings['codeLens'] {
  return {
    isEnabled: value('aidog.codeLens.enabled') === true,
    minimumRequests: number('aidog.codeLens.minimumRequests', 0, Number.MAX_SAFE_INTEGER),
    template: text('aidog.codeLens.template') || settingDefaults['aidog.codeLens.template'],
  };
}

function value(key: SettingKey): unknown {
  return vscode.workspace.getConfiguration().get(key, settingDefaults[key]);
}

function text(key: SettingKey): string {
  const found = value(key);
  return typeof found === 'string' ? found : String(settingDefaults[key]);
}

function number(key: SettingKey, least: number, most: number): number {
  const found = Number(value(key));
  return Number.isFinite(found) ? Math.min(most, Math.max(least, found)) : Number(settingDefaults[key]);
}

function oneOf(allowed: readonly string[], found: string, fallback: string): string {
  return allowed.includes(found) ? found : fallback;
}

/** Keys travel to this address, so it is encrypted or stays on this machine. */
function checkedUrl(key: SettingKey): string | null {
  const address = text(key).trim();
  if (address === '') return null;
  const url = URL.canParse(address) ? new URL(address) : null;
  const isLocal = url?.protocol === 'http:' && ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname);
  if (!url || !(url.protocol === 'https:' || isLocal)) {
    throw new AppError(
      'configuration',
      vscode.l10n.t('The setting "{0}" must be an https:// address, or http:// on this machine. Correct or clear it.', key),
    );
  }
  return address.replace(/\/+$/u, '');
}
