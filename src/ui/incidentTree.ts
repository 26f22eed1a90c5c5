import * as vscode from 'vscode';
import type { MonitorState } from '../domain/monitor';
import { oneLine } from '../domain/plainText';
import type { Clock } from '../domain/ports';
import type { OpenIncident } from '../protocol/engineApi';
import { commandIds } from './commands';
import type { Incidents } from './incidents';
import type { Investigations, Run } from './investigations';
import { forTitle } from './plainText';
import { ageWords, monitorStateWords, runWords } from './words';

/** A row of the tree. Menus hand it to commands. */
export type TreeNode =
  | { readonly kind: 'group'; readonly id: string; readonly label: string; readonly children: readonly TreeNode[] }
  | { readonly kind: 'incident'; readonly incident: OpenIncident }
  | { readonly kind: 'run'; readonly run: Run }
  | { readonly kind: 'anomalies'; readonly count: number; readonly services: readonly string[] };

/** What a survey found that goes on now. */
export interface AnomalyHint {
  readonly count: number;
  readonly services: readonly string[];
}

/** Worst first. */
const shownStates: readonly MonitorState[] = ['Alert', 'Warn', 'No Data', 'Unknown', 'Ignored', 'Skipped', 'OK'];

/** Icon and theme colour of each state. */
const stateIcons: Record<MonitorState, readonly [icon: string, colour: string]> = {
  Alert: ['error', 'list.errorForeground'],
  Warn: ['warning', 'list.warningForeground'],
  'No Data': ['question', 'descriptionForeground'],
  OK: ['pass', 'descriptionForeground'],
  Ignored: ['circle-slash', 'descriptionForeground'],
  Skipped: ['circle-slash', 'descriptionForeground'],
  Unknown: ['question', 'descriptionForeground'],
};

const runIcons: Record<Run['snapshot']['status'], string> = {
  running: 'loading~spin',
  done: 'pass',
  failed: 'error',
  cancelled: 'circle-slash',
};

/** Open incidents by state, then the investigations of this session. */
export class IncidentTree implements vscode.TreeDataProvider<TreeNode>, vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<void>();
  readonly onDidChangeTreeData = this.#changed.event;

  constructor(
    private readonly incidents: Incidents,
    private readonly investigations: Investigations,
    private readonly clock: Clock,
    private readonly hint: () => AnomalyHint = () => ({ count: 0, services: [] }),
  ) {}

  redraw(): void {
    this.#changed.fire();
  }

  getChildren(node?: TreeNode): TreeNode[] {
    if (node) return node.kind === 'group' ? [...node.children] : [];
    return [...this.#anomalies(), ...this.#incidentGroups(), ...this.#runGroup()];
  }

  getTreeItem(node: TreeNode): vscode.TreeItem {
    if (node.kind === 'group') return groupItem(node.id, node.label, node.children.length);
    if (node.kind === 'anomalies') return anomaliesItem(node);
    return node.kind === 'incident' ? this.#incidentItem(node) : runItem(node.run);
  }

  dispose(): void {
    this.#changed.dispose();
  }

  #anomalies(): TreeNode[] {
    const { count, services } = this.hint();
    return count === 0 ? [] : [{ kind: 'anomalies', count, services }];
  }

  #incidentGroups(): TreeNode[] {
    return shownStates.flatMap((state): TreeNode[] => {
      const inState = this.incidents.state.items.filter(({ monitor }) => monitor.state === state);
      const children = inState.map((incident) => ({ kind: 'incident' as const, incident }));
      return children.length === 0 ? [] : [{ kind: 'group', id: state, label: monitorStateWords(state), children }];
    });
  }

  #runGroup(): TreeNode[] {
    const children = this.investigations.runs.map((run) => ({ kind: 'run' as const, run }));
    return children.length === 0 ? [] : [{ kind: 'group', id: 'runs', label: vscode.l10n.t('Investigations'), children }];
  }

  #incidentItem(node: Extract<TreeNode, { kind: 'incident' }>): vscode.TreeItem {
    const { key, title, service, monitor, link } = node.incident;
    const item = new vscode.TreeItem(oneLine(title));
    const age = monitor.triggeredAtMs === null ? null : ageWords(monitor.triggeredAtMs, this.clock.nowMs());
    const [icon, colour] = stateIcons[monitor.state];
    item.id = `incident:${key}`;
    item.description = [service && forTitle(service, 40), age].filter(Boolean).join(' · ');
    item.tooltip = [oneLine(title), monitorStateWords(monitor.state), service, age, oneLine(monitor.query, 300)].filter(Boolean).join('\n');
    item.iconPath = new vscode.ThemeIcon(icon, new vscode.ThemeColor(colour));
    item.contextValue = link ? 'incident.linked' : 'incident';
    item.accessibilityInformation = {
      label: [monitorStateWords(monitor.state), oneLine(title), item.description].filter(Boolean).join(', '),
    };
    item.command = this.#commandFor(node);
    return item;
  }

  /** A click, or Enter, shows the investigation of an alert; it begins one only where there is none yet. */
  #commandFor(node: Extract<TreeNode, { kind: 'incident' }>): vscode.Command {
    const known = this.investigations.runs.find(({ target }) => target.kind === 'monitor' && target.id === node.incident.monitor.id);
    return known
      ? { command: commandIds.showInvestigation, title: vscode.l10n.t('Show Investigation'), arguments: [known.snapshot.runId] }
      : { command: commandIds.investigateIncident, title: vscode.l10n.t('Investigate'), arguments: [node] };
  }
}

function groupItem(id: string, label: string, count: number): vscode.TreeItem {
  const item = new vscode.TreeItem(label, vscode.TreeItemCollapsibleState.Expanded);
  item.id = `group:${id}`;
  item.description = String(count);
  item.contextValue = 'group';
  return item;
}

function anomaliesItem({ count, services }: AnomalyHint): vscode.TreeItem {
  const item = new vscode.TreeItem(count === 1 ? vscode.l10n.t('1 anomaly') : vscode.l10n.t('{0} anomalies', count));
  const names = services.map((service) => forTitle(service, 40)).join(', ');
  item.id = 'anomalies';
  item.description = forTitle(names, 80);
  item.tooltip = vscode.l10n.t('Metrics of {0} are not as usual. Open Home to see them.', names);
  item.iconPath = new vscode.ThemeIcon('pulse', new vscode.ThemeColor('list.warningForeground'));
  item.contextValue = 'anomalies';
  item.accessibilityInformation = { label: `${item.label}, ${item.description}` };
  item.command = { command: commandIds.openHome, title: vscode.l10n.t('Open Home') };
  return item;
}

function runItem(run: Run): vscode.TreeItem {
  const { snapshot, link } = run;
  const item = new vscode.TreeItem(oneLine(run.subject));
  item.id = `run:${snapshot.runId}`;
  item.description = runWords(snapshot);
  item.tooltip = [oneLine(run.subject), runWords(snapshot), snapshot.found.hypotheses?.[0]?.title, snapshot.problem]
    .filter(Boolean)
    .join('\n');
  item.iconPath = new vscode.ThemeIcon(runIcons[snapshot.status]);
  item.contextValue = `run.${snapshot.status}${link ? '.linked' : ''}`;
  item.accessibilityInformation = { label: `${oneLine(run.subject)}, ${runWords(snapshot)}` };
  item.command = { command: commandIds.showInvestigation, title: vscode.l10n.t('Show Investigation'), arguments: [snapshot.runId] };
  return item;
}
