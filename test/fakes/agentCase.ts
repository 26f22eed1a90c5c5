import type { AgentDeps, AgentReport } from '../../src/agents/agent';
import type { CaseFile } from '../../src/agents/caseFile';
import type { Evidence } from '../../src/domain/evidence';
import type { Hypothesis } from '../../src/domain/hypothesis';
import type { RunbookHit } from '../../src/domain/runbook';
import { failure, findings } from './findings';

export const SHA = 'a1b2c3d'.padEnd(40, '4');

export const fact = (id: string, summary: string, given: Partial<Evidence> = {}): Evidence => ({
  id,
  kind: 'metric',
  source: 'datadog',
  query: `query of ${id}`,
  from: null,
  to: null,
  summary,
  value: null,
  link: `https://app.example.test/${id}`,
  ...given,
});

export const hypothesis = (given: Partial<Hypothesis> = {}): Hypothesis => ({
  id: 'H1',
  title: 'Commit a1b2c3d "Tidy prices" broke shop',
  service: 'shop',
  kind: 'code_change',
  confidence: 0.8,
  commit: SHA,
  location: { file: 'shop/prices.js', line: 4, function: 'price' },
  workspace: null,
  evidenceFor: ['E3', 'E2'],
  evidenceAgainst: [],
  missing: ['an error with a stack trace: none was found'],
  confidenceFactors: [
    { name: 'strength', value: 0.9, reason: 'the check that customer.plan exists was removed; shares words with the symptoms: tier' },
  ],
  ...given,
});

export const runbook = (given: Partial<RunbookHit> = {}): RunbookHit => ({
  id: 'K1',
  origin: 'workspace',
  title: 'Orders fail',
  section: 'First checks',
  path: 'runbooks/orders.md',
  root: '/shop',
  line: 3,
  excerpt: 'Look at the orders.',
  score: 0.9,
  matched: ['orders', 'fail'],
  ...given,
});

/** A shop whose orders fail since a commit took a check away; a stock service and a flag are the other suspects. */
export function caseFile(given: Partial<CaseFile> = {}): CaseFile {
  return {
    alert: {
      title: 'Orders fail',
      service: 'shop',
      metric: 'shop.error_rate',
      threshold: 5,
      observed: 40,
      severity: 'high',
      firedAtMs: Date.UTC(2026, 0, 2, 12, 5),
      monitorId: 1,
      summary: 'More than 5 % of orders fail',
    },
    incident: {
      title: 'Orders fail',
      severity: 'high',
      service: 'shop',
      type: 'error_burst',
      startedAt: '2026-01-02T12:00:00.000Z',
      primarySymptom: "shop: TypeError: Cannot read properties of undefined (reading 'tier'); error rate of shop rose from 0.2 % to 40 %",
      blastRadius: ['shop', 'web'],
    },
    verdict: 'code',
    hypotheses: [
      hypothesis(),
      hypothesis({
        id: 'H2',
        title: 'Feature flag fast_prices: off->on',
        kind: 'feature_flag',
        commit: null,
        location: null,
        confidence: 0.2,
        evidenceFor: ['E4'],
        evidenceAgainst: ['E5'],
        missing: [],
      }),
    ],
    culprits: [
      { service: 'shop', score: 0.9 },
      { service: 'stock', score: 0.2 },
      { service: 'web', score: 0.1 },
    ],
    suspectCommits: [{ sha: SHA, score: 0.9, reasons: [], title: 'Tidy prices', author: 'Ada', committedAt: '2026-01-02T11:00:00Z' }],
    rootCauseCommit: SHA,
    evidence: [
      fact('E1', 'Monitor "Orders fail" is in state Alert: More than 5 % of orders fail', { kind: 'monitor' }),
      fact('E2', "shop failed 20 times since 12:00 UTC: Cannot read properties of undefined (reading 'tier')", { kind: 'error' }),
      fact('E3', 'Commit a1b2c3d "Tidy prices" changed shop/prices.js:4', { kind: 'commit', link: null }),
      fact('E4', 'Feature flag of shop, 16 min before the incident began: fast_prices: off->on', { kind: 'change' }),
      fact('E5', 'The error rate of shop was 0.2 % for 16 min after the flag', {}),
    ],
    findings: findings({ alertEvidence: ['E1'], failures: [failure({ evidence: 'E2' })] }),
    checks: [],
    ruledOut: [],
    runbooks: [],
    person: { role: null, records: [] },
    ...given,
  };
}

export interface TracedDeps extends AgentDeps {
  readonly reports: AgentReport[];
}

export function agentDeps(given: Partial<AgentDeps> = {}): TracedDeps {
  const reports: AgentReport[] = [];
  return {
    model: null,
    readPrompt: async (name) => `prompt of ${name}`,
    redaction: null,
    signal: new AbortController().signal,
    clock: { nowMs: () => 0 },
    limitMs: 5000,
    trace: (report) => reports.push(report),
    reports,
    ...given,
  };
}
