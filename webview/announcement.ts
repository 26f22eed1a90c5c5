import { confidenceWord, formatPercent, formatPlural } from '../src/domain/format';
import type { PanelSnapshot } from '../src/protocol/snapshot';
import { stageLabels, verdictSentences } from './words';

/** What a screen reader says about the step from one snapshot to the next; empty when nothing worth saying changed. */
export function announcementFor(before: PanelSnapshot | null, after: PanelSnapshot): string {
  const isOtherRun = before?.runId !== after.runId;
  if (after.status === 'running') {
    const stage = after.stages.find(({ status }) => status === 'running');
    const wasRunning = isOtherRun ? undefined : before?.stages.find(({ status }) => status === 'running');
    if (isOtherRun) return `Investigating ${after.subject}.`;
    return stage && stage.stage !== wasRunning?.stage ? `${stageLabels[stage.stage]} has started.` : '';
  }
  if (!isOtherRun && before?.status === after.status) return '';
  if (after.status === 'done') return outcome(after);
  return after.problem ?? (after.status === 'failed' ? 'The investigation failed.' : 'The investigation was cancelled.');
}

function outcome({ found }: PanelSnapshot): string {
  const top = found.hypotheses?.[0];
  const verdict = found.verdict ? verdictSentences[found.verdict] : 'The investigation is done';
  const cause = top ? ` Most likely: ${top.title}, ${confidenceWord(top.confidence)} confidence, ${formatPercent(top.confidence)}.` : '';
  const problems = found.problems?.length ? ` ${formatPlural(found.problems.length, 'thing')} could not be looked at.` : '';
  return `${verdict}.${cause}${problems}`;
}
