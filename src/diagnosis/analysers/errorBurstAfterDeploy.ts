import { formatPlural } from '../../domain/format';
import type { IncidentAnalyser } from './analyser';
import { codeChanges, codeDefects } from './codeChange';

/** Errors that began after a deployment: what the commits that were deployed have to do with them. */
export const errorBurstAfterDeploy: IncidentAnalyser = {
  type: 'error_burst_after_deploy',
  look(findings, { code }) {
    const explanations = [...codeChanges(findings, code), ...codeDefects(findings, code)];
    const deployments = findings.changes.filter(({ change }) => change.kind === 'deployment' && change.timestampMs <= findings.onsetMs);
    const errors = findings.failures.length;
    return {
      explanations,
      check: {
        isInteresting: errors > 0 && (deployments.length > 0 || explanations.length > 0),
        summary: `${formatPlural(errors, 'new kind of error', 'new kinds of error')} and ${formatPlural(deployments.length, 'deployment')} before ${errors === 1 ? 'it' : 'them'}.`,
        evidence: [...findings.failures, ...deployments].map(({ evidence }) => evidence),
        unchecked: code.hasRepository ? [] : ['the code that runs: no repository of the service is open'],
      },
      ruledOut: [],
    };
  },
};
