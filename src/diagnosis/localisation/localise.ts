import type { Culprit } from '../../domain/hypothesis';
import type { Findings } from '../findings';
import { type Weighed, weighServices } from './rank';
import { isReachable } from './services';
import type { BestCulprit, Localisation } from './sign';

const MAX_SIGNS = 8;
/** A service whose symptoms a callee explains by more than this is not the end of the path. */
const MOSTLY_EXPLAINED = 0.5;
/** What adds less is noise. */
const MIN_CHANCE = 0.05;

/** Which service is at fault, why, and whether calls lead there. Pure and deterministic. */
export function localise(findings: Findings): Localisation {
  const weighed = weighServices(findings);
  const [best, second] = weighed;
  return { culprits: weighed.map(culpritOf), best: best ? bestOf(best, second, findings) : null };
}

const culpritOf = ({ service, score }: Weighed): Culprit => ({ service, score: Math.round(score * 1000) / 1000 });

function bestOf(best: Weighed, second: Weighed | undefined, findings: Findings): BestCulprit {
  const signs = best.signs.filter(({ chance }) => chance >= MIN_CHANCE).slice(0, MAX_SIGNS);
  const isReached = isReachable(findings, best.service);
  return {
    service: best.service,
    isPathVerified: isReached === null ? null : isReached && best.explained < MOSTLY_EXPLAINED && signs.length > 0,
    margin: best.score === 0 ? 0 : (best.score - (second?.score ?? 0)) / best.score,
    signs: signs.map(({ service, kind, score, reason, evidence }) => ({ service, kind, score, reason, evidence })),
  };
}
