import * as vscode from 'vscode';
import { AppError } from '../domain/errors';
import { defaultForecastSettings, type ForecastSettings } from '../domain/forecast';
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
  'aidog.codeLens.onlyNotable': false,
  'aidog.codeLens.notablePercent': 20,
  'aidog.codeLens.template': '{p95} {change} · {errors} · {env} {window}',
  'aidog.hotPaths.refreshMinutes': 10,
  'aidog.hotPaths.windowMinutes': 60,
  'aidog.hotPaths.services': [],
  'aidog.home.refreshMinutes': 10,
  'aidog.diagnostics.enabled': true,
  'aidog.diagnostics.severity': 'information',
  'aidog.editingMarker.enabled': true,
  'aidog.forecast.model': 'embedded',
  'aidog.forecast.modelFile': '',
  'aidog.role': '',
  'aidog.model.provider': 'none',
  'aidog.model.name': '',
  'aidog.model.baseUrl': '',
  'aidog.model.fallbackProvider': 'none',
  'aidog.model.fallbackName': '',
  'aidog.model.fallbackBaseUrl': '',
  'aidog.model.timeoutSeconds': 120,
  'aidog.model.contextTokens': 8192,
  'aidog.model.budgetTokens': 100_000,
  'aidog.model.budgetUsd': 1,
  'aidog.model.budgetSeconds': 300,
  'aidog.model.prices': {},
  'aidog.model.sendFields': ['alert', 'conclusions', 'metrics', 'logs', 'traces', 'changes', 'runbooks', 'person'],
  'aidog.model.redactPersonalData': true,
  'aidog.model.redactAddresses': true,
  'aidog.model.embeddingModel': '',
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
  readonly codeLens: CodeLensSettings;
}

export interface CodeLensSettings {
  readonly isEnabled: boolean;
  readonly minimumRequests: number;
  /** Only functions with errors, or whose p95 changed by so many percent; null for all. */
  readonly notablePercent: number | null;
  readonly template: string;
}

export interface HotPathSettings {
  /** 0: only when asked. */
  readonly refreshMinutes: number;
  readonly windowMinutes: number;
  readonly env: string | null;
  /** null for all. */
  readonly services: readonly string[] | null;
}

const severities = ['information', 'hint', 'warning'] as const;

export interface DiagnosticSettings {
  readonly isEnabled: boolean;
  readonly severity: (typeof severities)[number];
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
export function readCodeLensSettings(): CodeLensSettings {
  return {
    isEnabled: value('aidog.codeLens.enabled') === true,
    minimumRequests: number('aidog.codeLens.minimumRequests', 0, Number.MAX_SAFE_INTEGER),
    notablePercent: value('aidog.codeLens.onlyNotable') === true ? number('aidog.codeLens.notablePercent', 0, 10_000) : null,
    template: text('aidog.codeLens.template') || settingDefaults['aidog.codeLens.template'],
  };
}

/** What is asked about the traffic of now, and how often; never throws. */
export function readHotPathSettings(): HotPathSettings {
  const listed = value('aidog.hotPaths.services');
  const services = Array.isArray(listed) ? listed.filter((name) => typeof name === 'string' && name.trim() !== '') : [];
  return {
    refreshMinutes: number('aidog.hotPaths.refreshMinutes', 0, 1440),
    windowMinutes: Math.round(number('aidog.hotPaths.windowMinutes', 15, 1440)),
    env: text('aidog.datadog.env').trim() || null,
    services: services.length === 0 ? null : services.slice(0, MAX_SERVICES),
  };
}

/** A query with more names than this is refused. */
const MAX_SERVICES = 50;

/** Minutes between looks at all services while somebody sees what they find; 0: only when asked. Never throws. */
export function readHomeRefreshMinutes(): number {
  return number('aidog.home.refreshMinutes', 0, 1440);
}

/** How failing lines are marked; never throws. */
export function readDiagnosticSettings(): DiagnosticSettings {
  const fallback = settingDefaults['aidog.diagnostics.severity'];
  return {
    isEnabled: value('aidog.diagnostics.enabled') === true,
    severity: severities.find((name) => name === text('aidog.diagnostics.severity')) ?? fallback,
  };
}

/** Who forecasts; never throws. */
export function readForecastSettings(): ForecastSettings {
  return {
    model: text('aidog.forecast.model') === 'statistical' ? 'statistical' : defaultForecastSettings.model,
    modelFile: text('aidog.forecast.modelFile').trim() || null,
  };
}

/** What the person calls their role; null where they did not say. */
export function readRole(): string | null {
  return text('aidog.role').trim().slice(0, 100) || null;
}

/** Whether code that an open incident runs through is marked when somebody edits it. */
export function isEditingMarked(): boolean {
  return value('aidog.editingMarker.enabled') === true;
}

export function value(key: SettingKey): unknown {
  return vscode.workspace.getConfiguration().get(key, settingDefaults[key]);
}

export function text(key: SettingKey): string {
  const found = value(key);
  return typeof found === 'string' ? found : String(settingDefaults[key]);
}

export function number(key: SettingKey, least: number, most: number): number {
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
