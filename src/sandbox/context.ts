import type { SandboxClock, TelemetryStore } from './store/store';

/** What the API routes of the sandbox work on. */
export interface ApiContext {
  readonly store: TelemetryStore;
  readonly clock: SandboxClock;
}
