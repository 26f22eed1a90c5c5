import type { Investigation } from '../../src/domain/investigation';
import type { ModelSpending, PullProgress } from '../../src/domain/modelUse';
import type { SurveyProgress } from '../../src/domain/survey';
import type { OpenIncident } from '../../src/protocol/engineApi';
import type { EngineClient } from '../../src/ui/engineClient';

export const sha = 'a'.repeat(40);

/** An investigation of a code fault in `root`/src/cart.js line 3, with one hypothesis, one stack and one step. */
export function sampleInvestigation(root: string, changes: Partial<Investigation> = {}): Investigation {
  const workspace = { root, path: 'src/cart.js', line: 3, status: 'exact', score: 0.9, reason: 'same file' } as const;
  const location = { file: 'src/cart.js', line: 3, function: 'total' };
  const frame = { function: 'total', file: '/app/src/cart.js', line: 3, column: 1, kind: 'app', workspace, reason: 'same file' };
  return {
    schema: 1,
    alert: null,
    incident: {
      title: 'Checkout fails',
      severity: 'high',
      service: 'checkout',
      type: 'error_burst',
      startedAt: '2026-11-01T10:00:00Z',
      primarySymptom: 'POST /checkout answers 500',
      blastRadius: ['checkout'],
    },
    verdict: 'code',
    hypotheses: [
      {
        id: 'H1',
        title: 'A change to total() throws',
        service: 'checkout',
        kind: 'code_change',
        confidence: 0.82,
        commit: sha,
        location,
        workspace,
        evidenceFor: ['E1'],
        evidenceAgainst: [],
        missing: [],
        confidenceFactors: [],
      },
    ],
    culprits: [{ service: 'checkout', score: 1 }],
    suspectCommits: [{ sha, score: 1, reasons: [], title: 'Round totals', author: 'Ann', committedAt: '2026-11-01T09:00:00Z' }],
    rootCauseCommit: sha,
    evidence: [
      {
        id: 'E1',
        kind: 'error',
        source: 'datadog',
        query: 'service:checkout status:error',
        from: null,
        to: null,
        summary: 'TypeError in total()',
        value: 12,
        link: 'https://app.datadoghq.com/logs?query=x',
        stack: [{ type: 'TypeError', message: 'x is undefined', relation: null, frames: [frame] }],
      },
    ],
    charts: [],
    codeHits: [
      { location, workspace, service: 'checkout', resource: 'POST /checkout', requests: 120, errors: 3, p95Ms: 412, baselineP95Ms: 300 },
    ],
    forecasts: [],
    steps: [
      { id: 'S1', title: 'Look', rationale: 'It throws', action: 'open_code', minutes: 5, evidence: ['E1'], hypothesis: 'H1', link: null },
    ],
    recommendations: [],
    actions: [],
    trace: [],
    problems: [],
    usage: { ms: 900, apiCalls: 9, tokensIn: 0, tokensOut: 0, model: null },
    ...changes,
  };
}

export function sampleIncident(id: number, changes: Partial<OpenIncident['monitor']> = {}): OpenIncident {
  return {
    key: `monitor:${id}`,
    title: `Monitor ${id}`,
    service: 'checkout',
    link: `https://app.datadoghq.com/monitors/${id}`,
    monitor: {
      id,
      name: `Monitor ${id}`,
      type: 'metric alert',
      query: 'avg(last_5m):avg:x{*} > 1',
      message: '',
      tags: [],
      state: 'Alert',
      triggeredAtMs: 0,
      criticalThreshold: 1,
      warningThreshold: null,
      priority: null,
      ...changes,
    },
  };
}

type Answer = (params: unknown, signal: AbortSignal | undefined) => unknown;

export interface FakeEngine extends EngineClient {
  readonly asked: { name: string; params: unknown }[];
  /** Reports progress of the survey that was followed last. */
  tellSurvey: (progress: SurveyProgress) => void;
  /** Reports progress of the download that was followed last. */
  tellPull: (progress: PullProgress) => void;
  /** Reports what models took in a run. */
  tellSpending: (runId: string, spending: ModelSpending) => void;
  /** Reports progress of a run as the engine would. */
  tell: Parameters<EngineClient['follow']>[1] extends (event: infer E) => void ? (runId: string, event: E) => void : never;
}

/** An engine that gives the answers of a table; a name that it lacks never answers. */
export function createFakeEngine(answers: Record<string, Answer>): FakeEngine {
  const listeners = new Map<string, Parameters<EngineClient['follow']>[1]>();
  const asked: FakeEngine['asked'] = [];
  let surveyed: ((progress: SurveyProgress) => void) | null = null;
  let pulled: ((progress: PullProgress) => void) | null = null;
  const accounts = new Map<string, (spending: ModelSpending) => void>();
  const request = async (name: string, params: unknown, options?: { signal?: AbortSignal }) => {
    asked.push({ name, params });
    const { signal } = options ?? {};
    const aborted = new Promise((_, reject) => signal?.addEventListener('abort', () => reject(signal.reason)));
    return Promise.race([aborted, answers[name] ? answers[name](params, signal) : new Promise(() => undefined)]);
  };
  return {
    asked,
    request: request as EngineClient['request'],
    filesChanged: (paths) => void asked.push({ name: 'filesChanged', params: paths }),
    tell: (runId, event) => listeners.get(runId)?.(event),
    tellSurvey: (progress) => surveyed?.(progress),
    followSurvey(_surveyId, listener) {
      surveyed = listener;
      return {
        dispose() {
          if (surveyed === listener) surveyed = null;
        },
      };
    },
    followForecasts: () => ({ dispose: () => undefined }),
    tellPull: (progress) => pulled?.(progress),
    tellSpending: (runId, spending) => accounts.get(runId)?.(spending),
    followPull(_runId, listener) {
      pulled = listener;
      return {
        dispose() {
          pulled = null;
        },
      };
    },
    followSpending(runId, listener) {
      accounts.set(runId, listener);
      return { dispose: () => void accounts.delete(runId) };
    },
    follow(runId, listener) {
      listeners.set(runId, listener);
      return { dispose: () => void listeners.delete(runId) };
    },
    dispose: () => undefined,
  };
}
