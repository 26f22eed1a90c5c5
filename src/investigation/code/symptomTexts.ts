import type { SuspectInput } from '../../code/suspectInput';
import type { FailureFinding, Findings } from '../../diagnosis/findings';
import type { Span } from '../../domain/span';

const MAX_TEXTS = 4;

/** What a service itself says is wrong, what others say, and the routes and queries that fail or are slow. */
export type SymptomTexts = Required<Pick<SuspectInput, 'errorText' | 'otherText' | 'resources' | 'queries'>>;

/**
 * The texts that diffs are compared with when one service is judged. A service that says nothing itself is judged by what the
 * first failing and the alerting one say.
 */
export function symptomTexts(findings: Findings, service: string | null): SymptomTexts {
  const own = textsOf(findings, (name) => name === service);
  const near = textsOf(findings, (name) => name === findings.firstFailing || name === findings.alerting);
  const errorText = own === '' ? near : own;
  return { errorText, otherText: textsOf(findings, () => true), ...requestsOf(findings) };
}

function textsOf({ failures, templates }: Findings, isMeant: (service: string) => boolean): string {
  const errors = failures.filter((failure) => isMeant(failure.service)).sort((a, b) => b.count - a.count);
  const said = templates.filter((template) => isMeant(template.service));
  return [...errors.slice(0, MAX_TEXTS).map(words), ...said.slice(0, MAX_TEXTS).map(({ change }) => change.example)].join('\n');
}

const words = ({ type, message }: FailureFinding) => [type, message].filter((text) => text !== null).join(': ');

const isQuery = (span: Span) => /sql|db|cache|mongo|redis|elastic/.test(span.type) || span.meta['db.statement'] !== undefined;

function requestsOf({ failures, repeats, slow }: Findings): Pick<SymptomTexts, 'resources' | 'queries'> {
  const spans = [
    ...failures.flatMap((failure) => (failure.span ? [failure.span] : [])),
    ...repeats.flatMap(({ call }) => [call.parent.span, call.example.span]),
    ...slow.map(({ operation }) => operation.during.example.span),
  ];
  return {
    resources: [...new Set(spans.filter((span) => !isQuery(span)).map((span) => span.resource))],
    queries: [...new Set(spans.filter(isQuery).map((span) => span.meta['db.statement'] ?? span.resource))],
  };
}
