import type { AgentCall } from './agentTrace';
import type { CodeHit, Evidence } from './evidence';
import type { Forecast } from './forecast';
import type { Culprit, Hypothesis, SuspectCommit } from './hypothesis';
import type { Incident, Verdict } from './incident';
import type { IncidentCheck, RuledOut } from './incidentCheck';
import type { ModelSpending } from './modelUse';
import type { Alert } from './monitor';
import type { RunbookHit } from './runbook';
import type { TestPlan } from './testPlan';
import type { TimeSeries } from './timeSeries';

export type StageName = 'gather' | 'perceive' | 'diagnose' | 'guide' | 'recommend';

export const STAGES: readonly StageName[] = ['gather', 'perceive', 'diagnose', 'guide', 'recommend'];

/** One line of the record of what ran. */
export interface TraceEntry {
  /** ISO 8601 UTC. */
  readonly at: string;
  readonly stage: StageName;
  /** Who did it: `datadog.spans`, `git.history`, `signals.traces`, … */
  readonly agent: string;
  readonly ms: number;
  readonly ok: boolean;
  readonly note: string;
  /** What an agent was given and answered; absent for sources and computation. */
  readonly call?: AgentCall;
}

/** A next step for the person on call. */
export interface Step {
  readonly id: string;
  readonly title: string;
  readonly rationale: string;
  readonly action: 'open_code' | 'open_link' | 'run_query' | 'roll_back' | 'contact' | 'verify';
  readonly minutes: number;
  /** Evidence, hypothesis or commit that the step is about. */
  readonly evidence: readonly string[];
  readonly hypothesis: string | null;
  readonly link: string | null;
  /** Ids of the runbook sections that the step comes from. */
  readonly runbooks?: readonly string[];
}

/** Something to improve once the fire is out. */
export interface Recommendation {
  readonly id: string;
  readonly kind: 'monitor_tuning' | 'dashboard' | 'slo' | 'test' | 'instrumentation' | 'shortcut' | 'hypothesis';
  readonly title: string;
  readonly rationale: string;
  readonly evidence: readonly string[];
}

/** A chart of the alerting metric for the overview. */
export interface MetricChart {
  readonly title: string;
  readonly query: string;
  readonly unit: string | null;
  readonly series: readonly TimeSeries[];
  readonly threshold: number | null;
  readonly alertAtSec: number | null;
  /** Changes to mark on the time axis. */
  readonly marks: readonly { readonly atSec: number; readonly label: string }[];
}

export interface Usage {
  readonly ms: number;
  readonly apiCalls: number;
  readonly tokensIn: number;
  readonly tokensOut: number;
  readonly model: string | null;
  /** US dollars; null where no price is known, absent where no model was asked. */
  readonly costUsd?: number | null;
  /** What models took of what they may take; absent where no model is set. */
  readonly spending?: ModelSpending;
}

/** Everything that an investigation found; `aidog investigate --json` prints it. */
export interface Investigation {
  readonly schema: 1;
  readonly alert: Alert | null;
  readonly incident: Incident;
  /** Two or three sentences for whoever joins now. */
  readonly summary?: string;
  readonly verdict: Verdict;
  readonly hypotheses: readonly Hypothesis[];
  /** What each analyser saw, also where that is nothing. */
  readonly checks?: readonly IncidentCheck[];
  readonly ruledOut?: readonly RuledOut[];
  readonly culprits: readonly Culprit[];
  readonly suspectCommits: readonly SuspectCommit[];
  /** null: no commit is to blame, or not enough evidence. Never a guess. */
  readonly rootCauseCommit: string | null;
  readonly evidence: readonly Evidence[];
  readonly charts: readonly MetricChart[];
  readonly codeHits: readonly CodeHit[];
  readonly forecasts: readonly Forecast[];
  readonly steps: readonly Step[];
  readonly recommendations: readonly Recommendation[];
  /** Sections of runbooks that fit, best first; steps cite them. */
  readonly runbooks?: readonly RunbookHit[];
  /** How to test the fix of the best hypothesis; null where no code is to blame. */
  readonly testPlan?: TestPlan | null;
  /** Acting on a system is not part of an investigation yet; always empty. */
  readonly actions: readonly never[];
  readonly trace: readonly TraceEntry[];
  /** What could not be looked at, one clear sentence each. */
  readonly problems: readonly string[];
  readonly usage: Usage;
}

export type StageStatus = 'waiting' | 'running' | 'done' | 'failed' | 'cancelled';

/** What an investigation reports while it runs, in order. */
export type InvestigationEvent =
  | { readonly kind: 'stage'; readonly stage: StageName; readonly status: StageStatus; readonly note: string }
  | { readonly kind: 'trace'; readonly entry: TraceEntry }
  /** Whatever is known by now replaces the fields it names. */
  | { readonly kind: 'found'; readonly found: Partial<Investigation> };
