import type { CodeFindings, CodeSuspect } from '../../src/diagnosis/codeFindings';
import type {
  DatabaseWork,
  FailureFinding,
  Findings,
  GaugeFinding,
  MetricFinding,
  Statement,
  TemplateFinding,
  WorkloadFinding,
} from '../../src/diagnosis/findings';
import { sourcesRead } from '../../src/diagnosis/sources';
import type { Change } from '../../src/domain/change';
import { resourceOf } from '../../src/signals/gauges/resource';
import { metricKind } from '../../src/signals/metricKind';
import type { SeriesChange } from '../../src/signals/seriesChange';
import { callGraph } from '../../src/signals/topology';
import { series } from './spans';

export const ONSET_MS = Date.UTC(2026, 0, 2, 12);
const MINUTE_MS = 60_000;

/** Findings of a service `shop` that alerts, in which nothing was found yet. */
export function findings(given: Partial<Findings> = {}): Findings {
  return {
    alerting: 'shop',
    onsetMs: ONSET_MS,
    isOnsetSeen: true,
    alertState: 'active',
    recoveredAtMs: null,
    past: new Set(),
    isAlerting: true,
    calmEvidence: null,
    symptom: 'errors',
    alertWords: null,
    alertEvidence: ['E1', 'E2'],
    graph: callGraph({ web: ['shop'], shop: ['stock'], stock: ['db'] }),
    metrics: [],
    failures: [],
    repeats: [],
    slow: [],
    silentCalls: [],
    templates: [],
    during: [],
    before: [],
    firstFailing: 'shop',
    path: ['shop'],
    blastRadius: ['shop'],
    changes: [],
    issues: [],
    gauges: [],
    statements: [],
    workloads: [],
    databaseWork: [],
    sources: sourcesRead(),
    ...given,
  };
}

export function failure(given: Partial<FailureFinding> = {}): FailureFinding {
  return {
    service: 'shop',
    peer: null,
    type: 'TypeError',
    message: 'x is undefined',
    count: 10,
    stack: [],
    span: null,
    firstSeenMs: ONSET_MS,
    lastSeenMs: ONSET_MS + 10 * MINUTE_MS,
    evidence: 'E10',
    ...given,
  };
}

export function metric(name: string, given: Partial<Omit<MetricFinding, 'change'>> & Partial<SeriesChange> = {}): MetricFinding {
  const { service = 'shop', correlation = 0, pairs = 60, query = name, evidence = 'E20', ...change } = given;
  const unit = given.series?.unit ?? null;
  return {
    service,
    correlation,
    pairs,
    query,
    evidence,
    change: {
      series: series([], { metric: name, unit }),
      kind: metricKind(name, unit),
      before: 10,
      during: 50,
      direction: 'up',
      isHarmful: true,
      score: 3,
      ...change,
    },
  };
}

export function template(message: string, given: Partial<TemplateFinding> = {}): TemplateFinding {
  return {
    service: 'shop',
    lastSeenMs: ONSET_MS + 10 * MINUTE_MS,
    evidence: 'E30',
    change: { template: message, example: message, before: 0, during: 9, isNew: true },
    ...given,
  };
}

export function gauge(name: string, given: Partial<GaugeFinding> = {}): GaugeFinding {
  return {
    service: 'shop',
    metric: name,
    unit: null,
    instance: null,
    resource: resourceOf(name) ?? 'load',
    state: 'calm',
    first: 10,
    worst: given.last ?? 10,
    last: 10,
    movedAtMs: null,
    query: name,
    evidence: 'E70',
    ...given,
  };
}

export function statement(text: string, given: Partial<Statement> = {}): Statement {
  return { source: 'log', service: 'shop', text, atMs: ONSET_MS, lastMs: ONSET_MS, count: 9, isTrouble: true, evidence: 'E60', ...given };
}

export function workload(name: string, given: Partial<WorkloadFinding> = {}): WorkloadFinding {
  return {
    kind: 'pod',
    name,
    service: 'shop',
    isReady: true,
    isLeaving: false,
    restarts: 0,
    reason: null,
    text: `Pod ${name}`,
    evidence: 'E80',
    ...given,
  };
}

export function databaseWork(kind: DatabaseWork['kind'], name: string, load: number, given: Partial<DatabaseWork> = {}): DatabaseWork {
  return { kind, service: 'shop', name, load, waits: [], evidence: 'E90', ...given };
}

export function change(kind: Change['kind'], minutesBefore: number, given: Partial<Change> = {}) {
  return {
    evidence: 'E40',
    change: {
      timestampMs: ONSET_MS - minutesBefore * MINUTE_MS,
      kind,
      service: 'shop',
      title: `${kind} of shop`,
      text: '',
      author: null,
      version: null,
      commit: null,
      attributes: {},
      ...given,
    },
  };
}

export function suspect(given: Partial<CodeSuspect> = {}): CodeSuspect {
  return {
    sha: 'a'.repeat(40),
    title: 'Tidy prices',
    service: 'shop',
    score: 0.9,
    reasons: ['changed the failing line'],
    evidenceClass: 'decisive',
    location: { file: 'shop/prices.js', line: 9, function: 'price' },
    workspace: null,
    evidence: 'E50',
    mechanism: null,
    explains: [],
    isToBlame: true,
    ...given,
  };
}

export function code(given: Partial<CodeFindings> = {}): CodeFindings {
  return { hasRepository: true, suspects: [], place: null, absentCommits: [], ...given };
}
