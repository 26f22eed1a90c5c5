import { formatPlural } from '../domain/format';
import type { FrameMapping } from '../domain/frame';
import type { Repository } from '../domain/ports';

/** A place that something in a file's text speaks for. */
export interface ScoredFact {
  readonly repository: Repository;
  readonly path: string;
  readonly line: number;
  readonly isInService: boolean;
  /** 0..1. */
  readonly score: number;
  /** Why, as the beginning of a sentence. */
  readonly how: string;
}

const BAR = 0.5;
const LEAD = 0.04;
const AMBIGUOUS = 0.45;
const IN_SERVICE = 0.08;
const CUT = 0.1;
const MAX_CANDIDATES = 5;

/** The one place that is good enough and better than all others, as it is in the working tree now; else candidates. */
export function chooseFact(
  facts: readonly ScoredFact[],
  { isCut, none }: { readonly isCut: boolean; readonly none: string },
): FrameMapping {
  const ranked = facts.map((fact) => ({ ...fact, score: scoreOf(fact, isCut) })).sort((left, right) => right.score - left.score);
  const [best, second] = ranked;
  if (best === undefined)
    return { location: null, deployed: null, candidates: [], reason: isCut ? `${none} Not all files were read.` : none };
  const isTied = second !== undefined && second.score > best.score - LEAD;
  const { repository, path, line, score } = best;
  if (score < BAR || isTied) {
    const count = ranked.filter((other) => other.score > best.score - LEAD).length;
    const reason = isTied
      ? `Not sure enough: ${formatPlural(count, 'place')} in the workspace fit as well.`
      : `Not sure enough: ${best.how}.`;
    return { location: null, deployed: null, candidates: candidatesOf(ranked), reason };
  }
  const reason = `${best.how}; it is the only such place${isCut ? ' among the files that were read' : ''}.`;
  const location = repository.root === null ? null : { root: repository.root, path, line, status: 'unknown' as const, score, reason };
  return { location, deployed: { file: path, line, function: null }, candidates: [], reason };
}

function scoreOf({ score, isInService }: ScoredFact, isCut: boolean): number {
  return Math.round(Math.max(0, Math.min(0.95, score + (isInService ? IN_SERVICE : 0) - (isCut ? CUT : 0))) * 100) / 100;
}

function candidatesOf(ranked: readonly ScoredFact[]): FrameMapping['candidates'] {
  const seen = new Set<string>();
  return ranked
    .map(({ repository, path, score }) => ({ root: repository.root ?? '', path, score: Math.min(AMBIGUOUS, score) }))
    .filter(({ root, path }) => !seen.has(`${root}\0${path}`) && seen.add(`${root}\0${path}`))
    .slice(0, MAX_CANDIDATES);
}
