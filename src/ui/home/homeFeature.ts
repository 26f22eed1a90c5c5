import * as vscode from 'vscode';
import { Owner } from '../../domain/disposal';
import type { Log } from '../../domain/ports';
import type { Incidents } from '../incidents';
import { createPolling } from '../polling';
import { readHomeRefreshMinutes } from '../settings';
import { createHomeHandlers, type HomeHandlerOptions } from './homeHandlers';
import { HomePanel, homeViewType } from './homePanel';
import { homeSnapshot } from './homeSnapshot';
import type { Surveys } from './surveys';

/** Something on the screen that shows what surveys found. */
export interface SurveyViewer {
  isVisible(): boolean;
  readonly onDidChangeVisibility: vscode.Event<unknown>;
}

export interface HomeFeatureOptions extends Omit<HomeHandlerOptions, 'incidents' | 'surveys'> {
  readonly extensionUri: vscode.Uri;
  readonly log: Log;
  readonly incidents: Incidents;
  readonly surveys: Surveys;
  /** The tree, which says how many anomalies there are. */
  readonly tree: SurveyViewer;
}

export interface HomeFeature extends vscode.Disposable {
  /** Shows Home, and looks at the services unless that was done a minute ago. */
  open(): void;
  /** Follows a change of account: forgets what was found and looks anew. */
  restart(): void;
  /** Follows a change of the interval. */
  reschedule(): void;
}

/** A survey that somebody asks for by opening Home is not repeated for so long. */
const freshMs = 60_000;

/**
 * Home and what keeps it up to date. Surveys are made while Home or the tree is seen and the window has the focus, at the interval
 * of the settings; without an interval only when a person asks.
 */
export function createHomeFeature(options: HomeFeatureOptions): HomeFeature {
  const { incidents, surveys, tree } = options;
  const owner = new Owner();
  const { own } = owner;
  const intervalMs = () => readHomeRefreshMinutes() * 60_000;
  const snapshot = () => homeSnapshot(incidents.state, surveys.state);
  const panel = own(new HomePanel({ ...options, snapshot, handlers: createHomeHandlers(options) }));
  const isSeen = () => panel.isVisible || tree.isVisible();
  const look = async () => {
    // The tree looks for incidents by itself, at an interval of its own.
    if (panel.isVisible) void incidents.refresh();
    return (await surveys.refresh()).kind === 'ready';
  };
  const polling = own(createPolling({ intervalMs, isActive: () => vscode.window.state.focused && isSeen(), work: look }));
  const lookIfDue = () => {
    const wait = intervalMs();
    if (wait > 0 && isSeen() && surveys.ageMs >= wait) void look();
    else if (panel.isVisible && incidents.state.kind === 'unknown') void incidents.refresh();
  };
  own(panel.onDidChangeVisibility(lookIfDue));
  own(tree.onDidChangeVisibility(lookIfDue));
  own(surveys.onDidChange(() => panel.update()));
  own(
    incidents.onDidChange(({ kind }) => {
      panel.update();
      if (kind === 'unknown' && panel.isVisible) void incidents.refresh();
    }),
  );
  own(
    vscode.window.registerWebviewPanelSerializer(homeViewType, {
      async deserializeWebviewPanel(webviewPanel) {
        panel.adopt(webviewPanel);
      },
    }),
  );
  const reschedule = () => {
    polling.restart();
    lookIfDue();
  };
  polling.restart();
  return {
    reschedule,
    open() {
      panel.show();
      if (surveys.ageMs >= freshMs) void look();
    },
    restart() {
      surveys.reset();
      reschedule();
    },
    dispose: () => owner.dispose(),
  };
}
