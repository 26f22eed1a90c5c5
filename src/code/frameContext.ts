/** What telemetry says about the program that a frame comes from. */
export interface FrameContext {
  /** The commit that ran, as the telemetry names it. */
  readonly commit: string | null;
  readonly service: string | null;
  /** What telemetry calls the repository, in any spelling; it chooses among those that are open. */
  readonly repositoryUrl?: string | null;
}
