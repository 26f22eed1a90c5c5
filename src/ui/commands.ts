import * as vscode from 'vscode';
import type { Report } from './report';

/** Every command that AIDog registers; package.json declares the same. */
export const commandIds = {
  investigateIncident: 'aidog.investigateIncident',
  investigateMonitor: 'aidog.investigateMonitor',
  tryDemo: 'aidog.tryDemo',
  openOffendingFile: 'aidog.openOffendingFile',
  showInvestigation: 'aidog.showInvestigation',
  showEvidence: 'aidog.showEvidence',
  cancel: 'aidog.cancel',
  runAgain: 'aidog.runAgain',
  copyReport: 'aidog.copyReport',
  openHome: 'aidog.openHome',
  refresh: 'aidog.refresh',
  refreshHotPaths: 'aidog.refreshHotPaths',
  openInDatadog: 'aidog.openInDatadog',
  configureDatadog: 'aidog.configureDatadog',
  showLog: 'aidog.showLog',
  doctor: 'aidog.doctor',
  resolveStack: 'aidog.resolveStack',
  resolveTerminalStack: 'aidog.resolveTerminalStack',
  openStackFrame: 'aidog.openStackFrame',
  showDeployed: 'aidog.showDeployed',
  fetchDeployedCommit: 'aidog.fetchDeployedCommit',
  chooseFrameFile: 'aidog.chooseFrameFile',
  setStackCommit: 'aidog.setStackCommit',
  clearStack: 'aidog.clearStack',
  draftFix: 'aidog.draftFix',
  setGitHubToken: 'aidog.setGitHubToken',
  showFixChanges: 'aidog.showFixChanges',
  openFixFile: 'aidog.openFixFile',
  showFixOutput: 'aidog.showFixOutput',
  continueFix: 'aidog.continueFix',
  runFixTests: 'aidog.runFixTests',
  commitFix: 'aidog.commitFix',
  pushFix: 'aidog.pushFix',
  openFixPullRequest: 'aidog.openFixPullRequest',
  refreshFix: 'aidog.refreshFix',
  discardFix: 'aidog.discardFix',
  chooseModel: 'aidog.chooseModel',
  pullModel: 'aidog.pullModel',
  setModelKey: 'aidog.setModelKey',
  showLastPrompt: 'aidog.showLastPrompt',
  previewPrompt: 'aidog.previewPrompt',
  judgeCause: 'aidog.judgeCause',
  forgetLearned: 'aidog.forgetLearned',
  keepRunbook: 'aidog.keepRunbook',
  showRunbooks: 'aidog.showRunbooks',
} as const;

export type CommandName = keyof typeof commandIds;

/** What a command does. The argument comes from menus, lenses or other extensions and is checked by the handler. */
export type CommandHandlers = { readonly [K in CommandName]: (argument: unknown) => Promise<void> | void };

/** Registers all commands; whatever a handler throws ends in the report. */
export function registerCommands(handlers: CommandHandlers, report: Report): vscode.Disposable {
  const names = Object.keys(commandIds) as CommandName[];
  return vscode.Disposable.from(
    ...names.map((name) =>
      vscode.commands.registerCommand(commandIds[name], async (argument: unknown) => {
        try {
          await handlers[name](argument);
        } catch (error) {
          report.problem(error);
        }
      }),
    ),
  );
}
