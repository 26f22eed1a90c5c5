import * as vscode from 'vscode';
import type { Clock } from '../../domain/ports';
import { readHotPathSettings } from '../settings';
import { type HotPaths, isHopeless } from './hotPaths';
import { isKnownFileVisible } from './workspaceFiles';

/** Whoever opens a file should see it before anything else happens. */
const restMs = 1500;
const longestBackoff = 16;

export interface HotPathSchedule extends vscode.Disposable {
  /** Begins anew, as after a change of keys. */
  restart(): void;
}

/**
 * Looks for hot paths at an interval while somebody looks: the window has the focus and shows a file of the workspace. There is one
 * timer at most, and none while nobody looks, no keys are stored, or the interval is 0.
 */
export function createHotPathSchedule(hotPaths: HotPaths, clock: Clock): HotPathSchedule {
  let timer: NodeJS.Timeout | null = null;
  let dueMs = 0;
  let backoff = 1;
  let isStopped = false;
  let isOver = false;
  const isWatched = () =>
    !isOver && !isStopped && vscode.workspace.isTrusted && vscode.window.state.focused && intervalMs() > 0 && isKnownFileVisible();
  const arm = () => {
    if (timer) clearTimeout(timer);
    timer = isWatched() ? setTimeout(() => void turn(), Math.max(restMs, dueMs - clock.nowMs())) : null;
  };
  const turn = async () => {
    timer = null;
    if (!isWatched()) return;
    const state = await hotPaths.refresh();
    isStopped = state.kind === 'unconfigured' || isHopeless(state);
    backoff = state.kind === 'failed' ? Math.min(backoff * 2, longestBackoff) : 1;
    dueMs = clock.nowMs() + intervalMs() * backoff;
    arm();
  };
  /** A look that is under way arms the timer when it ends. */
  const wake = () => {
    if (hotPaths.state.kind !== 'loading') arm();
  };
  const restart = () => {
    dueMs = 0;
    backoff = 1;
    isStopped = false;
    wake();
  };
  const subscriptions = vscode.Disposable.from(
    vscode.window.onDidChangeWindowState(wake),
    vscode.window.onDidChangeVisibleTextEditors(wake),
    vscode.workspace.onDidChangeConfiguration((event) => event.affectsConfiguration('aidog.hotPaths') && restart()),
  );
  arm();
  return {
    restart,
    dispose() {
      isOver = true;
      if (timer) clearTimeout(timer);
      subscriptions.dispose();
    },
  };
}

const intervalMs = () => readHotPathSettings().refreshMinutes * 60_000;
