import type { AnswerStage } from '../src/domain/agentTrace';
import type { EvidenceKind } from '../src/domain/evidence';
import { anomalyWord } from '../src/domain/forecastWords';
import type { LineStatus } from '../src/domain/frame';
import type { NextQuery } from '../src/domain/hypothesis';
import type { Verdict } from '../src/domain/incident';
import type { RuledOut } from '../src/domain/incidentCheck';
import type { Recommendation, StageName, StageStatus, Step } from '../src/domain/investigation';
import type { Severity } from '../src/domain/monitor';
import type { PanelTab } from '../src/protocol/panelApi';

/** What a badge looks like; its text always says the same as its colour. */
export type Tone = 'bad' | 'warn' | 'info' | 'good' | 'neutral';

export interface Label {
  readonly text: string;
  /** A name from the codicon font. */
  readonly icon: string;
  readonly tone: Tone;
}

export const tabLabels: Readonly<Record<PanelTab, string>> = {
  overview: 'Overview',
  evidence: 'Evidence',
  forecast: 'Forecast',
  hypotheses: 'Hypotheses',
  steps: 'Steps',
  trace: 'Agent trace',
};

export const stageLabels: Readonly<Record<StageName, string>> = {
  gather: 'Gather',
  perceive: 'Perceive',
  diagnose: 'Diagnose',
  guide: 'Guide',
  recommend: 'Recommend',
};

export const stageStatuses: Readonly<Record<StageStatus, Label>> = {
  waiting: { text: 'waiting', icon: 'circle-large', tone: 'neutral' },
  running: { text: 'running', icon: 'loading', tone: 'info' },
  done: { text: 'done', icon: 'pass-filled', tone: 'good' },
  failed: { text: 'failed', icon: 'error', tone: 'bad' },
  cancelled: { text: 'cancelled', icon: 'circle-slash', tone: 'warn' },
};

export const severities: Readonly<Record<Severity, Label>> = {
  critical: { text: 'Critical', icon: 'flame', tone: 'bad' },
  high: { text: 'High', icon: 'error', tone: 'bad' },
  medium: { text: 'Medium', icon: 'warning', tone: 'warn' },
  low: { text: 'Low', icon: 'info', tone: 'info' },
  unknown: { text: 'Severity unknown', icon: 'question', tone: 'neutral' },
};

export const verdicts: Readonly<Record<Verdict, Label>> = {
  code: { text: 'Code change', icon: 'git-commit', tone: 'bad' },
  configuration: { text: 'Configuration', icon: 'settings-gear', tone: 'warn' },
  infrastructure: { text: 'Infrastructure', icon: 'server-environment', tone: 'warn' },
  external: { text: 'Outside dependency', icon: 'globe', tone: 'warn' },
  healthy: { text: 'Healthy', icon: 'pass', tone: 'good' },
  inconclusive: { text: 'Inconclusive', icon: 'question', tone: 'neutral' },
};

export const verdictSentences: Readonly<Record<Verdict, string>> = {
  code: 'A code change is to blame',
  configuration: 'A configuration change is to blame',
  infrastructure: 'The infrastructure is at fault',
  external: 'A dependency outside is at fault',
  healthy: 'Nothing is wrong: the signals are where they usually are',
  inconclusive: 'The evidence does not settle the cause',
};

/** Why no commit is named. */
export const noCommitSentences: Readonly<Record<Verdict, string>> = {
  code: 'The evidence is not enough to name one commit.',
  configuration: 'No commit is to blame: a configuration change explains it.',
  infrastructure: 'No commit is to blame: the infrastructure explains it.',
  external: 'No commit is to blame: the fault lies in a dependency.',
  healthy: 'No commit is to blame: nothing is wrong.',
  inconclusive: 'No commit is named: the evidence does not settle the cause.',
};

export const evidenceKinds: Readonly<Record<EvidenceKind, { readonly text: string; readonly icon: string }>> = {
  monitor: { text: 'Monitor', icon: 'bell' },
  metric: { text: 'Metrics', icon: 'graph-line' },
  error: { text: 'Errors', icon: 'bug' },
  spans: { text: 'Spans', icon: 'list-tree' },
  trace: { text: 'Traces', icon: 'list-tree' },
  logs: { text: 'Logs', icon: 'output' },
  change: { text: 'Changes', icon: 'rocket' },
  commit: { text: 'Commits', icon: 'git-commit' },
  dependency: { text: 'Dependencies', icon: 'type-hierarchy' },
  forecast: { text: 'Forecasts', icon: 'graph' },
};

export const lineStatuses: Readonly<Record<LineStatus, Label>> = {
  exact: { text: 'exact', icon: 'pass', tone: 'good' },
  moved: { text: 'moved', icon: 'arrow-swap', tone: 'info' },
  edited: { text: 'edited since', icon: 'edit', tone: 'warn' },
  deleted: { text: 'deleted since', icon: 'trash', tone: 'bad' },
  unknown: { text: 'unsure', icon: 'question', tone: 'neutral' },
};

export const stepActions: Readonly<Record<Step['action'], { readonly text: string; readonly icon: string }>> = {
  open_code: { text: 'Open code', icon: 'go-to-file' },
  open_link: { text: 'Open page', icon: 'link-external' },
  run_query: { text: 'Open query', icon: 'search' },
  roll_back: { text: 'Show change', icon: 'discard' },
  contact: { text: 'Show details', icon: 'person' },
  verify: { text: 'Open check', icon: 'checklist' },
};

export const recommendationKinds: Readonly<Record<Recommendation['kind'], string>> = {
  monitor_tuning: 'Monitor',
  dashboard: 'Dashboard',
  slo: 'SLO',
  test: 'Test',
  instrumentation: 'Instrumentation',
  shortcut: 'Shortcut',
  hypothesis: 'Idea to check',
};

/** Where the next look goes. */
export const nextLookSources: Readonly<Record<NextQuery['source'], string>> = {
  metrics: 'Metrics',
  logs: 'Logs',
  spans: 'Spans',
  changes: 'Changes',
  code: 'Code',
  person: 'Ask',
};

/** Who gave an agent's answer. */
export const answerStages: Readonly<Record<AnswerStage, Label>> = {
  model: { text: 'model', icon: 'sparkle', tone: 'info' },
  coerced: { text: 'model, corrected by code', icon: 'sparkle', tone: 'info' },
  repaired: { text: 'model, at the second try', icon: 'tools', tone: 'warn' },
  fallback: { text: 'code', icon: 'code', tone: 'neutral' },
};

const incidentTypes: Readonly<Record<RuledOut['type'], string>> = {
  memory_exhaustion: 'Memory exhaustion',
  cpu_saturation: 'CPU saturation',
  network_latency: 'Network latency',
  connection_pool: 'Database connections',
  disk_space: 'Disk space',
  crash_loop: 'Crash loop',
  error_burst_after_deploy: 'Errors after a deployment',
  latency_regression: 'Latency regression',
  dependency_outage: 'Outage of a dependency',
  configuration_change: 'Configuration or flag change',
  expired_certificate: 'Expired certificate',
  quota_exceeded: 'Quota or rate limit',
  traffic_surge: 'Traffic surge',
  contention: 'Lock or queue contention',
  healthy: 'Healthy, recovered or false alarm',
  code_change: 'Code change',
};

export const incidentTypeLabel = (type: RuledOut['type']): string => incidentTypes[type] ?? spaced(type);

export function anomalyLabel(score: number): Label {
  const text = anomalyWord(score);
  if (text === 'anomalous') return { text, icon: 'warning', tone: 'bad' };
  return text === 'unusual' ? { text, icon: 'info', tone: 'warn' } : { text, icon: 'pass', tone: 'good' };
}

export const dropLabel: Label = { text: 'drop', icon: 'arrow-down', tone: 'warn' };

/** `code_change` as a person writes it. */
export function spaced(identifier: string): string {
  return identifier.replaceAll('_', ' ');
}
