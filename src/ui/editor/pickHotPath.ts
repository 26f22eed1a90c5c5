import * as vscode from 'vscode';
import { messageFor } from '../../domain/errors';
import { oneLine } from '../../domain/plainText';
import type { Clock } from '../../domain/ports';
import { forLabel } from '../plainText';
import { settingDefaults } from '../settings';
import { ageWords } from '../words';
import { loadOfPath } from './functionLoad';
import type { HotPaths, KnownPath } from './hotPaths';
import { lensText } from './lensText';

type Row = vscode.QuickPickItem & { readonly known?: KnownPath };

const mostRows = 100;

/** Lets a person choose a hot path; opens at once with what is known and looks anew meanwhile. null: none was chosen. */
export function pickHotPath(hotPaths: HotPaths, clock: Clock): Promise<KnownPath | null> {
  const pick = vscode.window.createQuickPick<Row>();
  const refresh = { iconPath: new vscode.ThemeIcon('refresh'), tooltip: vscode.l10n.t('Refresh') };
  pick.title = vscode.l10n.t('Hot Paths');
  pick.matchOnDescription = true;
  pick.matchOnDetail = true;
  pick.buttons = [refresh];
  const draw = () => {
    pick.busy = hotPaths.state.kind === 'loading';
    pick.placeholder = placeholder(hotPaths, clock.nowMs());
    pick.items = rowsOf(hotPaths.paths, clock.nowMs());
  };
  const subscriptions = [hotPaths.onDidChange(draw), pick.onDidTriggerButton(() => void hotPaths.refresh())];
  draw();
  pick.show();
  void hotPaths.refresh();
  return chosen(pick).finally(() => vscode.Disposable.from(...subscriptions, pick).dispose());
}

/** Settles when a row is accepted or the list is closed. */
function chosen(pick: vscode.QuickPick<Row>): Promise<KnownPath | null> {
  return new Promise((resolve) => {
    pick.onDidHide(() => resolve(null));
    pick.onDidAccept(() => {
      resolve(pick.selectedItems[0]?.known ?? null);
      pick.hide();
    });
  });
}

function placeholder(hotPaths: HotPaths, nowMs: number): string {
  const { kind, report, error } = hotPaths.state;
  if (kind === 'failed') return oneLine(messageFor(error));
  if (kind === 'unconfigured') return vscode.l10n.t('No Datadog keys are stored yet. Run "AIDog: Configure Datadog".');
  if (report === null) return vscode.l10n.t('Looking at the traffic of the services…');
  if (report.paths.length === 0) {
    return vscode.l10n.t('No span names a line of code. Tracers do with Code Origin (DD_CODE_ORIGIN_FOR_SPANS_ENABLED).');
  }
  if (!report.paths.some(({ workspace }) => workspace)) {
    return vscode.l10n.t('None of {0} places lies in one of the open folders', report.paths.length);
  }
  return vscode.l10n.t('As of {0}; choose one to go there', ageWords(report.takenAtMs, nowMs));
}

/** Those that lie in the open folders, hottest first, with errors ahead of the quiet. */
function rowsOf(paths: readonly KnownPath[], nowMs: number): Row[] {
  return paths
    .filter(({ path }) => path.workspace !== null)
    .slice(0, mostRows)
    .map((known) => row(known, nowMs));
}

function row(known: KnownPath, nowMs: number): Row {
  const { path } = known;
  const name = path.kind === 'failure' ? (path.failure?.text ?? '') : (path.resource ?? path.location.function ?? '');
  const place = `${path.workspace?.path}:${path.workspace?.line}`;
  return {
    known,
    label: `$(${path.kind === 'failure' ? 'error' : 'flame'}) ${forLabel(name || place, 80)}`,
    description: [forLabel(path.service, 60), lensText(loadOfPath(known), rowTemplate, nowMs)].join(' · '),
    detail: forLabel(place),
  };
}

const rowTemplate = `${settingDefaults['aidog.codeLens.template']} · {requests}`;
