import * as vscode from 'vscode';
import type { BehaviorRecord } from '../../domain/behavior';
import type { Clock } from '../../domain/ports';
import type { Judgement } from '../../protocol/snapshot';
import type { CommandHandlers } from '../commands';
import type { EngineClient } from '../engineClient';
import type { Investigations, Run } from '../investigations';
import { forNotification } from '../plainText';
import type { Report } from '../report';
import { isDemo } from '../roots';

export interface MemoryFeatureOptions {
  readonly engine: Pick<EngineClient, 'request'>;
  readonly investigations: Pick<Investigations, 'keepJudgement'>;
  readonly clock: Clock;
  readonly report: Report;
  readonly mediaDir: string;
  readonly runOf: (argument: unknown) => Run | null;
}

/** Something that was offered to the person, and what they did with it. A hypothesis' title quotes telemetry and is not kept. */
export type Deed = Pick<BehaviorRecord, 'deed' | 'kind'> &
  ({ readonly subject: 'hypothesis' } | { readonly subject: 'step' | 'recommendation'; readonly title: string });

export interface MemoryFeature {
  readonly commands: Pick<CommandHandlers, 'judgeCause' | 'forgetLearned'>;
  /** Keeps what the person says of the first hypothesis. */
  judge(run: Run, judgement: Judgement): Promise<void>;
  /** Keeps what the person did, in the background: work never waits for it. */
  record(run: Run, deed: Deed): void;
}

const MAX_TEXT = 300;

/** Lets AIDog learn from what a person says and does. Nothing is learned from the demo, whose causes are planted. */
export function createMemoryFeature(options: MemoryFeatureOptions): MemoryFeature {
  const { engine, investigations, clock, report, mediaDir, runOf } = options;
  const keepDeed = async ({ snapshot: { found } }: Run, deed: Deed) => {
    const incidentType = found.incident?.type ?? 'unknown';
    const record: BehaviorRecord = {
      ...deed,
      title: deed.subject === 'hypothesis' ? '' : deed.title.slice(0, MAX_TEXT),
      atMs: clock.nowMs(),
      incidentType,
      service: found.incident?.service ?? null,
    };
    await engine.request('recordDeed', { deed: record });
  };
  const feature: MemoryFeature = {
    async judge(run, judgement) {
      const [best] = run.snapshot.found.hypotheses ?? [];
      if (!best || run.snapshot.status !== 'done') return;
      const { runId } = run.snapshot;
      if (!isDemo(run, mediaDir)) {
        const isRight = judgement === 'right';
        await engine.request('judgeCause', { judgement: { atMs: clock.nowMs(), runId, hypothesis: best, isRight } });
        await keepDeed(run, { deed: isRight ? 'accept' : 'reject', subject: 'hypothesis', kind: best.kind });
      }
      investigations.keepJudgement(runId, judgement);
      vscode.window.setStatusBarMessage(
        isDemo(run, mediaDir)
          ? vscode.l10n.t('Noted; nothing is learned from the demo')
          : vscode.l10n.t('Noted; the next confidence is calibrated with it'),
        5000,
      );
    },
    record(run, deed) {
      if (!isDemo(run, mediaDir)) keepDeed(run, deed).catch(report.problem);
    },
    commands: {
      async judgeCause(argument) {
        const run = runOf(argument);
        const [best] = run?.snapshot.found.hypotheses ?? [];
        if (!run || !best || run.snapshot.status !== 'done')
          return report.refuse(vscode.l10n.t('There is no cause to judge yet. Investigate an incident to its end first.'));
        const judgement = await askJudgement(best.title);
        if (judgement) await feature.judge(run, judgement);
      },
      async forgetLearned() {
        const action = vscode.l10n.t('Forget');
        const question = vscode.l10n.t('Forget what AIDog learned from you?');
        const detail = vscode.l10n.t('Your words on causes and what you opened are deleted. Kept runbooks stay.');
        if ((await vscode.window.showWarningMessage(question, { modal: true, detail }, action)) !== action) return;
        await engine.request('forgetLearned', {});
        vscode.window.setStatusBarMessage(vscode.l10n.t('Forgotten'), 3000);
      },
    },
  };
  return feature;
}

async function askJudgement(title: string): Promise<Judgement | null> {
  const yes = { label: vscode.l10n.t('Yes, this was the cause'), judgement: 'right' as const };
  const no = { label: vscode.l10n.t('No, it was something else'), judgement: 'wrong' as const };
  const picked = await vscode.window.showQuickPick([yes, no], {
    title: vscode.l10n.t('Was this the cause?'),
    placeHolder: forNotification(title),
  });
  return picked?.judgement ?? null;
}
