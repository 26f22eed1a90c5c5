import * as vscode from 'vscode';
import { Owner } from '../../domain/disposal';
import type { FixDraft } from '../../domain/fix';
import type { CommandHandlers } from '../commands';
import type { ContextKeys } from '../contextKeys';
import type { EngineClient } from '../engineClient';
import type { Run, RunRequest } from '../investigations';
import type { Redactor } from '../log';
import { forLabel } from '../plainText';
import type { Report } from '../report';
import { draftFix } from './draftFix';
import { fixIdOf, pathIn } from './fixArguments';
import { createFixDeeds } from './fixDeeds';
import { createFixDocuments } from './fixDocuments';
import { Fixes } from './fixes';
import { askDiscard } from './fixPrompts';
import { createFixView } from './fixView';
import { fixLabel } from './fixWords';
import { createGitHubAccess } from './gitHubAccess';

export interface FixOptions {
  readonly engine: EngineClient;
  readonly memento: vscode.Memento;
  readonly secrets: vscode.SecretStorage;
  readonly redactor: Redactor;
  readonly report: Report;
  readonly contextKeys: ContextKeys;
  readonly worktreesDir: string;
  readonly foldersOf: (run: RunRequest) => readonly string[];
  /** The run that a command's argument means, else the one that is shown; null before the first. */
  readonly runOf: (argument: unknown) => Run | null;
}

export type FixCommandHandlers = Pick<
  CommandHandlers,
  | 'draftFix'
  | 'setGitHubToken'
  | 'showFixChanges'
  | 'openFixFile'
  | 'showFixOutput'
  | 'continueFix'
  | 'runFixTests'
  | 'commitFix'
  | 'pushFix'
  | 'openFixPullRequest'
  | 'refreshFix'
  | 'discardFix'
>;

export interface FixFeature extends vscode.Disposable {
  readonly commands: FixCommandHandlers;
  /** Drafts a fix for a hypothesis of a run; null for the best one. */
  draft(run: Run, hypothesisId: string | null): Promise<void>;
}

/** Everything about drafting a fix: its view, its documents and its commands. */
export function createFixFeature(options: FixOptions): FixFeature {
  const { engine, memento, secrets, redactor, report, contextKeys, runOf } = options;
  const owner = new Owner();
  const { own } = owner;
  const fixes = own(new Fixes(memento, redactor, report.problem));
  const documents = own(createFixDocuments(engine, fixes));
  const access = createGitHubAccess(secrets, redactor);
  const deeds = createFixDeeds({ engine, fixes, documents, access, memento });
  // What is wrong stands in the view; nobody asked, so nobody is interrupted.
  const look = (fix: FixDraft) => void deeds.look(fix).catch(() => undefined);
  const view = own(createFixView({ fixes, contextKeys, look }));
  const draft = async (run: Run, hypothesisId: string | null) => {
    const fix = await draftFix(run, hypothesisId, { ...options, fixes, reveal: view.reveal });
    const [conflict] = fix?.contents?.conflicts ?? [];
    if (fix && conflict?.kind === 'markers') await documents.edit(fix, conflict.path);
    else if (fix && !conflict) await documents.showChanges(fix);
  };
  const withFix = (work: (fix: FixDraft, argument: unknown) => Promise<void>) => async (argument: unknown) => {
    const fix = fixes.get(fixIdOf(argument) ?? '') ?? (await pickFix(fixes.all));
    if (fix) await work(fix, argument);
    else if (fixes.all.length === 0) report.refuse(vscode.l10n.t('No fix is drafted yet. Run "AIDog: Draft a Fix…" on an investigation.'));
  };
  return {
    draft,
    dispose: () => owner.dispose(),
    commands: {
      async draftFix(argument) {
        const run = runOf(argument);
        if (run) await draft(run, null);
        else report.refuse(vscode.l10n.t('Nothing has been investigated yet, so there is nothing to fix.'));
      },
      setGitHubToken: access.change,
      showFixChanges: withFix(documents.showChanges),
      openFixFile: withFix(async (fix, argument) => {
        const path = pathIn(argument);
        const file = fix.contents?.files.find((changed) => changed.path === path);
        const conflict = fix.contents?.conflicts.find((open) => open.path === path);
        if (conflict) await documents.edit(fix, conflict.path);
        else if (file) await documents.showFile(fix, file);
      }),
      showFixOutput: withFix(documents.showOutput),
      continueFix: withFix(deeds.resolve),
      runFixTests: withFix(deeds.test),
      commitFix: withFix(deeds.commit),
      pushFix: withFix(deeds.push),
      openFixPullRequest: withFix(deeds.openPullRequest),
      refreshFix: withFix(deeds.look),
      discardFix: withFix(async ({ id, ...fix }) => {
        if (!(await askDiscard({ id, ...fix }))) return;
        const { repository, worktree, branch } = fix;
        await engine.request('discardFix', { repository, worktree, branch });
        fixes.remove(id);
      }),
    },
  };
}

/** The only fix without asking; the palette names none. */
async function pickFix(all: readonly FixDraft[]): Promise<FixDraft | null> {
  if (all.length < 2) return all[0] ?? null;
  const items = all.map((fix) => ({ label: forLabel(fixLabel(fix)), description: fix.branch, fix }));
  return (await vscode.window.showQuickPick(items, { title: vscode.l10n.t('Which fix?') }))?.fix ?? null;
}
