import type { Investigation, Step } from '../src/domain/investigation';

/** What pressing a step's button does: the host opens what the step is about, or its query is copied; null when neither can be. */
export type StepDeed = { readonly kind: 'open' } | { readonly kind: 'copy'; readonly evidenceId: string };

export function stepDeed(step: Step, found: Partial<Investigation>): StepDeed | null {
  if (canOpen(step, found)) return { kind: 'open' };
  const [copied] = cited(step, found).filter(({ query }) => query !== '');
  return copied ? { kind: 'copy', evidenceId: copied.id } : null;
}

function canOpen(step: Step, found: Partial<Investigation>): boolean {
  const hypothesis = found.hypotheses?.find(({ id }) => id === step.hypothesis);
  if (step.action === 'open_code' && hypothesis?.workspace) return true;
  if (isWebPage(step.link)) return true;
  const [first] = cited(step, found);
  if (!first) return step.evidence.some((id) => found.suspectCommits?.some(({ sha }) => sha === id));
  const hasFrame = first.stack?.some(({ frames }) => frames.some(({ workspace }) => workspace !== null)) ?? false;
  return first.kind === 'commit' || isWebPage(first.link) || hasFrame;
}

const cited = (step: Step, found: Partial<Investigation>) =>
  step.evidence.flatMap((id) => found.evidence?.find((fact) => fact.id === id) ?? []);

/** The host checks again before it opens anything; here it decides whether a button makes sense. */
export function isWebPage(link: string | null): boolean {
  return link !== null && /^https?:\/\//i.test(link);
}
