import { FIX_STEPS, type FixDraft, type FixStep } from '../domain/fix';

/** `next` is what to do now; `waiting` comes after something else; `skipped` was left out and is no longer asked for. */
export type FixStepStatus = 'done' | 'next' | 'waiting' | 'running' | 'failed' | 'skipped';

export interface FixStepState {
  readonly step: FixStep;
  readonly status: FixStepStatus;
  /** Whether the step's button does something now. */
  readonly isAvailable: boolean;
}

type Standing = { readonly isDone: boolean; readonly isAvailable: boolean; readonly isSkipped?: boolean; readonly hasFailed?: boolean };

/** Every step with where it stands: one is `next`, unless all are done or one is `running`. */
export function fixSteps(fix: FixDraft, running: FixStep | null = null): readonly FixStepState[] {
  let isNextFound = running !== null;
  return FIX_STEPS.map((step) => {
    const standing = STANDINGS[step](fix);
    const hasFailed = fix.failure?.step === step || standing.hasFailed === true;
    const isOpen = !standing.isDone && !standing.isSkipped;
    const isNext = isOpen && !isNextFound;
    isNextFound ||= isOpen;
    const isAvailable = standing.isAvailable && running === null;
    if (step === running) return { step, status: 'running', isAvailable };
    if (hasFailed) return { step, status: 'failed', isAvailable };
    if (!isOpen) return { step, status: standing.isDone ? 'done' : 'skipped', isAvailable };
    return { step, status: isNext ? 'next' : 'waiting', isAvailable };
  });
}

/** Whether the tests passed on exactly what the worktree holds now. */
export function areTestsCurrent({ tests, contents }: Pick<FixDraft, 'tests' | 'contents'>): boolean {
  return tests !== null && tests.fingerprint === contents?.fingerprint;
}

/** What the tests say about the fix, for a pull request or a confirmation. */
export type TestVerdict = 'passed' | 'failed' | 'outdated' | 'unfinished' | 'not run';

export function testVerdict(fix: Pick<FixDraft, 'tests' | 'contents'>): TestVerdict {
  if (fix.tests === null) return 'not run';
  if (fix.tests.exitCode === null) return 'unfinished';
  if (!areTestsCurrent(fix)) return 'outdated';
  return fix.tests.exitCode === 0 ? 'passed' : 'failed';
}

const hasFiles = ({ contents }: FixDraft) => (contents?.files.length ?? 0) > 0;
const isMerged = ({ contents }: FixDraft) => contents !== null && contents.conflicts.length === 0;
const isCommitted = ({ contents }: FixDraft) => contents !== null && contents.commit !== null && !contents.isDirty;
const isPushed = (fix: FixDraft) => isCommitted(fix) && fix.push?.commit === fix.contents?.commit;

const STANDINGS: Readonly<Record<FixStep, (fix: FixDraft) => Standing>> = {
  branch: () => ({ isDone: true, isAvailable: true }),
  files: (fix) => ({ isDone: hasFiles(fix), isAvailable: hasFiles(fix), hasFailed: fix.contents !== null && !hasFiles(fix) }),
  conflicts: (fix) => ({ isDone: isMerged(fix), isAvailable: fix.contents !== null && !isMerged(fix) }),
  tests(fix) {
    const verdict = testVerdict(fix);
    return {
      isDone: verdict === 'passed',
      isAvailable: hasFiles(fix) && isMerged(fix),
      isSkipped: isCommitted(fix) && (verdict === 'not run' || verdict === 'outdated'),
      hasFailed: verdict === 'failed' || verdict === 'unfinished',
    };
  },
  commit: (fix) => ({ isDone: isCommitted(fix), isAvailable: hasFiles(fix) && isMerged(fix) && !isCommitted(fix) }),
  push: (fix) => ({ isDone: isPushed(fix), isAvailable: isCommitted(fix) && !isPushed(fix) }),
  pullRequest: (fix) => ({ isDone: fix.pullRequest !== null, isAvailable: fix.pullRequest !== null || isPushed(fix) }),
};
