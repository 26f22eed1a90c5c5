import type { Exoneration } from '../code/blame';
import { ownWords } from '../domain/ownWords';
import type { SeriesChange } from '../signals/seriesChange';
import { callersOf } from '../signals/topology';
import { dependencyOutages } from './analysers/dependencyOutage';
import { areFewLines } from './analysers/fewLines';
import type { ChangeFinding, Findings, MetricFinding } from './findings';
import { isReachable } from './localisation/services';
import { outsideNews } from './outsideNews';

const JUST_BEFORE_MS = 30 * 60_000;
const SKEW_MS = 120_000;
/** What ran out by itself on a date, whoever changed what. */
const EXPIRED =
  /certificate[^.]{0,80}(?:expired|not yet valid)|CERT_HAS_EXPIRED|expired certificate|(?:licen[sc]e|client secret|api key|access key|service credentials?|database password|domain|subscription|root ca)(?: ["'\w.:/-]{1,40})? (?:has |have |is |was )?expired/i;
/** Machines, networks and neighbours, which no commit moves. */
const GROUND =
  /noisy neighbo|cpu steal|steal time|hypervisor|spot (?:instance|interruption)|preempt|node (?:is )?not ?ready|NodeNotReady|availability zone|\bAZ\b[^.]{0,30}(?:fail|impair|down)|hardware (?:fail|error)|I\/O error[^.]{0,20}(?:\bdev|sector|disk|block)|(?:disk|device|block|sector)[^.]{0,40}I\/O error|packet loss|retransmi|fib(?:re|er) cut|host (?:fail|degrad|maintenance)|kernel panic|network partition/i;
const SURE_OUTAGE = 0.75;
const MAX_TEXT = 2_000;
/** Of the failing requests. */
const GOOD_PART = 0.25;
/** Requests have at least doubled. */
const SURGE_SCORE = 1;

/**
 * What explains the incident without a change of ours: a provider's outage, something that expired, the machines below, or more
 * requests from outside. With any of them, a commit is to blame only if telemetry points at that very change.
 */
export function exonerations(findings: Findings): readonly Exoneration[] {
  return [
    ...news(findings),
    ...tuned(findings),
    ...outages(findings),
    ...said(findings, EXPIRED, 'what expired'),
    ...said(findings, GROUND, 'the machines or the network'),
    ...surge(findings),
    ...ground(findings),
  ];
}

function news(findings: Findings): Exoneration[] {
  return outsideNews(findings).map(({ change, evidence }) => ({ reason: `it was announced: ${change.title}`, evidence }));
}

/** Somebody changed settings or capacity by hand so shortly before that this is as likely. */
function tuned(findings: Findings): Exoneration[] {
  const { changes, onsetMs } = findings;
  const isSo = ({ change }: ChangeFinding) =>
    (change.kind === 'config' || change.kind === 'scaling') &&
    onsetMs >= change.timestampMs - SKEW_MS &&
    onsetMs - change.timestampMs <= JUST_BEFORE_MS &&
    isReachable(findings, change.service) !== false;
  return changes.filter(isSo).map(({ change, evidence }) => ({ reason: `settings were changed by hand: ${change.title}`, evidence }));
}

function outages(findings: Findings): Exoneration[] {
  return dependencyOutages(findings)
    .filter(({ evidenceClass, strength }) => evidenceClass === 'mechanism' && strength >= SURE_OUTAGE)
    .map(({ title, evidenceFor }) => ({ reason: title, evidence: evidenceFor[0] ?? null }));
}

/** What the errors speak of counts where it makes up a good part of them; messages and events count where no errors are known, but never a line or two alone. */
function said(findings: Findings, words: RegExp, what: string): Exoneration[] {
  const { failures, templates, statements } = findings;
  const speaks = (text: string) => words.test(ownWords(text.slice(0, MAX_TEXT)));
  const failing = failures.filter(({ message, type }) => speaks(`${type ?? ''}: ${message ?? ''}`));
  const count = (some: Findings['failures']) => some.reduce((sum, failure) => sum + failure.count, 0);
  const told = [
    ...templates.map(({ change, evidence }) => ({ text: ownWords(change.example), evidence })),
    ...statements
      .filter(({ isTrouble }) => isTrouble)
      .map(({ source, text, evidence }) => ({ text: source === 'log' ? ownWords(text) : text, evidence })),
  ].filter(({ text }) => words.test(text.slice(0, MAX_TEXT)));
  const isMinor = failures.length > 0 && count(failing) < GOOD_PART * count(failures);
  const found = isMinor ? undefined : (failing[0] ?? told[0]);
  const evidence = [...new Set([...failing, ...told].map((one) => one.evidence))];
  return found === undefined || areFewLines(evidence, findings)
    ? []
    : [{ reason: `the errors speak of ${what}`, evidence: found.evidence }];
}

const REQUESTS = /requests?(?:_|\.|$)|\brps\b|_rps\b|hits|req_rate|throughput/i;
/** Shares, times and refusals of requests, and calls that a request makes. */
const NOT_COUNTS = /ratio|share|error|fail|[45](?:\d\d|xx)|duration|latency|time|queue|_per_(?:request|call)/i;
const isRequests = ({ kind, series }: SeriesChange) =>
  (kind === 'traffic' || kind === 'other') && REQUESTS.test(series.metric) && !NOT_COUNTS.test(series.metric);

/**
 * More requests reach the alerting service, or one that nobody calls, and no caller whose requests are measured is as usual: they
 * come from outside.
 */
function surge({ metrics, graph, alerting }: Findings): Exoneration[] {
  const isRisen = ({ change }: MetricFinding) => change.direction === 'up' && change.score >= SURGE_SCORE;
  const requests = metrics.filter(({ change }) => isRequests(change));
  return requests
    .filter((metric) => {
      const { service } = metric;
      if (service === null || !isRisen(metric)) return false;
      const callers = callersOf(graph, service);
      const isEntry = callers.length === 0 || service === alerting;
      return isEntry && !requests.some((other) => other.service !== null && callers.includes(other.service) && !isRisen(other));
    })
    .map(({ service, evidence }) => ({ reason: `far more requests reach ${service} from outside`, evidence }));
}

/** Metrics of the machines and the network below the services. */
const GROUND_METRIC = /retransmi|packet_?loss|dropped_packets|cpu_?steal|steal_|node_not_ready|evicted/i;

function ground({ metrics }: Findings): Exoneration[] {
  return metrics
    .filter(({ change }) => GROUND_METRIC.test(change.series.metric) && change.direction === 'up' && change.score >= SURGE_SCORE)
    .map(({ change, evidence }) => ({ reason: `${change.series.metric} rose: the machines or the network are in trouble`, evidence }));
}
