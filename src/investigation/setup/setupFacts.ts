import type { Span } from '../../domain/span';

/** A question that was put to the telemetry: null when it was answered, else why not. */
export interface Probe {
  /** What it would show, for a person: `logs`. */
  readonly shows: string;
  readonly failure: unknown;
}

/** A Datadog site that a file of the workspace, or the environment, names. */
export interface SiteHint {
  readonly site: string;
  /** The file, or the environment variable. */
  readonly where: string;
}

/** How many requests a service counted, against how many of them have spans. */
export interface SamplingSample {
  readonly service: string;
  readonly counted: number;
  readonly seen: number;
}

export interface RepositoryFacts {
  readonly name: string;
  readonly root: string;
  /** `host/owner/name`. */
  readonly remotes: readonly string[];
  /** Names of folders that may be those of services. */
  readonly folders: ReadonlySet<string>;
}

/** What runs, by a commit id or, where no span names one, by a version; and whether a repository has it. */
export interface DeployedBuild {
  readonly service: string;
  readonly name: string;
  readonly isCommit: boolean;
  readonly isAtHand: boolean;
}

/** All that the checks look at. */
export interface SetupFacts {
  /** Null without keys. */
  readonly site: string | null;
  readonly siteHints: readonly SiteHint[];
  readonly env: string | null;
  /** Whether both keys are accepted: null when they are, else why not. */
  readonly accessFailure: unknown;
  readonly probes: readonly Probe[];
  /** The newest spans; of the last hour, or of the last day when that hour has none. */
  readonly spans: readonly Span[];
  readonly spansFailure: unknown;
  readonly isFromLastHour: boolean;
  readonly nowMs: number;
  readonly sampling: SamplingSample | null;
  readonly hasFolder: boolean;
  readonly repositories: readonly RepositoryFacts[];
  /** Why folders gave no repository, one sentence each. */
  readonly repositoryProblems: readonly string[];
  readonly builds: readonly DeployedBuild[];
}
