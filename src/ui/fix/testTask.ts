import { join } from 'node:path';
import * as vscode from 'vscode';
import type { TestCommand } from '../../domain/fix';

/**
 * Runs a command line in a terminal that the person sees, in a folder of the worktree, and resolves with its exit code; null
 * when it was stopped before it had one.
 */
export async function runTestTask(worktree: string, { command, directory }: TestCommand): Promise<number | null> {
  const execution = new vscode.ShellExecution(command, { cwd: join(worktree, directory) });
  const scope = vscode.workspace.workspaceFolders?.[0] ?? vscode.TaskScope.Global;
  const task = new vscode.Task({ type: 'shell', task: worktree }, scope, vscode.l10n.t('Tests of the drafted fix'), 'AIDog', execution, []);
  task.presentationOptions = {
    reveal: vscode.TaskRevealKind.Always,
    panel: vscode.TaskPanelKind.Dedicated,
    clear: true,
    showReuseMessage: false,
  };
  const ended = new Map<vscode.TaskExecution, number | null>();
  const subscriptions: vscode.Disposable[] = [];
  try {
    return await new Promise<number | null>((resolve, reject) => {
      let started: vscode.TaskExecution | null = null;
      // A short run can end before its start was told.
      const settle = () => {
        const exitCode = started === null ? undefined : ended.get(started);
        if (exitCode !== undefined) resolve(exitCode);
      };
      const note = (run: vscode.TaskExecution, exitCode: number | null) => {
        if (!ended.has(run)) ended.set(run, exitCode);
        settle();
      };
      subscriptions.push(
        vscode.tasks.onDidEndTaskProcess((event) => note(event.execution, event.exitCode ?? null)),
        vscode.tasks.onDidEndTask((event) => note(event.execution, null)),
      );
      vscode.tasks.executeTask(task).then((run) => {
        started = run;
        settle();
      }, reject);
    });
  } finally {
    vscode.Disposable.from(...subscriptions).dispose();
  }
}
