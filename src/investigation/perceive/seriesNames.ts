import { type TimeSeries, tagValue } from '../../domain/timeSeries';

const TRACED = /^trace\.(.+?)(?:\.(hits|errors))?$/;
const TRACED_WORDS: Readonly<Record<string, string>> = { hits: 'requests', errors: 'errors' };

/** What the called end of a call measures is about that end, whoever the peer is. */
const SERVER_END = /(^|[._])server[._]/;

/** The service that a series is about: the one called, for what a client measures. null for a host's, and without a tag. */
export function serviceOf(series: TimeSeries): string | null {
  const named = (key: string) => {
    const value = tagValue(series.tags, key);
    return value === '' || value === 'N/A' ? null : value;
  };
  return (SERVER_END.test(series.metric) ? null : named('peer.service')) ?? named('service');
}

/** `p95 latency of express.request`, `errors of express.request`, or the metric's own name. */
export function labelOf(metric: string, query: string): string {
  const [, operation, counted] = TRACED.exec(metric) ?? [];
  if (operation === undefined) return metric;
  if (counted !== undefined) return `${TRACED_WORDS[counted] ?? counted} of ${operation}`;
  const aggregator = /^\s*(p\d+):/.exec(query)?.[1];
  return `${aggregator === undefined ? '' : `${aggregator} `}latency of ${operation}`;
}

/** `checkout · errors of express.request`; the host where it is a host's. */
export function titleOf(service: string | null, label: string, host: string | null = null): string {
  return [service, label, host].filter((part) => part !== null && part !== '').join(' · ');
}

/** A series for a sentence: `p95 latency of express.request in checkout`, `cpu.usage of shop`. */
export function seriesWords(series: TimeSeries, query: string): string {
  const label = labelOf(series.metric, query);
  const whose = serviceOf(series) ?? tagValue(series.tags, 'host');
  if (whose === null || whose === '' || whose === 'N/A') return label;
  return `${label} ${label === series.metric ? 'of' : 'in'} ${whose}`;
}

/**
 * What a traced series measures, be it the requests that a service answers or those it sends on: `checkout errors`. The two rise and
 * fall together, so one of them is enough where space is scarce. null for other metrics.
 */
export function tracedKind(series: TimeSeries): string | null {
  const [, operation, counted] = TRACED.exec(series.metric) ?? [];
  if (operation === undefined || !/(^|[._-])(https?|web|grpc|rpc|servlet|express|request)([._-]|$)/i.test(operation)) return null;
  return `${serviceOf(series) ?? ''} ${counted ?? 'latency'}`;
}
