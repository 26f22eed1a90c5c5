import * as vscode from 'vscode';
import type { Log } from '../domain/ports';
import { columnBesidePanel } from './columns';
import type { Report } from './report';

export const commitScheme = 'aidog-commit';

/** Finds a commit in the first repository that has it, as `git show` prints it; null when none has it. */
export type ReadCommit = (sha: string, repositories: readonly string[]) => Promise<string | null>;

export const isSha = (text: string) => /^[0-9a-f]{7,64}$/iu.test(text);

export interface CommitViewer extends vscode.Disposable {
  /** Opens the commit's message and diff as a read-only document. */
  open(sha: string, repositories: readonly string[]): Promise<void>;
}

/** Commits as read-only documents in the language `diff`. */
export function createCommitViewer(readCommit: ReadCommit, report: Report): CommitViewer {
  const texts = new Map<string, string>();
  const provider = vscode.workspace.registerTextDocumentContentProvider(commitScheme, {
    provideTextDocumentContent: ({ path }) => texts.get(path) ?? null,
  });
  return {
    async open(sha, repositories) {
      const text = isSha(sha) ? await readCommit(sha, repositories) : null;
      if (text === null)
        return report.refuse(vscode.l10n.t('The commit {0} is in none of the open repositories. Fetch it, then try again.', sha));
      const path = `/${sha.slice(0, 10)}.diff`;
      texts.set(path, text);
      const document = await vscode.workspace.openTextDocument(vscode.Uri.from({ scheme: commitScheme, path }));
      await vscode.languages.setTextDocumentLanguage(document, 'diff');
      await vscode.window.showTextDocument(document, { preview: true, viewColumn: columnBesidePanel() });
    },
    dispose: () => provider.dispose(),
  };
}

/** Most that is shown of one commit, in bytes. */
const mostBytes = 8 * 1024 * 1024;

/**
 * Reads commits with Git; programs that a repository's configuration names for showing diffs are not run. What starts programs is
 * loaded on first use: it would take a tenth of the activation.
 */
export function createGitReader(log: Log): ReadCommit {
  return async (sha, repositories) => {
    const [{ execFile }, { promisify }] = await Promise.all([import('node:child_process'), import('node:util')]);
    const run = promisify(execFile);
    for (const repository of repositories) {
      const options = [
        '-c',
        'core.fsmonitor=false',
        '-c',
        'log.showSignature=false',
        '-C',
        repository,
        'show',
        '--no-color',
        '--no-ext-diff',
        '--no-textconv',
        '--stat',
        '--patch',
        sha,
        '--',
      ];
      try {
        return (await run('git', options, { maxBuffer: mostBytes, timeout: 10_000, windowsHide: true })).stdout;
      } catch (error) {
        log.info(
          `${repository} could not show the commit ${sha}: ${error instanceof Error ? error.message.split('\n')[0] : String(error)}`,
        );
      }
    }
    return null;
  };
}
