import { basename } from 'node:path';
import * as vscode from 'vscode';
import type { EngineClient } from '../engineClient';
import type { Report } from '../report';
import { commitName } from './stackWords';

export interface FetchOptions {
  readonly engine: Pick<EngineClient, 'request'>;
  readonly report: Report;
}

const timeoutMs = 300_000;

/** Asks whether to fetch a commit, then fetches it. True when a repository has it in the end. */
export async function fetchCommit(commit: string, repositories: readonly string[], { engine, report }: FetchOptions): Promise<boolean> {
  const yes = vscode.l10n.t('Fetch');
  const names = repositories.map((root) => basename(root)).join(', ');
  const question = vscode.l10n.t('Fetch the commit {0} from the remotes of {1}?', commitName(commit), names);
  const detail = vscode.l10n.t('Only this commit is fetched. No branch, tag or file changes.');
  if ((await vscode.window.showInformationMessage(question, { modal: true, detail }, yes)) !== yes) return false;
  const title = vscode.l10n.t('Fetching {0}', commitName(commit));
  const options = { location: vscode.ProgressLocation.Notification, title, cancellable: true };
  const { repositories: having } = await vscode.window.withProgress(options, (_, token) => {
    const controller = new AbortController();
    token.onCancellationRequested(() => controller.abort());
    return engine.request('fetchCommit', { commit, repositories: [...repositories] }, { signal: controller.signal, timeoutMs });
  });
  if (having.length === 0)
    report.refuse(
      vscode.l10n.t('None of the open repositories has a remote to fetch {0} from. Add one with "git remote add".', commitName(commit)),
    );
  return having.length > 0;
}
