import type { CodeFindings } from '../diagnosis/codeFindings';
import type { Findings } from '../diagnosis/findings';
import { formatSha } from '../domain/format';
import { gapTask } from '../domain/gap';
import type { Hypothesis, NextQuery } from '../domain/hypothesis';
import { oneLine } from '../domain/plainText';
import type { Telemetry } from '../domain/ports';
import type { TimeWindow } from '../domain/timeSeries';
import { metricQuery, plainTag, searchAll, searchTerm } from './queries';

/** What is known when the next question is asked. */
export interface NextQueryInput {
  readonly findings: Findings;
  readonly code: Pick<CodeFindings, 'hasRepository'>;
  readonly env: string | null;
  /** The query of the alerting metric; null where the alert has none. */
  readonly alertQuery: string | null;
  /** What the questions look at: the incident and the quiet hour before it. */
  readonly window: TimeWindow;
  readonly telemetry: Pick<Telemetry, 'linkTo'>;
}

const MAX_TITLE = 160;

type Question = Omit<NextQuery, 'link'>;

/** What to do to settle most of a hypothesis: its largest gap, as a query to run, or whom to ask. The title tells somebody to do it. */
export function nextQuery(hypothesis: Hypothesis, input: NextQueryInput): NextQuery | null {
  const asked = questionOf(hypothesis, input);
  if (asked === null) return null;
  const question = { ...asked, title: oneLine(asked.title, MAX_TITLE) };
  const { source, query } = question;
  const { window, telemetry } = input;
  if (source === 'metrics') return { ...question, link: telemetry.linkTo({ kind: 'metric', query, window }) };
  return { ...question, link: source === 'logs' || source === 'spans' ? telemetry.linkTo({ kind: source, query, window }) : null };
}

function questionOf(hypothesis: Hypothesis, input: NextQueryInput): Question | null {
  const { kind, service, commit } = hypothesis;
  if (kind === 'healthy') return alertAgain(input);
  if (commit !== null) return aboutCommit(commit, service, input);
  if (kind === 'dependency_outage' || kind === 'infrastructure_outage') return owner(hypothesis);
  if (kind === 'configuration_change' || kind === 'feature_flag') return change(service, input);
  if (service === null) return alertAgain(input);
  if (kind === 'traffic_surge') return spans(`Split the requests of ${service} by client and route`, service, input);
  if (kind === 'resource_exhaustion') return resource(hypothesis, service, input) ?? owner(hypothesis);
  return place(service, input);
}

/** Whether the metric stays where it is. */
function alertAgain({ alertQuery }: NextQueryInput): Question | null {
  if (alertQuery === null) return null;
  return { title: 'Watch the alerting metric for another quarter of an hour', source: 'metrics', query: alertQuery };
}

/** A commit is settled by what it changed, and by errors that lead into it. */
function aboutCommit(commit: string, service: string | null, input: NextQueryInput): Question {
  if (!input.code.hasRepository)
    return {
      title: `Read what commit ${formatSha(commit)} changed, in the repository that holds it`,
      source: 'code',
      query: `git show ${commit}`,
    };
  if (service !== null && !hasStacks(service, input.findings)) return stacks(service, input);
  return {
    title: `Check whether what commit ${formatSha(commit)} changed was changed again since`,
    source: 'code',
    query: `git log --oneline ${commit}..HEAD`,
  };
}

function owner({ missing, service }: Hypothesis): Question {
  const task = missing.map(gapTask).find((one) => one !== null);
  return {
    title: task ?? `Ask those who run what ${service ?? 'the service'} calls whether they know of trouble`,
    source: 'person',
    query: '',
  };
}

function change(service: string | null, { env }: NextQueryInput): Question {
  const scope = searchAll(service === null ? null : searchTerm('service', service), env === null ? null : searchTerm('env', env));
  return { title: `Find out who changed ${service ?? 'the settings'}, and whether taking it back helps`, source: 'changes', query: scope };
}

/** The resource that ran out, for each instance: one that is full alone is another cause than all of them. */
function resource({ evidenceFor }: Hypothesis, service: string, { findings, env }: NextQueryInput): Question | null {
  const worst = findings.metrics
    .filter((metric) => metric.service === service && metric.change.kind === 'saturation')
    .filter(({ evidence }) => evidence !== null && evidenceFor.includes(evidence))
    .reduce<Findings['metrics'][number] | null>((best, one) => (best !== null && best.change.score >= one.change.score ? best : one), null);
  if (worst === null || !plainTag(service)) return null;
  const { metric } = worst.change.series;
  const filters = [`service:${service}`, ...(env !== null && plainTag(env) ? [`env:${env}`] : [])];
  return { title: `Split ${metric} of ${service} by host`, source: 'metrics', query: metricQuery('max', metric, filters, ['host']) };
}

/** Where only the place is known: what is missing there of errors with stacks, requests and messages, in this order. */
function place(service: string, input: NextQueryInput): Question {
  const { failures, during } = input.findings;
  if (failures.some((failure) => failure.service === service) && !hasStacks(service, input.findings)) return stacks(service, input);
  const isTraced = during.some(({ nodes }) => nodes.some(({ span }) => span.service === service));
  if (!isTraced) return spans(`Look at the slowest and the failing requests of ${service}`, service, input);
  return {
    title: `Read the warnings and errors that ${service} logs`,
    source: 'logs',
    query: scoped(service, input, 'status:(warn OR error)'),
  };
}

const hasStacks = (service: string, { failures }: Findings) =>
  failures.some((failure) => failure.service === service && failure.stack.length > 0);

function stacks(service: string, input: NextQueryInput): Question {
  return { title: `Look for errors of ${service} with a stack trace`, source: 'logs', query: scoped(service, input, '@error.stack:*') };
}

function spans(title: string, service: string, input: NextQueryInput): Question {
  return { title, source: 'spans', query: scoped(service, input) };
}

function scoped(service: string, { env }: NextQueryInput, ...terms: readonly string[]): string {
  return searchAll(searchTerm('service', service), env === null ? null : searchTerm('env', env), ...terms);
}
