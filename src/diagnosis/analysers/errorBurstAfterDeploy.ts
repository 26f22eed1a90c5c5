import { formatPlural } from '../../domain/format';
import { oneLine } from '../../domain/plainText';
import { headline } from '../../domain/sentence';
import type { CodeFindings } from '../codeFindings';
import { type Explanation, explanation } from '../explanation';
import type { Findings } from '../findings';
import { areErrorsOwn, isOwnError } from '../ownErrors';
import type { IncidentAnalyser } from './analyser';
import { codeChanges, codeDefects } from './codeChange';

const LEAD_MS = 45 * 60_000;
const SLACK_MS = 2 * 60_000;
const STRENGTH = 0.7;
const MAX_SAID = 110;

/** Errors that began after a deployment: what the commits that were deployed have to do with them. */
export const errorBurstAfterDeploy: IncidentAnalyser = {
  type: 'error_burst_after_deploy',
  look(findings, { code }) {
    const known = [...codeChanges(findings, code), ...codeDefects(findings, code)];
    const explanations = known.length > 0 || isRead(code) ? known : ownErrors(findings);
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

/** Whether the commits that run were there to be read, so that they were cleared where none is told of. */
const isRead = ({ hasRepository, absentCommits }: CodeFindings) => hasRepository && absentCommits.length === 0;

/**
 * Without the code at hand: errors of the program's own, such as a value that is missing, which began with a deployment of the very
 * service that makes them. They are a fault of what runs; which commit brought it is not known.
 */
function ownErrors(findings: Findings): readonly Explanation[] {
  if (!areErrorsOwn(findings)) return [];
  const first = findings.failures.find(isOwnError);
  const arrived = findings.changes.find(
    ({ change: { kind, service, timestampMs } }) =>
      kind === 'deployment' &&
      service === first?.service &&
      timestampMs >= findings.onsetMs - LEAD_MS &&
      timestampMs <= findings.onsetMs + SLACK_MS,
  );
  if (first === undefined || arrived === undefined) return [];
  const said = [first.type, first.message].filter((text) => text !== null && text !== '').join(': ');
  return [
    explanation({
      kind: 'code_defect',
      title: `${first.service} fails by an error of its own since "${arrived.change.title}": ${headline(oneLine(said), MAX_SAID)}`,
      service: first.service,
      evidenceClass: 'association',
      strength: STRENGTH,
      strengthReason: 'errors of the program itself began with its deployment',
      evidenceFor: [first.evidence, arrived.evidence],
      missing: ['what the deployed version changed against the one before'],
    }),
  ];
}
