import { formatPlural } from '../../domain/format';
import { upstreamOf } from '../../signals/topology';
import type { FailureFinding, Findings } from '../findings';
import type { Sign } from './sign';
import { type UnansweredCall, unansweredCalls } from './unansweredCalls';

/** So many messages of a new kind count half. */
const HALF_MESSAGES = 10;

/** A call that its client gave up failed because of the client. */
const GIVEN_UP_BY_CALLER = /cancel|client (closed|disconnected|gone)|connection reset by peer|broken pipe/i;
const GIVEN_UP_SHARE = 0.25;
/** A call that never arrived tells of the callee, or the way there, more than of its caller. */
const CALLEE_SHARE = 0.75;

/** Errors that began in a service, by its share of all of them, and messages of errors and warnings that are new or burst there. */
export function errorSigns(findings: Findings): readonly Sign[] {
  const own = findings.failures.filter((failure) => !isEcho(failure.service, findings));
  const all = own.reduce((sum, failure) => sum + failure.count, 0);
  const calls = unansweredCalls(own, findings);
  const services = [...new Set(own.map(({ service }) => service))];
  const errors = services.flatMap((service) =>
    failureSign(
      own.filter((failure) => failure.service === service),
      calls.filter(({ caller }) => caller === service),
      all,
    ),
  );
  const silent = [...new Set(calls.map(({ callee }) => callee))].flatMap((callee) =>
    silenceSign(
      calls.filter((call) => call.callee === callee),
      all,
    ),
  );
  const logged = findings.templates.map(
    ({ service, change, evidence }): Sign => ({
      service,
      kind: 'log_change',
      score: (change.during / (change.during + HALF_MESSAGES)) * blame(change.example),
      reason: `it logs ${change.isNew ? 'a new message' : 'a message more often'}: ${change.example}`,
      evidence,
    }),
  );
  return [...errors, ...silent, ...logged];
}

/** Takes the failures of one service, the most frequent kind first, and its calls that nobody answered. */
function failureSign(failures: readonly FailureFinding[], calls: readonly UnansweredCall[], all: number): Sign[] {
  const [first] = failures;
  if (!first || all === 0) return [];
  const count = failures.reduce((sum, failure) => sum + failure.count, 0);
  const left = failures.reduce((sum, failure) => sum + failure.count * blame(wordsOf(failure)), 0);
  const blamed = left - calls.reduce((sum, { failure, share }) => sum + CALLEE_SHARE * share * failure.count, 0);
  const words = wordsOf(first);
  const reason = `errors begin there (${formatPlural(count, 'request')}${words === '' ? '' : `: ${words}`})`;
  return [{ service: first.service, kind: 'errors', score: Math.max(0, blamed) / all, reason, evidence: first.evidence }];
}

/** Calls that failed without reaching the callee: all that callers know is that nobody answered. */
function silenceSign(calls: readonly UnansweredCall[], all: number): Sign[] {
  const [first] = calls;
  if (!first) return [];
  const { caller, callee, failure } = first;
  const count = calls.reduce((sum, call) => sum + call.failure.count, 0);
  const blamed = calls.reduce((sum, call) => sum + CALLEE_SHARE * call.share * call.failure.count, 0);
  const reason = `calls from ${caller} do not reach it (${formatPlural(count, 'request')}: ${wordsOf(failure)})`;
  return [{ service: callee, kind: 'errors', score: blamed / all, reason, evidence: failure.evidence }];
}

const wordsOf = ({ type, message }: FailureFinding) => [type, message].filter((text) => text !== null && text !== '').join(': ');

const blame = (words: string) => (GIVEN_UP_BY_CALLER.test(words) ? GIVEN_UP_SHARE : 1);

/** Whether a failing service calls, directly or through others, another one that fails: then it passes the failure on. */
export function isEcho(service: string, { graph, failures }: Findings): boolean {
  return failures.some(
    (other) =>
      other.service !== service &&
      upstreamOf(graph, other.service).includes(service) &&
      !upstreamOf(graph, service).includes(other.service),
  );
}
