import * as vscode from 'vscode';
import { messageFor } from '../domain/errors';
import { oneLine } from '../domain/plainText';
import type { Clock } from '../domain/ports';
import type { OpenIncident } from '../protocol/engineApi';
import type { Incidents, IncidentsState } from './incidents';
import { forLabel } from './plainText';
import { ageWords, monitorStateWords } from './words';

/** What to do where there is no incident to choose. */
type OtherWay = 'configure' | 'demo' | 'doctor' | 'monitor';

type Row = vscode.QuickPickItem & { readonly incident?: OpenIncident; readonly choice?: OtherWay | 'again' };

export type IncidentChoice = { readonly incident: OpenIncident } | OtherWay | null;

/** Lets a person choose an open incident; opens at once with what is known and looks anew meanwhile. null: none was chosen. */
export function pickIncident(incidents: Incidents, clock: Clock): Promise<IncidentChoice> {
  const pick = vscode.window.createQuickPick<Row>();
  const refresh = { iconPath: new vscode.ThemeIcon('refresh'), tooltip: vscode.l10n.t('Refresh') };
  pick.title = vscode.l10n.t('Investigate Incident');
  pick.matchOnDescription = true;
  pick.buttons = [refresh];
  const draw = () => {
    const { state } = incidents;
    pick.busy = state.kind === 'loading' || state.kind === 'unknown';
    pick.placeholder = placeholder(incidents);
    pick.items = [...state.items.map((incident) => row(incident, clock.nowMs())), ...otherWays(state)];
  };
  const subscriptions = [incidents.onDidChange(draw), pick.onDidTriggerButton(() => void incidents.refresh())];
  draw();
  pick.show();
  void incidents.refresh();
  return chosen(pick, () => void incidents.refresh()).finally(() => vscode.Disposable.from(...subscriptions, pick).dispose());
}

/** Settles when a row is accepted or the list is closed. */
function chosen(pick: vscode.QuickPick<Row>, lookAgain: () => void): Promise<IncidentChoice> {
  return new Promise((resolve) => {
    pick.onDidHide(() => resolve(null));
    pick.onDidAccept(() => {
      const [row] = pick.selectedItems;
      if (row?.choice === 'again') return lookAgain();
      resolve(row?.incident ? { incident: row.incident } : (row?.choice ?? null));
      pick.hide();
    });
  });
}

function placeholder({ state }: Incidents): string {
  if (state.problem) return vscode.l10n.t('Alerts could not be listed');
  if (state.kind === 'unconfigured') return vscode.l10n.t('No Datadog keys are stored yet');
  if (state.kind !== 'ready') return vscode.l10n.t('Looking for alerts in Datadog…');
  return state.items.length === 0 ? vscode.l10n.t('No monitor is alerting') : vscode.l10n.t('Choose what to investigate');
}

/** Nobody is left before an empty list. */
function otherWays({ kind, items, problem }: IncidentsState): Row[] {
  const demo: Row = { choice: 'demo', label: vscode.l10n.t('Try the demo incident'), iconPath: new vscode.ThemeIcon('beaker') };
  const doctor: Row = { choice: 'doctor', label: vscode.l10n.t('Find out why'), iconPath: new vscode.ThemeIcon('question') };
  if (kind === 'unconfigured')
    return [{ choice: 'configure', label: vscode.l10n.t('Configure Datadog…'), iconPath: new vscode.ThemeIcon('key') }, demo];
  if (problem !== null) {
    const detail = oneLine(messageFor(problem.error));
    return [{ choice: 'again', label: vscode.l10n.t('Try Again'), detail, iconPath: new vscode.ThemeIcon('refresh') }, doctor, demo];
  }
  if (kind !== 'ready' || items.length > 0) return [];
  return [
    { choice: 'monitor', label: vscode.l10n.t('Investigate a monitor by its number…'), iconPath: new vscode.ThemeIcon('bell') },
    doctor,
  ];
}

function row(incident: OpenIncident, nowMs: number): Row {
  const { monitor, service } = incident;
  const age = monitor.triggeredAtMs === null ? null : ageWords(monitor.triggeredAtMs, nowMs);
  const description = [monitorStateWords(monitor.state), service && forLabel(service, 60), age].filter(Boolean).join(' · ');
  return { incident, label: forLabel(incident.title), description };
}
