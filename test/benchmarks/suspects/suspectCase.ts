/** One made-up incident: what telemetry shows, what was committed, deployed and switched before it, and who is to blame. */
export interface SuspectCase {
  readonly name: string;
  /** Alerts on the first of `series`. */
  readonly service: string;
  readonly title: string;
  readonly calls: Readonly<Record<string, readonly string[]>>;
  /** Service, metric, unit, level before and after the onset. */
  readonly series: readonly (readonly [service: string, metric: string, unit: string | null, before: number, after: number])[];
  /** What is logged from the onset on. */
  readonly logs: readonly (readonly [service: string, status: string, message: string, stack?: string])[];
  /** Requests: each a chain of spans from the entry inwards, with milliseconds before and after, and what fails. */
  readonly spans?: readonly CaseSpan[];
  readonly commits: readonly CaseCommit[];
  /** Minutes before the onset, service, and the commit that was deployed. */
  readonly deployments: readonly (readonly [minutesBefore: number, service: string, commit: string])[];
  /** Minutes before the onset, service, name of the flag, such as `off->on`. */
  readonly flags?: readonly (readonly [minutesBefore: number, service: string, flag: string, change: string])[];
  /** Minutes before the onset, service or provider, title and text of what somebody announced. */
  readonly events?: readonly (readonly [minutesBefore: number, service: string, title: string, text: string])[];
  /** Name of the commit to blame; null when none is. */
  readonly guilty: string | null;
}

export interface CaseSpan {
  readonly service: string;
  readonly resource: string;
  readonly type?: string;
  readonly beforeMs: number;
  readonly afterMs: number;
  readonly error?: string;
  readonly peer?: string;
}

export interface CaseCommit {
  readonly id: string;
  readonly minutesBefore: number;
  readonly message: string;
  readonly files: Readonly<Record<string, string>>;
}

/** A commit; `files` maps a path to the lines of its diff with their signs. */
export const commit = (id: string, minutesBefore: number, message: string, files: Readonly<Record<string, string>>): CaseCommit => ({
  id,
  minutesBefore,
  message,
  files,
});
