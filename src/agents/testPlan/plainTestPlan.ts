import type { FailureFinding } from '../../diagnosis/findings';
import { formatSha } from '../../domain/format';
import type { Hypothesis } from '../../domain/hypothesis';
import { oneLine } from '../../domain/plainText';
import type { TestCase, TestPlan } from '../../domain/testPlan';
import { type CaseFile, mainReason } from '../caseFile';
import { clipWords } from '../clip';

const said = (text: string, maxCharacters = 160) => clipWords(oneLine(text).replace(/[.\s]+$/, ''), maxCharacters);

/** The explanation whose fix a plan is for: the best one, where it blames code at a known place; null otherwise. */
export function fixedHypothesis({ hypotheses: [best], verdict }: CaseFile): Hypothesis | null {
  return best && verdict === 'code' && best.location !== null ? best : null;
}

type Draft = Omit<TestCase, 'id'>;

/** A plan for the fix of the best hypothesis: see it fail, guard the mechanism, keep what worked, and look at who depends on it. */
export function plainTestPlan(file: CaseFile): TestPlan | null {
  const best = fixedHypothesis(file);
  if (best?.location == null) return null;
  const where = best.location.function ?? best.location.file;
  const drafts = [
    reproduces(file, best, where),
    guards(file, best, where),
    ...counts(file, where),
    keeps(best, where),
    ...reaches(file, best),
  ];
  return {
    title: `Tests for the fix of ${where}`,
    cases: drafts.map((draft, index) => ({ id: `TC${String(index + 1).padStart(3, '0')}`, ...draft })),
    evidence: best.evidenceFor.slice(0, 6),
  };
}

const failureOf = ({ findings }: CaseFile, { service }: Hypothesis): FailureFinding | undefined =>
  findings.failures.find((failure) => failure.service === service) ?? findings.failures[0];

const errorOf = ({ type, message }: FailureFinding) => said([type, message].filter(Boolean).join(': ') || 'an error');

/** The request that failed, as the telemetry names it. */
function requestOf(file: CaseFile, best: Hypothesis): string {
  const { repeats, slow } = file.findings;
  const resource = failureOf(file, best)?.span?.resource ?? repeats[0]?.call.parent.span.resource ?? slow[0]?.operation.during.resource;
  return resource === undefined
    ? `a request to ${best.service ?? 'the service'}`
    : `"${said(resource, 100)}" of ${best.service ?? 'the service'}`;
}

/** The facts that show requests; a commit shows none. */
function inputIn({ evidenceFor }: Hypothesis, { evidence }: CaseFile): string {
  const shown = evidenceFor.filter((id) => evidence.find((fact) => fact.id === id)?.kind !== 'commit').slice(0, 3);
  return shown.length === 0 ? '' : `; the evidence shows some: ${shown.join(', ')}`;
}

function reproduces(file: CaseFile, best: Hypothesis, where: string): Draft {
  const failure = failureOf(file, best);
  const seen = failure ? `the error "${errorOf(failure)}"` : said(file.incident.primarySymptom);
  return {
    title: failure ? `${where} handles the input that failed in the incident` : `${where} is as quick as before the incident`,
    description: `Reproduces the incident: fails before the fix, passes after it.`,
    category: 'Regression',
    priority: 'High',
    steps: [
      best.commit === null
        ? 'Use the version that was deployed when the incident began.'
        : `Use the version with commit ${formatSha(best.commit)}.`,
      `Send ${requestOf(file, best)} with the input of a ${failure ? 'failing' : 'slow'} request${inputIn(best, file)}.`,
      `See ${failure ? 'it fail' : 'the trouble'} as in the incident: ${seen.replace(/…$/, ' …')}.`,
      'Apply the fix and send the same again.',
      failure
        ? 'Expect a successful answer and no error in the log.'
        : 'Expect an answer within the time that was usual before the incident.',
    ],
  };
}

/** What to hold on to for the mechanisms that a change can bring; the reason names it in words of its own. */
const GUARDS: readonly (readonly [RegExp, string])[] = [
  [
    /\b(?:timeouts?|time limits?|deadlines?)\b/i,
    'Let the callee take a little longer than the new limit and expect the call to succeed or to fall back.',
  ],
  [
    /\b(?:pools?|connections?|workers?|concurren\w*)\b/i,
    'Hold as many requests open at once as at peak time and expect none to wait for a free connection or worker.',
  ],
  [/\b(?:cach\w+|ttl|memo\w*)\b/i, 'Ask for the same twice and expect the second answer without a call to what lies behind.'],
  [/\b(?:retr(?:y|ies)|back-?off)\b/i, 'Let the callee fail and expect a bounded number of attempts with growing pauses.'],
  [/\b(?:quer(?:y|ies)|rows?|index|sql|limit)\b/i, 'Ask with many rows and expect a bounded number of queries and rows read.'],
  [
    /\b(?:null|undefined|guards?|checks?|optional)\b/i,
    'Leave the value out, and give it empty, and expect a clear answer instead of an error.',
  ],
  [/\b(?:dependenc(?:y|ies)|versions?|upgrades?)\b/i, 'Run the calls that the dependency serves with the version that is deployed.'],
];

/** Files, identifiers and quotes have words that say nothing about the mechanism: `services/checkout/index.js`. */
const withoutPlaces = (reason: string) => reason.replace(/"[^"]*"|\S*[./_]\S*\w/g, ' ');

function guards({ findings }: CaseFile, best: Hypothesis, where: string): Draft {
  const why = said(mainReason(best));
  const guard =
    GUARDS.find(([pattern]) => pattern.test(withoutPlaces(why)))?.[1] ??
    'Give the smallest, the largest and an unusual input, and expect the answer from before the change.';
  return {
    title: `The cause cannot come back in ${where}`,
    description: `Guards against what was found: ${why}.`,
    category: findings.symptom === 'latency' || findings.symptom === 'saturation' ? 'Performance' : 'Error Handling',
    priority: 'High',
    steps: [`Test ${best.location?.file ?? where} on its own.`, guard, 'Put the change that was blamed back and see this test fail.'],
  };
}

/** Calls that repeat are counted: a number of calls does not depend on the machine, a time does. */
function counts({ findings }: CaseFile, where: string): readonly Draft[] {
  const repeat = findings.repeats[0];
  if (!repeat) return [];
  return [
    {
      title: `${where} makes a fixed number of calls`,
      description: `One request made ${Math.round(repeat.call.calls)} calls of "${said(repeat.call.resource, 100)}".`,
      category: 'Performance',
      priority: 'High',
      steps: ['Count the calls of one request with one item.', 'Count them with fifty items.', 'Expect the same number.'],
    },
  ];
}

function keeps(best: Hypothesis, where: string): Draft {
  return {
    title: `What worked before still works in ${where}`,
    description: `Keeps the fix of ${best.location?.file ?? where} from breaking its other callers.`,
    category: 'Functional',
    priority: 'Medium',
    steps: [
      `Run the tests that reach ${where}.`,
      'Send an ordinary request and compare the answer with the one before the change.',
      'Expect no difference.',
    ],
  };
}

function reaches({ incident }: CaseFile, { service }: Hypothesis): readonly Draft[] {
  const others = incident.blastRadius.filter((name) => name !== service).slice(0, 3);
  if (others.length === 0) return [];
  return [
    {
      title: `${others.join(', ')} recover together with ${service ?? 'the service'}`,
      description: 'They suffered in the incident.',
      category: 'Integration',
      priority: 'Medium',
      steps: [
        `Deploy the fix of ${service ?? 'the service'} to a test system.`,
        `Send requests through ${others.join(', ')}.`,
        'Expect their usual share of errors and their usual times.',
      ],
    },
  ];
}
