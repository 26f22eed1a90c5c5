/** A group of like errors, as an error tracker keeps it. */
export interface ErrorIssue {
  readonly id: string;
  readonly service: string;
  readonly type: string;
  readonly message: string;
  readonly file: string | null;
  readonly function: string | null;
  readonly count: number;
  readonly firstSeenMs: number | null;
  readonly lastSeenMs: number | null;
  readonly firstSeenVersion: string | null;
  readonly lastSeenVersion: string | null;
  readonly state: string;
}
