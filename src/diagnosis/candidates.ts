import type { Culprit } from '../domain/hypothesis';
import type { Findings } from './findings';
import { localise } from './localisation/localise';

/** Every service with how likely the trouble began there, best first; see {@link localise}. */
export function rankCulprits(findings: Findings): readonly Culprit[] {
  return localise(findings).culprits;
}
