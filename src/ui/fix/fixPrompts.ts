import * as vscode from 'vscode';
import type { ConflictChoice, FixConflict, FixDraft, FixRemote, TestCommand } from '../../domain/fix';
import { formatPercent, formatSha } from '../../domain/format';
import { testVerdict } from '../../fix/steps';
import { forLabel, forNotification, forTitle } from '../plainText';
import type { FixChoice } from './fixReason';

/** Questions that are asked before something is written. Each returns undefined when it was left. */

export async function askHow(choices: readonly FixChoice[]): Promise<FixChoice | undefined> {
  const items = choices.map((choice) => ({
    label: vscode.l10n.t('Revert {0}', formatSha(choice.commit)),
    description: forLabel(choice.title),
    detail: choice.hypothesis
      ? forLabel(vscode.l10n.t('{0} confidence: {1}', formatPercent(choice.score), choice.hypothesis.title))
      : vscode.l10n.t('Suspected with a score of {0}', formatPercent(choice.score)),
    choice,
  }));
  const placeHolder = vscode.l10n.t('How shall it be fixed? It happens in a worktree of its own; your files are not touched.');
  return (await vscode.window.showQuickPick(items, { title: vscode.l10n.t('Draft a Fix'), placeHolder, matchOnDescription: true }))?.choice;
}

/** Whether another fix shall be drafted though one that reverts the same commit is there; `show` leads to that one. */
export async function askAnother({ branch }: FixDraft): Promise<'show' | 'another' | undefined> {
  const show = vscode.l10n.t('Show It');
  const another = vscode.l10n.t('Draft Another');
  const sentence = forNotification(vscode.l10n.t('This revert is drafted already, on {0}.', branch));
  const choice = await vscode.window.showInformationMessage(sentence, { modal: true }, show, another);
  return choice === show ? 'show' : choice === another ? 'another' : undefined;
}

/** Which version of each file shall stay that cannot be merged line by line. */
export async function askVersions(conflicts: readonly FixConflict[]): Promise<ConflictChoice[] | undefined> {
  const choices: ConflictChoice[] = [];
  for (const { path } of conflicts) {
    const items = [
      { label: vscode.l10n.t('Keep the file as it was before the fix'), side: 'before' as const },
      { label: vscode.l10n.t('Take the file as the fix wants it'), side: 'fix' as const },
    ];
    const chosen = await vscode.window.showQuickPick(items, { title: forTitle(path, 100), ignoreFocusOut: true });
    if (!chosen) return undefined;
    choices.push({ path, side: chosen.side });
  }
  return choices;
}

export async function askTestCommand(suggested: TestCommand): Promise<TestCommand | undefined> {
  const command = await vscode.window.showInputBox({
    title: vscode.l10n.t('Test the Fix'),
    prompt: vscode.l10n.t('Command that tests the project; it runs in a terminal, in the worktree of the fix'),
    placeHolder: 'npm test',
    value: suggested.command,
    ignoreFocusOut: true,
    validateInput: (value) => (value.trim() === '' ? vscode.l10n.t('Enter a command.') : null),
  });
  return command === undefined ? undefined : { command: command.trim(), directory: suggested.directory };
}

/** Asks only when the tests did not pass on exactly this change. */
export async function askWithoutTests(fix: FixDraft): Promise<boolean> {
  const verdict = testVerdict(fix);
  if (verdict === 'passed') return true;
  const sentences: Record<typeof verdict, string> = {
    failed: vscode.l10n.t('The tests failed on this change.'),
    outdated: vscode.l10n.t('Files were changed since the tests ran.'),
    unfinished: vscode.l10n.t('The tests were stopped before they ended.'),
    'not run': vscode.l10n.t('The tests were not run on this change.'),
  };
  const commit = vscode.l10n.t('Commit Anyway');
  return (await vscode.window.showWarningMessage(sentences[verdict], { modal: true }, commit)) === commit;
}

/** The first line is edited; what follows stays. */
export async function askMessage(message: string): Promise<string | undefined> {
  const end = message.indexOf('\n');
  const [first, rest] = end === -1 ? [message, ''] : [message.slice(0, end), message.slice(end)];
  const line = await vscode.window.showInputBox({
    title: vscode.l10n.t('Commit the Fix'),
    prompt: vscode.l10n.t('First line of the commit message'),
    value: first,
    ignoreFocusOut: true,
    validateInput: (value) => (value.trim() === '' ? vscode.l10n.t('A commit needs a message.') : null),
  });
  return line === undefined ? undefined : `${line.trim()}${rest}`;
}

/** Also asks when there is only one: nothing leaves this machine without a word. */
export async function askRemote(remotes: readonly FixRemote[], branch: string): Promise<FixRemote | undefined> {
  const items = remotes.map((remote) => ({ label: forLabel(remote.name), description: forLabel(remote.url), remote }));
  const options = { title: vscode.l10n.t('Push {0}', branch), placeHolder: vscode.l10n.t('Choose the remote to push this branch to') };
  return (await vscode.window.showQuickPick(items, options))?.remote;
}

/** The repository that shall take the change, confirmed. */
export async function askTarget(targets: readonly FixRemote[], fix: FixDraft, title: string): Promise<FixRemote | undefined> {
  const named = targets.flatMap((remote) => (remote.github ? [{ remote, github: remote.github }] : []));
  const items = named.map(({ remote, github }) => ({
    label: `${github.owner}/${github.name}`,
    description: github.host,
    detail: forLabel(vscode.l10n.t('Draft pull request "{0}" from {1}', title, fix.branch)),
    remote,
  }));
  const placeHolder = vscode.l10n.t('Choose the repository in which the draft pull request is opened');
  return (await vscode.window.showQuickPick(items, { title: vscode.l10n.t('Open Draft Pull Request'), placeHolder }))?.remote;
}

export async function askDiscard(fix: FixDraft): Promise<boolean> {
  const { branch, worktree, contents, push } = fix;
  const detail = [
    vscode.l10n.t('Removes the worktree {0} and the branch {1}, and nothing else.', worktree, branch),
    contents?.isDirty || contents?.untracked.length ? vscode.l10n.t('Changes in it that are not committed are lost.') : '',
    push === null ? '' : vscode.l10n.t('The branch on {0}, and a pull request, stay.', push.remote.name),
  ];
  const discard = vscode.l10n.t('Discard');
  const options = { modal: true, detail: detail.filter((line) => line !== '').join('\n') };
  return (await vscode.window.showWarningMessage(vscode.l10n.t('Discard the drafted fix?'), options, discard)) === discard;
}
