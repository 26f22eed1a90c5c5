import * as vscode from 'vscode';
import { Owner } from '../domain/disposal';
import { messageFor } from '../domain/errors';
import type { Clock } from '../domain/ports';
import type { ContextKeys } from './contextKeys';
import type { Incidents, IncidentsState } from './incidents';
import { type AnomalyHint, IncidentTree, type TreeNode } from './incidentTree';
import type { Investigations } from './investigations';
import { createPolling } from './polling';
import { readSettings } from './settings';

export const incidentsViewId = 'aidog.incidents';

export interface IncidentViewOptions {
  readonly incidents: Incidents;
  readonly investigations: Investigations;
  readonly contextKeys: ContextKeys;
  readonly clock: Clock;
  /** What a survey found that goes on now; nothing before the first. */
  readonly anomalies?: { hint(): AnomalyHint; readonly onDidChange: vscode.Event<unknown> };
}

export interface IncidentView extends vscode.Disposable {
  /** Looks anew, with progress in the view. */
  refresh(): Promise<void>;
  /** Follows a change of settings or keys. */
  restart(): Promise<void>;
  isVisible(): boolean;
  readonly onDidChangeVisibility: vscode.Event<unknown>;
}

/** The tree of incidents in the activity bar: looks when it becomes visible, and at an interval if the settings say so. */
export function createIncidentView({ incidents, investigations, contextKeys, clock, anomalies }: IncidentViewOptions): IncidentView {
  const owner = new Owner();
  const { own } = owner;
  const tree = own(new IncidentTree(incidents, investigations, clock, anomalies?.hint));
  const view = own(vscode.window.createTreeView<TreeNode>(incidentsViewId, { treeDataProvider: tree }));
  const look = async () => {
    const state = await vscode.window.withProgress({ location: { viewId: incidentsViewId } }, () => incidents.refresh());
    return state.kind !== 'failed';
  };
  const polling = own(
    createPolling({
      intervalMs: pollingIntervalMs,
      isActive: () => vscode.window.state.focused && incidents.state.kind !== 'unconfigured',
      work: look,
    }),
  );
  const lookIfVisible = () => (view.visible ? look() : Promise.resolve(true));
  own(view.onDidChangeVisibility(() => void lookIfVisible()));
  own(
    incidents.onDidChange((state) => {
      showState(view, contextKeys, state);
      tree.redraw();
    }),
  );
  own(investigations.onDidChange(redrawOnStatus(() => tree.redraw())));
  if (anomalies) own(anomalies.onDidChange(redrawOnHint(anomalies.hint, () => tree.redraw())));
  polling.restart();
  return {
    isVisible: () => view.visible,
    onDidChangeVisibility: view.onDidChangeVisibility,
    async refresh() {
      await look();
    },
    async restart() {
      await incidents.reset();
      polling.restart();
      await lookIfVisible();
    },
    dispose: () => owner.dispose(),
  };
}

/** A survey tells many times how far it is; rows show what it found. */
function redrawOnHint(hint: () => AnomalyHint, redraw: () => void) {
  let shown = JSON.stringify(hint());
  return () => {
    const next = JSON.stringify(hint());
    if (next === shown) return;
    shown = next;
    redraw();
  };
}

/** Rows show a run's stage, not its every finding. */
function redrawOnStatus(redraw: () => void) {
  let shown = '';
  return ({ snapshot }: { snapshot: { runId: string; status: string; stages: readonly { status: string }[] } }) => {
    const next = [snapshot.runId, snapshot.status, ...snapshot.stages.map(({ status }) => status)].join();
    if (next === shown) return;
    shown = next;
    redraw();
  };
}

/** An address that cannot be used turns polling off; the look itself then says why. */
function pollingIntervalMs(): number {
  try {
    return readSettings().refreshMinutes * 60_000;
  } catch {
    return 0;
  }
}

function showState(view: vscode.TreeView<TreeNode>, contextKeys: ContextKeys, state: IncidentsState): void {
  const count = state.items.length;
  contextKeys.set('aidog.incidents', welcomeState(state));
  contextKeys.set('aidog.problem', state.problem?.kind ?? 'none');
  view.badge = count === 0 ? undefined : { value: count, tooltip: vscode.l10n.t('Open incidents: {0}', count) };
  // An empty tree explains itself with a welcome text, which a message would hide.
  view.message = state.problem && count > 0 ? messageFor(state.problem.error) : undefined;
}

/** Rows take a moment to appear; what is said meanwhile must not be that there are none. */
function welcomeState({ kind, items }: IncidentsState) {
  if (kind === 'unknown') return 'loading';
  return kind === 'ready' && items.length > 0 ? 'listed' : kind;
}
