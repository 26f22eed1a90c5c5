import type { AnomalyDirection } from './anomaly';
import type { Point, TimeWindow } from './timeSeries';

/** What is watched of a service: requests a second, the share of them that fail, and the 95th percentile of their durations. */
export type ServiceSignal = 'traffic' | 'errors' | 'latency';

/** What a service measured in one stretch of time; null where nothing tells it. */
export interface ServiceLoad {
  readonly requestsPerSec: number | null;
  /** 0..1. */
  readonly errorShare: number | null;
  readonly p95Ms: number | null;
}

/** How a service stands, worst first: see `judgeService`. */
export const serviceStates = ['failing', 'silent', 'degraded', 'unusual', 'normal', 'unknown'] as const;
export type ServiceState = (typeof serviceStates)[number];

/** A service as a survey saw it. */
export interface SurveyedService {
  /** Of this survey. */
  readonly id: string;
  readonly service: string;
  readonly env: string | null;
  readonly state: ServiceState;
  /** Why it stands so, in a few words; empty when nothing is wrong. */
  readonly why: string;
  /** The measure that tells so; null when none does. */
  readonly cause: ServiceSignal | null;
  readonly now: ServiceLoad;
  /** What is usual; null while too little has been seen. */
  readonly usual: ServiceLoad | null;
  /** What `usual` was read from. */
  readonly usualBasis: 'the day before' | 'earlier today' | null;
  /** Page that shows its requests, or null. */
  readonly link: string | null;
}

/** A stretch in which a service's metric was not as usual. */
export interface ServiceAnomaly {
  /** Of this survey. */
  readonly id: string;
  readonly service: string;
  readonly env: string | null;
  readonly signal: ServiceSignal;
  readonly direction: AnomalyDirection;
  /** Epoch milliseconds. */
  readonly beganMs: number;
  /** Epoch milliseconds; null while it goes on. */
  readonly endedMs: number | null;
  /** 0..1. */
  readonly score: number;
  /** The value that is farthest from what is usual; requests a second, a share of 0..1, or milliseconds. */
  readonly value: number;
  /** What is usual, in the same unit. */
  readonly expected: number;
  /** What the detector says is unusual, in words. */
  readonly reason: string;
  /** Shows the metric again. */
  readonly query: string;
  readonly link: string | null;
  /** The metric over the survey's window, at most some 120 points. */
  readonly points: readonly Point[];
}

/** All services that Datadog traces, as of one moment. */
export interface SurveyReport {
  readonly takenAtMs: number;
  /** In which anomalies were looked for. */
  readonly window: TimeWindow;
  /** The environment that was asked for, or null for all. */
  readonly env: string | null;
  /** Environments that were seen, in alphabetical order. */
  readonly envs: readonly string[];
  /** Worst first. */
  readonly services: readonly SurveyedService[];
  /** Those that go on first, then the latest. */
  readonly anomalies: readonly ServiceAnomaly[];
  /** Series with enough history to be looked at. */
  readonly seriesCount: number;
  /** What could not be looked at, a sentence each. */
  readonly problems: readonly string[];
  readonly apiCalls: number;
}

/** How far a survey is: what it does, and which part of the whole is done, 0..1. */
export interface SurveyProgress {
  readonly doing: string;
  readonly share: number;
}
