import type { IncidentCheck, RuledOut } from '../../domain/incidentCheck';
import type { Explanation } from '../explanation';
import type { Findings } from '../findings';
import type { AnalyserContext, IncidentAnalyser } from './analyser';
import { changedConfiguration } from './configurationChange';
import { dependencyOutage } from './dependencyOutage';
import { errorBurstAfterDeploy } from './errorBurstAfterDeploy';
import { allWell } from './healthy';
import { exhaustedResource } from './resourceExhaustion';
import { trafficSurge } from './trafficSurge';

/** One analyser for each type of incident, in the order in which their checks are shown. */
export const analysers: readonly IncidentAnalyser[] = [
  errorBurstAfterDeploy,
  dependencyOutage,
  changedConfiguration,
  exhaustedResource,
  trafficSurge,
  allWell,
];

/** What all analysers saw together. */
export interface AllLooks {
  readonly explanations: readonly Explanation[];
  readonly checks: readonly IncidentCheck[];
  readonly ruledOut: readonly RuledOut[];
}

/** Asks every analyser; their order is kept. */
export function lookAll(findings: Findings, context: AnalyserContext): AllLooks {
  const looks = analysers.map((analyser) => ({ type: analyser.type, look: analyser.look(findings, context) }));
  return {
    explanations: looks.flatMap(({ look }) => look.explanations),
    checks: looks.map(({ type, look }) => ({ type, ...look.check })),
    ruledOut: looks.flatMap(({ look }) => look.ruledOut),
  };
}
