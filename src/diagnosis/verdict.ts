import type { Hypothesis } from '../domain/hypothesis';
import type { Verdict } from '../domain/incident';
import type { CodeFindings } from './codeFindings';

/** Below this raw confidence no explanation is a verdict. */
export const VERDICT_BAR = 0.25;

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

/** Bars look at what the formula gave, so that calibrating it again changes no verdict. */
const rawOf = ({ rawConfidence, confidence }: Hypothesis) => rawConfidence ?? confidence;

/** What the best hypothesis amounts to; `inconclusive` when it is weak or names no mechanism. */
export function verdictOf(hypotheses: readonly Hypothesis[]): Verdict {
  const best = hypotheses[0];
  if (!best || rawOf(best) < VERDICT_BAR) return 'inconclusive';
  return VERDICTS[best.kind] ?? 'inconclusive';
}

/** The service that the verdict is about, or in which it began where only that is known; null where there is none. */
export function blamedService([best]: readonly Hypothesis[], verdict: Verdict): string | null {
  if (best?.kind === 'localised_fault' && rawOf(best) >= VERDICT_BAR) return best.service;
  return verdict === 'inconclusive' || verdict === 'healthy' ? null : (best?.service ?? null);
}

/**
 * The commit to blame: the best hypothesis' when its suspect is to blame by its own evidence, which weighs rivals and whatever else
 * explains the incident; null otherwise. That a deployment came last is never a reason.
 */
export function rootCauseCommit([best]: readonly Hypothesis[], { suspects }: CodeFindings): string | null {
  if (!best || best.commit === null) return null;
  return suspects.find(({ sha }) => sha === best.commit)?.isToBlame ? best.commit : null;
}
