import { formatPlural } from '../../domain/format';
import { ownWords } from '../../domain/ownWords';
import { oneLine } from '../../domain/plainText';
import { headline } from '../../domain/sentence';
import { type Explanation, explanation } from '../explanation';
import type { FailureFinding, Findings } from '../findings';
import { isEcho } from '../localisation/errorSigns';
import { ownServices } from '../localisation/services';
import { outsideNews } from '../outsideNews';
import type { IncidentAnalyser } from './analyser';
import { platformOutages } from './platformOutage';

/** What a call says when the other side is down, refuses or cannot be found. */
const UNREACHABLE =
  /ECONNREFUSED|ECONNRESET|ETIMEDOUT|EHOSTUNREACH|\bENOTFOUND|EAI_AGAIN|EPIPE|connection (refused|reset|timed out)|no such host|dial tcp|socket hang up|upstream|answered 5\d\d|did not answer|no answer|due to timeout|bad gateway|service unavailable|gateway time-?out|\b50[234]\b|\b429\b|too many requests|quota exceeded|rate.?limit|throttl|slow ?down: ?please|x509|certificate|\btls\b|handshake|\bdns\b|name resolution|unavailable|deadline exceeded/i;
/** Words of a peer that answers, but with a refusal, and of one that does not answer in time. */
const REFUSES = /ECONNREFUSED|ECONNRESET|connection (refused|reset)|answered 5\d\d|\b50[0234]\b|unavailable|bad gateway/i;
const LATE = /did not answer|no answer|due to timeout|timed? ?out|ETIMEDOUT|deadline exceeded/i;
/** How much the words say: a peer that both refuses and stays silent is down; one that only differs from the usual may be asked wrongly. */
const SILENT_AND_REFUSING = 0.95;
const UNUSABLE = 0.85;
const UNCLEAR = 0.55;
const MAX_SAID = 90;
/** What an error says is said at its beginning. */
const MAX_TEXT = 2_000;
const PLAIN_SCORE = 2;

/**
 * Something outside our services failed: errors begin in calls to a peer that is none of the traced services. The error's
 * words and what a provider announced add to it. One explanation a peer.
 */
export function dependencyOutages(findings: Findings): readonly Explanation[] {
  const services = ownServices(findings);
  const outside = findings.failures.filter((failure) => isOutside(failure, services) && !isWrongName(failure));
  const named = [...new Set(outside.flatMap(({ peer }) => peer ?? []))];
  /** An error that a log tells may name a peer that spans know. */
  const peerOf = ({ peer, message }: FailureFinding) =>
    peer ?? named.find((name) => message?.includes(hostOf(name))) ?? namedHost(message ?? '', services) ?? '';
  const peers = [...new Set(outside.map(peerOf))];
  return peers.map((peer) =>
    outageOf(
      peer,
      outside.filter((failure) => peerOf(failure) === peer),
      findings,
    ),
  );
}

/** Whether an error began in a call that left the traced services. */
export function isOutside({ peer, message, type }: FailureFinding, services: ReadonlySet<string>): boolean {
  if (peer !== null) return !services.has(peer) && !services.has(hostName(peer));
  const text = ownWords(`${type ?? ''}: ${message ?? ''}`.slice(0, MAX_TEXT));
  return UNREACHABLE_BY_NAME.test(text) || (UNREACHABLE.test(text) && namedHost(text, services) !== null);
}

/** Names of public hosts; those of packages, such as `java.net.`, go on after what looks like a domain. */
const PUBLIC_HOST = /\b(?:[a-z0-9-]{1,63}\.){1,5}(?:com|net|org|io|dev|app|cloud|co|ai|eu|de|uk|example)\b(?![.\w(])/gi;

/** The host outside that an error's text names; null where it names none, or one of ours. */
function namedHost(text: string, services: ReadonlySet<string>): string | null {
  const hosts = text.slice(0, MAX_TEXT).match(PUBLIC_HOST) ?? [];
  return hosts.find((host) => !services.has(host) && !services.has(hostName(host)) && !INTERNAL.test(host)) ?? null;
}

/** Errors that can only come from a call to another side, so that no tag is needed. */
const UNREACHABLE_BY_NAME = /ECONNREFUSED|\bENOTFOUND|EAI_AGAIN|EHOSTUNREACH|no such host|bad gateway/i;

/** Names and addresses (RFC 1918, RFC 4193, loopback, link-local) that only exist inside one's own network: their outage is one's own. */
const INTERNAL = /\.(svc|cluster\.local|internal|lan|corp)\b/i;

const PRIVATE_ADDRESS =
  /\blocalhost\b(?::\d{1,5})?|(?<![\w.])(?:(?:127|10)\.\d{1,3}|192\.168|169\.254|172\.(?:1[6-9]|2\d|3[01]))\.\d{1,3}\.\d{1,3}(?![\w.]*\d\.)(?::\d{1,5})?|(?<![\w:])\[?(?:::1|f[cd][\da-f]{2}:[\da-f:]{1,40}|fe[89ab][\da-f]:[\da-f:]{1,40})\]?(?![\w.])(?::\d{1,5})?/i;

/** Which side inside one's own network the failures name: its name or address; null where they name none, or one outside. */
function insideOf(peer: string, failures: readonly FailureFinding[]): string | null {
  if (peer !== '') return INTERNAL.test(peer) || PRIVATE_ADDRESS.test(peer) ? peer : null;
  const texts = failures.map(({ message }) => (message ?? '').slice(0, MAX_TEXT));
  const address = texts.flatMap((text) => PRIVATE_ADDRESS.exec(text)?.[0] ?? [])[0];
  return address ?? (texts.some((text) => INTERNAL.test(text)) ? 'a part of its own network' : null);
}

/** An inner name that does not exist was written wrongly or never made; a resolver that does not answer says so in other words. */
function isWrongName({ message, type, peer }: FailureFinding): boolean {
  const text = `${type ?? ''} ${message ?? ''}`;
  return /\bENOTFOUND|NXDOMAIN|no such host/i.test(text) && INTERNAL.test(`${peer ?? ''} ${message ?? ''}`);
}

const hostOf = (peer: string) => peer.split(':')[0] ?? peer;
const hostName = (peer: string) => hostOf(peer).split('.')[0] ?? peer;

function outageOf(peer: string, failures: readonly FailureFinding[], findings: Findings): Explanation {
  const service = failures[0]?.service ?? null;
  const total = findings.failures.filter((failure) => !isEcho(failure.service, findings)).reduce((sum, failure) => sum + failure.count, 0);
  const mine = failures.reduce((sum, failure) => sum + failure.count, 0);
  const texts = failures.map(({ message, type }) => ownWords(`${type ?? ''}: ${message ?? ''}`));
  const isUnreachable = texts.some((text) => UNREACHABLE.test(text));
  const isBoth = texts.some((text) => REFUSES.test(text)) && texts.some((text) => LATE.test(text));
  const plainness = isBoth ? SILENT_AND_REFUSING : isUnreachable ? UNUSABLE : UNCLEAR;
  const news = outsideNews(findings);
  const said = failures[0]?.message ? headline(oneLine(failures[0].message), MAX_SAID) : null;
  const inside = insideOf(peer, failures);
  const name = inside !== null && peer === '' ? `what it relies on at ${inside}` : peer === '' ? 'something that it calls' : peer;
  return explanation({
    kind: inside === null ? 'dependency_outage' : 'infrastructure_outage',
    title: `${service ?? 'The service'} fails because ${name} does not answer as it should${said === null ? '' : `: ${said}`}`,
    service,
    evidenceClass: isUnreachable || news.length > 0 ? 'mechanism' : 'association',
    strength: Math.min(1, plainness * Math.sqrt(Math.min(1, mine / Math.max(total, 1))) + (news.length > 0 ? 0.2 : 0)),
    strengthReason: `${formatPlural(mine, 'error')} of ${Math.max(mine, total)} began in calls to ${name}${isUnreachable ? ', and their text says that it cannot be used' : ''}`,
    evidenceFor: [...failures, ...news, ...signsOf(peer, service, findings)].map(({ evidence }) => evidence),
    missing: [
      inside === null
        ? `whether ${name} reports trouble at this time, which its own status page or owner can tell`
        : `whether ${name} runs and takes connections: its own logs and state`,
    ],
  });
}

/** What the calling service shows besides its errors: time spent on the way to the peer, and its own error and latency metrics. */
function signsOf(peer: string, service: string | null, { slow, metrics }: Findings): readonly { readonly evidence: string }[] {
  const waiting = slow.filter(({ operation }) => peer !== '' && operation.during.spentBy === peer).slice(0, 1);
  const suffering = metrics.flatMap(({ service: whose, change, evidence }) => {
    const isSymptom = change.kind === 'errors' || change.kind === 'latency';
    return whose === service && isSymptom && change.isHarmful && change.score >= PLAIN_SCORE && evidence !== null ? [{ evidence }] : [];
  });
  return [...waiting, ...suffering.slice(0, 2)];
}

/** Something outside our services failed, or a part of the platform that they run on. */
export const dependencyOutage: IncidentAnalyser = {
  type: 'dependency_outage',
  look(findings) {
    const explanations = [...dependencyOutages(findings), ...platformOutages(findings)];
    const [first] = explanations;
    const hasCalls = findings.during.length > 0 || findings.failures.length > 0;
    const reason = 'Calls were traced, and none of them fails because of a peer outside the services.';
    return {
      explanations,
      check: {
        isInteresting: first !== undefined,
        summary:
          first === undefined
            ? hasCalls
              ? 'No errors begin in calls that leave the services, and the platform reports no loss.'
              : 'Nothing that was read tells about calls to others.'
            : `${first.title}.`,
        evidence: first?.evidenceFor ?? [],
        unchecked: hasCalls ? [] : ['calls to other services and peers: no spans and no errors were found'],
      },
      ruledOut:
        first === undefined && findings.during.length > 0
          ? [{ type: 'dependency_outage', service: findings.alerting, reason, evidence: [] }]
          : [],
    };
  },
};
