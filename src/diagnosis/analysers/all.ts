import type { IncidentCheck, RuledOut } from '../../domain/incidentCheck';
import { weightOf } from '../confidence';
import type { Explanation } from '../explanation';
import type { Findings } from '../findings';
import type { AnalyserContext, IncidentAnalyser } from './analyser';
import { changedConfiguration } from './configurationChange';
import { connectionPool } from './connectionPool';
import { contention } from './contention';
import { cpuSaturation } from './cpuSaturation';
import { crashLoop } from './crashLoop';
import { dependencyOutage } from './dependencyOutage';
import { diskSpace } from './diskSpace';
import { errorBurstAfterDeploy } from './errorBurstAfterDeploy';
import { expiredCertificate } from './expiredCertificate';
import { weighedByLines } from './fewLines';
import { allWell } from './healthy';
import { latencyRegression } from './latencyRegression';
import { memoryExhaustion } from './memoryExhaustion';
import { networkLatency } from './networkLatency';
import { quotaExceeded } from './quotaExceeded';
import { trafficSurge } from './trafficSurge';

/** One analyser for each type of incident, in the order in which their checks are shown. */
export const analysers: readonly IncidentAnalyser[] = [
  errorBurstAfterDeploy,
  latencyRegression,
  dependencyOutage,
  changedConfiguration,
  crashLoop,
  memoryExhaustion,
  cpuSaturation,
  connectionPool,
  diskSpace,
  contention,
  quotaExceeded,
  networkLatency,
  expiredCertificate,
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
    explanations: onePerService(looks.flatMap(({ look }) => look.explanations.map((one) => weighedByLines(one, findings)))),
    checks: looks.map(({ type, look }) => ({ type, ...look.check })),
    ruledOut: looks.flatMap(({ look }) => look.ruledOut),
  };
}

/**
 * Resources of one service that run short together are one story: the strongest is told, and the others become its evidence. The
 * order of the rest is kept.
 */
function onePerService(explanations: readonly Explanation[]): readonly Explanation[] {
  const isShort = ({ kind }: Explanation) => kind === 'resource_exhaustion';
  const services = [...new Set(explanations.filter(isShort).map(({ service }) => service))];
  const merged = services.flatMap((service) => {
    const same = explanations.filter((one) => isShort(one) && one.service === service);
    const [best, ...others] = [...same].sort((a, b) => weightOf(b) - weightOf(a));
    return best === undefined ? [] : [{ ...best, evidenceFor: [...new Set([best, ...others].flatMap(({ evidenceFor }) => evidenceFor))] }];
  });
  return [...explanations.filter((one) => !isShort(one)), ...merged];
}
