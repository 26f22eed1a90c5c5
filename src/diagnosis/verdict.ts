import { BLAME_BAR } from '../code/suspects';
import type { Hypothesis } from '../domain/hypothesis';
import type { Verdict } from '../domain/incident';
import type { CodeFindings } from './codeFindings';

/** Below this no explanation is a verdict. */
const VERDICT_BAR = 0.25;
/** A commit is named only from here on. */
const COMMIT_BAR = 0.45;

const VERDICTS: Readonly<Record<string, Verdict>> = {
  code_change: 'code',
  code_defect: 'code',
  configuration_change: 'configuration',
  feature_flag: 'configuration',
  resource_exhaustion: 'infrastructure',
  traffic_surge: 'infrastructure',
  dependency_outage: 'external',
  infrastructure_outage: 'infrastructure',
  healthy: 'healthy',
};

/** What the best hypothesis amounts to; `inconclusive` when it is weak or names no mechanism. */
export function verdictOf(hypotheses: readonly Hypothesis[]): Verdict {
  const best = hypotheses[0];
  if (!best || best.confidence < VERDICT_BAR) return 'inconclusive';
  return VERDICTS[best.kind] ?? 'inconclusive';
}

/** The service that the verdict is about; null where there is none. */
export function blamedService([best]: readonly Hypothesis[], verdict: Verdict): string | null {
  return verdict === 'inconclusive' || verdict === 'healthy' ? null : (best?.service ?? null);
}

/**
 * The commit to blame: the best hypothesis' when it is sure enough and more than timing speaks for it; null otherwise. That
 * a deployment came last is never a reason.
 */
export function rootCauseCommit(hypotheses: readonly Hypothesis[], code: CodeFindings): string | null {
  const best = hypotheses[0];
  if (!best || best.commit === null || best.confidence < COMMIT_BAR) return null;
  const suspect = code.suspects.find((one) => one.sha === best.commit);
  const isMoreThanTiming = suspect !== undefined && suspect.evidenceClass !== 'timing' && suspect.evidenceClass !== 'absence';
  return isMoreThanTiming && suspect.score >= BLAME_BAR ? best.commit : null;
}
