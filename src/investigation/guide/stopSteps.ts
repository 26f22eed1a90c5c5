import { formatSha } from '../../domain/format';
import { gapTask, isAbsence } from '../../domain/gap';
import type { Hypothesis } from '../../domain/hypothesis';
import { headline, withFullStop } from '../../domain/sentence';
import { arrivalOf, carrierOf } from './carrier';
import { advice, type Draft, type GuideInput } from './draft';

const MAX_NAME = 90;

/** What would end the trouble. Advice only: nothing is done to any system. */
export function stop(input: GuideInput, best: Hypothesis): readonly Draft[] {
  switch (best.kind) {
    case 'code_change':
      return rollBack(input, best);
    case 'feature_flag':
    case 'configuration_change':
      return takeBack(input, best);
    case 'dependency_outage':
      return [ask(best, ownerOf(input, best), 'Errors begin outside your services, so that rolling back does not help.'), retries(best)];
    case 'infrastructure_outage':
      return [ask(best, `whoever runs the platform of ${best.service ?? 'the service'}`, 'No code of the service explains it.')];
    case 'resource_exhaustion':
      return [findOut(best, 'Find what uses the resource', 'More capacity or less load buys the time to mend it.')];
    case 'traffic_surge':
      return [findOut(best, 'Split the traffic by client and route', 'Limit a single client; scale where all of them ask for more.')];
    default:
      return [];
  }
}

function rollBack({ findings, rootCauseCommit, evidence }: GuideInput, best: Hypothesis): readonly Draft[] {
  if (rootCauseCommit === null) return [];
  const sha = formatSha(rootCauseCommit);
  const carrier = arrivalOf(findings, rootCauseCommit, evidence) ?? carrierOf(findings, best.service);
  const service = carrier?.service ?? 'the service';
  const target = carrier?.version == null ? '' : ` to the version before ${carrier.version}`;
  const title = carrier === null ? `Revert commit ${sha} and deploy` : `Roll back ${service}${target}, or revert commit ${sha}`;
  return [advice('roll_back', title, 'It ends the trouble before the fix is ready.', 10, best)];
}

/** A change that was reported is named; where only its effect shows, the last good configuration is what to go back to. */
function takeBack({ findings }: GuideInput, best: Hypothesis): readonly Draft[] {
  const changed = findings.changes.find(
    ({ change, evidence }) => ['feature_flag', 'config', 'scaling'].includes(change.kind) && best.evidenceFor.includes(evidence),
  );
  const title = changed
    ? `Take back “${headline(changed.change.title, MAX_NAME)}”`
    : `Put back the last configuration of ${best.service ?? 'the service'} that worked`;
  return [advice('roll_back', title, 'If it is the cause, the trouble ends at once; if not, put it in place again.', 5, best)];
}

/** Whom to ask about a peer that the failing calls go to. */
function ownerOf({ findings }: GuideInput, { service }: Hypothesis): string {
  const peer = findings.failures.find((failure) => failure.service === service && failure.peer !== null)?.peer;
  return peer == null ? 'the owner of the dependency' : `the owner of ${peer}, or look at its status page`;
}

function ask(best: Hypothesis, whom: string, why: string): Draft {
  const gap = best.missing.find((one) => !isAbsence(one));
  const question = gap === undefined ? '' : ` ${withFullStop(gapTask(gap) ?? '')}`;
  return advice('contact', `Ask ${whom}`, `${why}${question}`, 5, best);
}

function retries(best: Hypothesis): Draft {
  return advice(
    'run_query',
    'Check timeouts, retries and the fallback of these calls',
    'They decide how much of the outage your users see.',
    15,
    best,
  );
}

/** The question that the explanation leaves open, and how to answer it: `who holds the lock: the blocking session`. */
function findOut(best: Hypothesis, otherwise: string, then: string): Draft {
  const gap = best.missing.find((one) => gapTask(one) !== null);
  const [question, how] = gap?.split(/: (.*)/s) ?? [];
  const title = question === undefined ? otherwise : (gapTask(question) ?? otherwise);
  return advice('run_query', title, `${how === undefined ? '' : `Look at ${withFullStop(how)} `}${then}`, 15, best);
}
