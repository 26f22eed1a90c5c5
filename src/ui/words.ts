import * as vscode from 'vscode';
import type { Verdict } from '../domain/incident';
import type { StageName } from '../domain/investigation';
import type { MonitorState } from '../domain/monitor';
import type { PanelSnapshot } from '../protocol/snapshot';

/** What is going on during a stage. */
export function stageWords(stage: StageName): string {
  const words: Record<StageName, string> = {
    gather: vscode.l10n.t('gathering'),
    perceive: vscode.l10n.t('reading signals'),
    diagnose: vscode.l10n.t('diagnosing'),
    guide: vscode.l10n.t('planning steps'),
    recommend: vscode.l10n.t('recommending'),
  };
  return words[stage];
}

export function verdictWords(verdict: Verdict): string {
  const words: Record<Verdict, string> = {
    code: vscode.l10n.t('code change'),
    configuration: vscode.l10n.t('configuration'),
    infrastructure: vscode.l10n.t('infrastructure'),
    external: vscode.l10n.t('external cause'),
    healthy: vscode.l10n.t('healthy'),
    inconclusive: vscode.l10n.t('inconclusive'),
  };
  return words[verdict];
}

/** How a run stands, in two or three words. */
export function runWords(snapshot: PanelSnapshot): string {
  if (snapshot.status === 'failed') return vscode.l10n.t('failed');
  if (snapshot.status === 'cancelled') return vscode.l10n.t('cancelled');
  if (snapshot.status === 'done') return verdictWords(snapshot.found.verdict ?? 'inconclusive');
  const running = snapshot.stages.find(({ status }) => status === 'running');
  return running ? stageWords(running.stage) : vscode.l10n.t('starting');
}

export function monitorStateWords(state: MonitorState): string {
  const words: Record<MonitorState, string> = {
    Alert: vscode.l10n.t('Alerting'),
    Warn: vscode.l10n.t('Warning'),
    'No Data': vscode.l10n.t('No data'),
    OK: vscode.l10n.t('OK'),
    Ignored: vscode.l10n.t('Ignored'),
    Skipped: vscode.l10n.t('Skipped'),
    Unknown: vscode.l10n.t('Unknown'),
  };
  return words[state];
}

/** How long ago, in the reader's language: `now`, `12 min ago`. */
export function ageWords(thenMs: number, nowMs: number): string {
  const minutes = Math.max(0, Math.round((nowMs - thenMs) / 60_000));
  const format = new Intl.RelativeTimeFormat(vscode.env.language, { style: 'short' });
  if (minutes === 0) return new Intl.RelativeTimeFormat(vscode.env.language, { numeric: 'auto' }).format(0, 'second');
  if (minutes < 60) return format.format(-minutes, 'minute');
  if (minutes < 48 * 60) return format.format(-Math.round(minutes / 60), 'hour');
  return format.format(-Math.round(minutes / 1440), 'day');
}
