import { type SourceReading, type Sources, sharedReading, unread } from '../../diagnosis/sources';
import type { CallGraph } from '../../signals/topology';
import type { Gathered } from '../gathered';
import { EVENT_LIMIT } from '../queries';
import type { Run } from '../run';
import { serviceOf } from './seriesNames';

const LOGS = ['datadog.errorLogs', 'datadog.logs', 'datadog.quietLogs'] as const;
const SPANS = ['datadog.errorSpans', 'datadog.spans', 'datadog.quietSpans'] as const;
/** Errors beyond the limit of a search may be of another kind than those that were read. */
const CUT = 0.8;
/** Calls that sampled traces show are those of some requests only. */
const SAMPLED_CALLS = 0.8;
/** A metric that this share of the services reports is one that the others lack. */
const COMMON = 0.5;
/** Services differ: so much of what most of them report is all that is there to read. */
const ORDINARY = 0.9;
/** With fewer services none is the odd one out. */
const MIN_SERVICES = 3;

/** How far each source was read: which questions were answered, with how much, and whether the answer was cut at its limit. */
export function readSources(gathered: Gathered, graph: CallGraph, run: Run): Sources {
  const { errorLogs, logs, quietLogs, errorSpans, spans, quietSpans, dependencies, alertSeries } = gathered;
  const isFailed = (question: string) => run.unanswered.has(question);
  const events = (questions: readonly string[], answers: readonly { readonly items: readonly unknown[] }[]): SourceReading => {
    const failed = questions.filter(isFailed).length;
    if (answers.every(({ items }) => items.length === 0)) return unread(failed > 0 ? 'failed' : 'absent');
    const isCut = (answers[0]?.items.length ?? 0) >= EVENT_LIMIT;
    return sharedReading((1 - failed / questions.length) * (isCut ? CUT : 1));
  };
  const hasDependencies = Object.keys(dependencies).length > 0;
  return {
    metrics: readMetrics(gathered, isFailed('datadog.metrics') || isFailed('datadog.metricNames')),
    logs: events(LOGS, [errorLogs, logs, quietLogs]),
    spans: events(SPANS, [errorSpans, spans, quietSpans]),
    calls:
      graph.size > 0 ? sharedReading(hasDependencies ? 1 : SAMPLED_CALLS) : unread(isFailed('datadog.dependencies') ? 'failed' : 'absent'),
    alert: alertSeries !== null ? sharedReading(1) : unread(isFailed('datadog.alertMetric') ? 'failed' : 'absent'),
    changes: isFailed('datadog.changes') || isFailed('git.history') ? unread('failed') : sharedReading(1),
  };
}

/** Of the metrics that most services report, the share that was found of each: the fault may show in one that a service lacks. */
function readMetrics({ metrics, alertQuery }: Gathered, isFailed: boolean): SourceReading {
  const found = metrics.filter(({ query, series }) => query !== alertQuery && series.length > 0);
  if (found.length === 0) return unread(isFailed ? 'failed' : 'absent');
  const reporting = found.map(({ series }) => new Set(series.map(serviceOf).filter((service) => service !== null)));
  const services = new Set(reporting.flatMap((names) => [...names])).size;
  const common = reporting.filter(({ size }) => size >= MIN_SERVICES && size >= COMMON * services);
  const cells = common.length * services;
  const filled = common.reduce((sum, { size }) => sum + size, 0);
  return sharedReading((cells === 0 ? 1 : Math.min(1, filled / cells / ORDINARY)) * (isFailed ? CUT : 1));
}
