import * as vscode from 'vscode';
import type { SetupCheck, SetupStatus } from '../../domain/setupCheck';
import type { EngineClient } from '../engineClient';
import { forLabel } from '../plainText';
import type { Report } from '../report';
import { workspaceRoots } from '../roots';
import { readSettings } from '../settings';
import { createFixes, type FixOptions } from './setupFixes';
import { workspaceChecks } from './workspaceChecks';

export interface DoctorOptions extends FixOptions {
  readonly engine: EngineClient;
  readonly report: Report;
}

const timeoutMs = 120_000;

interface Row extends vscode.QuickPickItem {
  readonly check?: SetupCheck;
}

const icons: Record<SetupStatus, readonly [icon: string, colour: string]> = {
  problem: ['error', 'list.errorForeground'],
  warning: ['warning', 'list.warningForeground'],
  unknown: ['question', 'descriptionForeground'],
  ok: ['pass', 'testing.iconPassed'],
};

/** Shows what keeps AIDog from naming places, the worst first, and carries out the fix that is chosen. */
export async function runDoctor(options: DoctorOptions): Promise<void> {
  const pick = vscode.window.createQuickPick<Row>();
  const copy = { iconPath: new vscode.ThemeIcon('copy'), tooltip: vscode.l10n.t('Copy as Text') };
  const again = { iconPath: new vscode.ThemeIcon('refresh'), tooltip: vscode.l10n.t('Check Again') };
  const fixes = createFixes(options);
  const stop = new AbortController();
  let checks: readonly SetupCheck[] = [];
  let round = 0;
  const check = async () => {
    round += 1;
    const mine = round;
    pick.busy = true;
    pick.placeholder = vscode.l10n.t('Checking keys, telemetry and repositories…');
    const found = [...workspaceChecks(), ...(await askEngine(options, stop.signal))];
    if (mine !== round || stop.signal.aborted) return;
    checks = found;
    pick.busy = false;
    pick.placeholder = summary(found);
    pick.items = found.toSorted(worstFirst).map(row);
  };
  pick.title = vscode.l10n.t('Why Is Nothing Here?');
  pick.buttons = [copy, again];
  pick.matchOnDetail = true;
  pick.ignoreFocusOut = true;
  pick.items = workspaceChecks().toSorted(worstFirst).map(row);
  const subscriptions = [
    pick.onDidTriggerButton((button) => {
      if (button === again) void check();
      else void vscode.env.clipboard.writeText(textOf(checks)).then(undefined, options.report.problem);
    }),
  ];
  const chosen = untilChosen(pick);
  pick.show();
  void check();
  const fix = (await chosen)?.fix ?? null;
  stop.abort();
  vscode.Disposable.from(...subscriptions, pick).dispose();
  if (fix !== null) await fixes.carryOut(fix);
}

/** What the engine finds; when it cannot even be asked, that is the finding. */
async function askEngine({ engine, report }: DoctorOptions, signal: AbortSignal): Promise<readonly SetupCheck[]> {
  try {
    return await engine.request('diagnoseSetup', { repositories: workspaceRoots(), env: readSettings().env }, { signal, timeoutMs });
  } catch (error) {
    report.problem(error);
    return [];
  }
}

/** Settles when a row with a fix is accepted, or the list is closed; a row without one keeps it open. */
function untilChosen(pick: vscode.QuickPick<Row>): Promise<SetupCheck | null> {
  return new Promise((resolve) => {
    pick.onDidHide(() => resolve(null));
    pick.onDidAccept(() => {
      const check = pick.selectedItems[0]?.check;
      if (!check?.fix) return;
      resolve(check);
      pick.hide();
    });
  });
}

const order: readonly SetupStatus[] = ['problem', 'warning', 'unknown', 'ok'];
const worstFirst = (left: SetupCheck, right: SetupCheck) => order.indexOf(left.status) - order.indexOf(right.status);

export function statusWords(status: SetupStatus): string {
  const words: Record<SetupStatus, string> = {
    ok: vscode.l10n.t('fine'),
    warning: vscode.l10n.t('limits what can be found'),
    problem: vscode.l10n.t('must be mended'),
    unknown: vscode.l10n.t('not known'),
  };
  return words[status];
}

function row(check: SetupCheck): Row {
  const { title, status, detail, fix } = check;
  const [icon, colour] = icons[status];
  return {
    check,
    label: forLabel(title),
    iconPath: new vscode.ThemeIcon(icon, new vscode.ThemeColor(colour)),
    description: [statusWords(status), fix && `→ ${forLabel(fix.title, 60)}`].filter(Boolean).join('  '),
    detail: forLabel(detail, 400),
  };
}

function summary(checks: readonly SetupCheck[]): string {
  const bad = checks.filter(({ status }) => status === 'problem' || status === 'warning').length;
  return bad === 0 ? vscode.l10n.t('Nothing stands in the way.') : vscode.l10n.t('To look into: {0}. Choose one to mend it.', bad);
}

const textOf = (checks: readonly SetupCheck[]) =>
  checks.map(({ title, status, detail }) => `${status.toUpperCase()}  ${title}: ${detail}`).join('\n');
