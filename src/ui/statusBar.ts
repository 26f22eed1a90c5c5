import * as vscode from 'vscode';
import { oneLine } from '../domain/plainText';
import { commandIds } from './commands';
import type { Incidents } from './incidents';
import { incidentsViewId } from './incidentView';
import type { Investigations, Run } from './investigations';
import { runWords } from './words';

interface Shown {
  readonly text: string;
  readonly tooltip: string;
  readonly command: string | vscode.Command;
}

/** The one status-bar item: the run under way, else the last verdict, else the number of alerts, else hidden. */
export function createStatusBar(incidents: Incidents, investigations: Investigations): vscode.Disposable {
  const item = vscode.window.createStatusBarItem('aidog.status', vscode.StatusBarAlignment.Left, 10);
  item.name = 'AIDog';
  const redraw = () => {
    const run = investigations.latest;
    const shown = run ? forRun(run) : forAlerts(incidents.state.items.length);
    if (!shown) return item.hide();
    item.text = shown.text;
    item.tooltip = shown.tooltip;
    item.command = shown.command;
    item.accessibilityInformation = { label: `AIDog: ${shown.tooltip}`, role: 'button' };
    item.show();
  };
  redraw();
  return vscode.Disposable.from(item, incidents.onDidChange(redraw), investigations.onDidChange(redraw));
}

function forRun({ snapshot, subject }: Run): Shown {
  const icon = { running: 'loading~spin', done: 'search', failed: 'error', cancelled: 'circle-slash' }[snapshot.status];
  return {
    text: `$(${icon}) AIDog: ${runWords(snapshot)}`,
    tooltip: `${oneLine(subject)}: ${runWords(snapshot)}`,
    command: { command: commandIds.showInvestigation, title: vscode.l10n.t('Show Investigation'), arguments: [snapshot.runId] },
  };
}

function forAlerts(count: number): Shown | null {
  if (count === 0) return null;
  const tooltip = vscode.l10n.t('Open incidents: {0}', count);
  return { text: `$(bell) ${count}`, tooltip, command: `${incidentsViewId}.focus` };
}
