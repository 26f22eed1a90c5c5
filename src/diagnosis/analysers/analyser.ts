import type { Culprit } from '../../domain/hypothesis';
import type { IncidentCheck, IncidentType, RuledOut } from '../../domain/incidentCheck';
import type { CodeFindings } from '../codeFindings';
import type { Explanation } from '../explanation';
import type { Findings } from '../findings';

/** What is known beside the findings when the analysers look. */
export interface AnalyserContext {
  /** Every service, most likely culprit first. */
  readonly culprits: readonly Culprit[];
  readonly code: CodeFindings;
}

/** What one analyser saw: explanations to weigh, its check for people, and what it rules out with the facts that do so. */
export interface Look {
  readonly explanations: readonly Explanation[];
  readonly check: Omit<IncidentCheck, 'type'>;
  readonly ruledOut: readonly RuledOut[];
}

/** Looks for one type of incident. Pure: the same findings give the same look. */
export interface IncidentAnalyser {
  readonly type: IncidentType;
  look(findings: Findings, context: AnalyserContext): Look;
}
