import { oneLine } from '../../domain/plainText';
import { headline } from '../../domain/sentence';
import { type Explanation, explanation } from '../explanation';
import type { Findings, Statement } from '../findings';
import { areWorkloadsWell, idsOf, says, troubledWorkloads } from './signs';

interface Mistake {
  readonly words: RegExp;
  /** What is wrong, for a title. */
  readonly what: string;
  /** Whether it can only be true while workloads are in trouble, so that complete workloads end it. */
  readonly isOfWorkload: boolean;
}

/** What programs and platforms say when a value is wrong or missing, as against a resource that is used up or a machine that broke. */
const MISTAKES: readonly Mistake[] = [
  {
    what: 'a required setting or environment variable is missing',
    words:
      /(required|missing|undefined|unset) [\w ]{0,20}(env(ironment)?[ _]?var\w*|setting\b|config\w*)|env(ironment)?[ _]?var\w* [\w"'`.-]{0,60} ?(is |was )?(not set|missing|required|undefined|empty)|(is |are )not set in (the )?(pod|env|config)|missing required (config\w*|env\w*)|keyerror: ['"][A-Z_]{3,}['"]/i,
    isOfWorkload: false,
  },
  {
    what: 'a ConfigMap or Secret that it refers to does not exist',
    words:
      /(config ?map|secret)s? [\w"'/.:-]+ (was )?not found|(config ?map|secret) [\w"'/.-]+ (does not exist|is missing)|couldn'?t find key|createcontainerconfigerror|references non-?existent (config|secret)|mountvolume\.setup failed.*(configmap|secret)/i,
    isOfWorkload: true,
  },
  {
    what: 'the image that it names cannot be pulled: it does not exist or may not be read',
    words:
      /manifest (unknown|for .* not found)|(pull|resolve)\w{0,12}[\s\S]{0,200}(unauthorized|: not found|not found:|notfound|unauthorized|authentication required|access denied|denied: |does not exist|no basic auth)|invalidimagename|invalid reference format/i,
    isOfWorkload: true,
  },
  {
    what: 'a probe fails though the program serves its requests',
    words: /(liveness|readiness|startup) probe failed|failed (the )?(liveness|readiness|startup) probe/i,
    isOfWorkload: true,
  },
  {
    what: 'a name that it looks up does not exist',
    words:
      /(enotfound|nxdomain|no such host|unable to resolve|could not resolve)[^.]{0,40}[\w-]+(\.[\w-]+)*\.(svc|cluster\.local|internal|local)\b/i,
    isOfWorkload: false,
  },
  {
    what: 'its configuration cannot be read or is invalid',
    words:
      /(invalid|unknown|unsupported|malformed|bad) (config\w*|settings?\b|(command[- ]line )?(option|flag)\b)|config\w* (error|is invalid|validation failed|parse error)|(failed|unable|cannot|could not) (to )?(parse|load|read) [\w ./"'-]{0,60}(config\w*|\.ya?ml|\.json|\.toml|\.ini|\.env|\.conf)/i,
    isOfWorkload: false,
  },
  {
    what: 'a placement rule that no node meets keeps its pods from being scheduled',
    words:
      /didn'?t match (pod'?s )?(node (affinity|selector)|selector)|untolerated taint|didn'?t tolerate|persistentvolumeclaim [\w"'/.-]+ not found|storageclass[\w ."'/-]* not found/i,
    isOfWorkload: true,
  },
  {
    what: 'its credentials or permissions are wrong',
    words:
      /password authentication failed|authentication failed for user|access denied for user|is not authorized to perform|forbidden: user "?system:serviceaccount|invalid (api key|client secret)|wrongpass|noauth authentication required/i,
    isOfWorkload: false,
  },
];

const NEAR_MS = 60 * 60_000;
const STRENGTH = 0.9;
/** Words alone, with nothing that shows their effect. */
const SAID_STRENGTH = 0.7;
/** A probe fails for a moment whenever a container starts, so its failure alone says next to nothing. */
const PROBE_STRENGTH = 0.3;
const MAX_SAID = 110;
const PROBES = /probe/i;
/** A program that is asked to end and does so in good order did not crash. */
const CLEAN_END = /sigterm|graceful|exit(ed|ing)?[ \w]* (with )?(code|status) 0|closed cleanly|\b(GET|POST|PUT) \/\S* 200\b/i;

/**
 * What the failing service or the platform says names a wrong or missing value: the mechanism in words. Probes count when nothing
 * else is wrong with the program. null where nothing does, or where complete workloads show that it is over.
 */
export function misconfiguration(findings: Findings): Explanation | null {
  for (const mistake of MISTAKES) {
    if (mistake.isOfWorkload && areWorkloadsWell(findings)) continue;
    const said = findings.statements.filter(
      (one) => one.source !== 'alert' && one.isTrouble && one.lastMs >= findings.onsetMs - NEAR_MS && says(one, mistake.words),
    );
    const first = said[0];
    if (!first || (PROBES.test(mistake.what) && !areProbesAtFault(findings))) continue;
    return explanationOf(mistake, first, said, findings);
  }
  return null;
}

function explanationOf({ what, isOfWorkload }: Mistake, first: Statement, said: readonly Statement[], findings: Findings): Explanation {
  const troubled = troubledWorkloads(findings);
  const service = findings.alerting ?? first.service;
  const settings = findings.changes.filter(
    ({ change }) => change.kind === 'config' && Math.abs(change.timestampMs - findings.onsetMs) < NEAR_MS && change.service === service,
  );
  const isSeen = troubled.length > 0 || findings.failures.length > 0 || said.length > 1;
  return explanation({
    kind: 'configuration_change',
    title: `${service ?? 'The service'} is configured wrongly, ${what}: ${headline(oneLine(first.text), MAX_SAID)}`,
    service,
    evidenceClass: 'mechanism',
    strength: isSeen ? STRENGTH : PROBES.test(what) ? PROBE_STRENGTH : SAID_STRENGTH,
    strengthReason: isSeen ? 'the message names what is wrong, and its effect is seen' : 'the message names what is wrong',
    evidenceFor: idsOf(said.slice(0, 4), settings.slice(0, 2), troubled.slice(0, 2)),
    missing: [
      isOfWorkload
        ? 'the manifest of the new version against that of the last one that ran'
        : 'the value that is deployed against the one that worked',
    ],
  });
}

/** Nothing but the probe says that the program is unwell: it ends in good order, without memory kills, crashes or errors of its own. */
function areProbesAtFault({ failures, statements, workloads }: Findings): boolean {
  const own = statements.filter(({ source }) => source === 'log');
  const isKilled = workloads.some(({ reason, text }) => /oom/i.test(reason ?? '') || /exit code ([1-9]|1[0-36-9]\d)\b/.test(text));
  const isBroken = failures.some(({ stack }) => stack.length > 0) || own.some((one) => says(one, /panic|fatal|exception|out of memory/i));
  return !isKilled && !isBroken && (failures.length === 0 || own.some(({ text }) => CLEAN_END.test(text)));
}
