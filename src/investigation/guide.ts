import type { Step } from '../domain/investigation';
import type { GuideInput } from './guide/draft';
import { look } from './guide/lookSteps';
import { readCode, ruleOut, settle } from './guide/settleSteps';
import { stop } from './guide/stopSteps';
import { verify, watchAgain } from './guide/verifySteps';

const MIN_STEPS = 3;
const MAX_STEPS = 7;

/** Three to seven things to do next, in order: see it, stop it, hand it on, rule out the runner-up, check that it is over. */
export function guide(input: GuideInput): readonly Step[] {
  const best = input.hypotheses[0];
  const ofBest = best
    ? [...look(input, best), ...stop(input, best), ...ruleOut(input), ...settle(best, input), ...readCode(best, input)]
    : [];
  const checks = verify(input);
  const wanted = Math.max(0, MIN_STEPS - ofBest.length - checks.length);
  const more = wanted === 0 ? [] : watchAgain(input).slice(0, wanted);
  const drafts = [...ofBest.slice(0, MAX_STEPS - checks.length), ...checks, ...more];
  return drafts.map((draft, index) => ({ hypothesis: best?.id ?? null, ...draft, id: `S${index + 1}` }));
}
