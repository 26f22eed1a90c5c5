import * as vscode from 'vscode';
import { oneLine } from '../domain/plainText';
import type { LensArgument } from './commandArguments';
import { commandIds } from './commands';
import { type EditingMarker, type MarkedEdit, markerWords } from './editor/editingMarker';
import type { Incidents } from './incidents';
import { incidentsViewId } from './incidentView';
import type { Investigations, Run } from './investigations';
import { spendingWords } from './models/modelWords';
import { runWords } from './words';

interface Shown {
  readonly text: string;
  readonly tooltip: string;
  readonly command: string | vscode.Command;
}

/**
 * The one status-bar item: an edit under an open incident, else the run under way, else the last verdict, else the number of
 * alerts, else hidden.
 */
export function createStatusBar(
  incidents: Incidents,
  investigations: Investigations,
  marker: Pick<EditingMarker, 'current' | 'onDidChange'>,
): vscode.Disposable {
  const item = vscode.window.createStatusBarItem('aidog.status', vscode.StatusBarAlignment.Left, 10);
  item.name = 'AIDog';
  const redraw = () => {
    const run = investigations.latest;
    const { current } = marker;
    const edit = current && run?.snapshot.status !== 'running' ? forEdit(current) : null;
    const shown = edit ?? (run ? forRun(run) : forAlerts(incidents.state.items.length));
    if (!shown) return item.hide();
    item.text = shown.text;
    item.tooltip = shown.tooltip;
    item.command = shown.command;
    item.accessibilityInformation = { label: `AIDog: ${shown.tooltip}`, role: 'button' };
    item.show();
  };
  redraw();
  const events = [incidents.onDidChange, investigations.onDidChange, marker.onDidChange];
  return vscode.Disposable.from(item, ...events.map((event: vscode.Event<unknown>) => event(redraw)));
}

function forEdit({ run, file }: MarkedEdit): Shown {
  const argument: LensArgument = { runId: run.snapshot.runId, file };
  return {
    text: `$(warning) ${vscode.l10n.t('AIDog: open incident here')}`,
    tooltip: markerWords(oneLine(run.subject)),
    command: { command: commandIds.showEvidence, title: vscode.l10n.t('Show the evidence'), arguments: [argument] },
  };
}

function forRun({ snapshot, subject }: Run): Shown {
  const icon = { running: 'loading~spin', done: 'search', failed: 'error', cancelled: 'circle-slash' }[snapshot.status];
  return {
    text: `$(${icon}) AIDog: ${runWords(snapshot)}`,
    tooltip: [`${oneLine(subject)}: ${runWords(snapshot)}`, ...meterWords(snapshot)].join('\n'),
    command: { command: commandIds.showInvestigation, title: vscode.l10n.t('Show Investigation'), arguments: [snapshot.runId] },
  };
}

/** What language models took of what they may take; nothing where none was asked. */
function meterWords({ spending, found }: Run['snapshot']): readonly string[] {
  const taken = found.usage?.spending ?? spending;
  return taken === undefined || taken.requests === 0 ? [] : [vscode.l10n.t('Language models: {0}', spendingWords(taken))];
}

function forAlerts(count: number): Shown | null {
  if (count === 0) return null;
  const tooltip = vscode.l10n.t('Open incidents: {0}', count);
  return { text: `$(bell) ${count}`, tooltip, command: `${incidentsViewId}.focus` };
}
