import * as vscode from 'vscode';
import type { CodeLocation } from '../domain/frame';
import type { InvestigationTarget } from '../protocol/investigationTarget';
import type { EngineClient } from './engineClient';
import type { LocationOpener } from './openLocation';
import type { Report } from './report';
import { whyNoFolder, workspaceRoots } from './roots';
import { parseMonitorReference } from './sites';

/** What a link from a browser or a chat asks for; nothing of it is trusted. */
export type DeepLink =
  | { readonly kind: 'open'; readonly location: CodeLocation; readonly commit: string | null; readonly service: string | null }
  | { readonly kind: 'investigate'; readonly monitor: number };

export interface DeepLinkOptions {
  readonly engine: Pick<EngineClient, 'request'>;
  readonly opener: Pick<LocationOpener, 'open'>;
  readonly report: Report;
  readonly investigate: (target: InvestigationTarget) => unknown;
}

const locateTimeoutMs = 60_000;

/** Opens `vscode://aidog.aidog/open?…` and `…/investigate?…`. */
export function createDeepLinks({ engine, opener, report, investigate }: DeepLinkOptions): vscode.UriHandler {
  const open = async ({ location, commit, service }: Extract<DeepLink, { kind: 'open' }>) => {
    const place = await engine.request(
      'locate',
      { location, commit, service, repositories: workspaceRoots() },
      { timeoutMs: locateTimeoutMs },
    );
    await opener.open(place, `${location.file}:${location.line}`);
  };
  const confirm = async (monitor: number) => {
    const yes = vscode.l10n.t('Investigate');
    const question = vscode.l10n.t('A link asks to investigate the monitor {0}. Do it?', monitor);
    const detail = vscode.l10n.t('AIDog will ask Datadog with your keys, and read the open folders.');
    if ((await vscode.window.showInformationMessage(question, { modal: true, detail }, yes)) === yes)
      investigate({ kind: 'monitor', id: monitor });
  };
  return {
    async handleUri({ path, query }) {
      try {
        const link = parseDeepLink(path, query);
        if (typeof link === 'string') return report.refuse(link);
        const problem = whyNoFolder();
        if (problem !== null) report.refuse(problem);
        else if (link.kind === 'open') await open(link);
        else await confirm(link.monitor);
      } catch (error) {
        report.problem(error);
      }
    },
  };
}

/** What a link asks for, or in one sentence why it cannot be followed. */
export function parseDeepLink(path: string, query: string): DeepLink | string {
  const parameters = new URLSearchParams(query);
  const once = (name: string) => {
    const [value, ...more] = parameters.getAll(name);
    return more.length > 0 ? null : (value ?? '');
  };
  if (path === '/open') return openLink(once);
  if (path !== '/investigate') return vscode.l10n.t('This link to AIDog has no address that AIDog knows. It knows /open and /investigate.');
  const monitor = parseMonitorReference(once('monitor') ?? '');
  return monitor === null || monitor < 1
    ? vscode.l10n.t('This link to AIDog names no monitor. It needs monitor=, a whole number.')
    : { kind: 'investigate', monitor };
}

const maxLine = 10_000_000;
const noControls = /^[^\p{Cc}\p{Cf}\p{Cs}]{1,1000}$/u;

function openLink(once: (name: string) => string | null): DeepLink | string {
  const [file, line, commit, service] = [once('file'), once('line'), once('commit'), once('service')];
  if (file === null || !noControls.test(file))
    return vscode.l10n.t('This link to AIDog names no file. It needs file=, the path that the frame has.');
  if (line === null || !/^\d{1,8}$/u.test(line) || Number(line) < 1 || Number(line) > maxLine)
    return vscode.l10n.t('This link to AIDog names no line. It needs line=, a whole number from 1.');
  if (commit === null || (commit !== '' && !/^[0-9a-f]{7,64}$/iu.test(commit)))
    return vscode.l10n.t('The commit in this link to AIDog is none. It needs commit=, 7 to 64 hexadecimal digits, or none at all.');
  if (service === null || (service !== '' && !/^[\p{L}\p{N}_.:/-]{1,200}$/u.test(service)))
    return vscode.l10n.t('The service in this link to AIDog is none that Datadog could have.');
  const location = { file, line: Number(line), function: null };
  return { kind: 'open', location, commit: commit || null, service: service || null };
}
