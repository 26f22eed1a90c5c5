import * as vscode from 'vscode';
import type { SetupFix } from '../../domain/setupCheck';
import type { EngineClient } from '../engineClient';
import { openWebPage } from '../links';
import type { Report } from '../report';
import { workspaceRoots } from '../roots';
import { fetchCommit } from '../stack/fetchCommit';
import { commitName } from '../stack/stackWords';

export interface FixOptions {
  readonly engine: EngineClient;
  readonly report: Report;
  readonly configure: () => Promise<void>;
}

export interface SetupFixes {
  /** Does what a person chose; whatever reaches outside asks once more. */
  carryOut(fix: SetupFix): Promise<void>;
}

export function createFixes({ engine, report, configure }: FixOptions): SetupFixes {
  return {
    async carryOut(fix) {
      switch (fix.kind) {
        case 'configure':
          return configure();
        case 'setting':
          return run('workbench.action.openSettings', `@id:${fix.key}`);
        case 'trust':
          return run('workbench.trust.manage');
        case 'openFolder':
          return run('vscode.openFolder');
        case 'fetch': {
          const isThere = await fetchCommit(fix.commit, workspaceRoots(), { engine, report });
          if (isThere) report.refuse(vscode.l10n.t('The commit {0} is at hand now.', commitName(fix.commit)));
          return;
        }
        case 'page':
          await openWebPage(fix.url);
          return;
        case 'read':
          return read(fix.text);
      }
    },
  };
}

const run = async (command: string, ...args: unknown[]) => {
  await vscode.commands.executeCommand(command, ...args);
};

async function read(content: string): Promise<void> {
  const document = await vscode.workspace.openTextDocument({ language: 'plaintext', content });
  await vscode.window.showTextDocument(document, { preview: true });
}
