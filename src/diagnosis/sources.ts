/** What an investigation reads: telemetry by kind, the calls between services, the alert's own metric, and what was changed. */
export const sourceNames = ['metrics', 'logs', 'spans', 'calls', 'alert', 'changes'] as const;
export type SourceName = (typeof sourceNames)[number];

/**
 * How far a source was read. `read` and quiet is `read`: something of it is there, at the time of the incident or before. `absent`
 * answered with nothing of either time, so that its silence says nothing; `failed` gave no answer.
 */
export interface SourceReading {
  readonly state: 'read' | 'partly' | 'absent' | 'failed';
  /** 0..1: how much of it was read. */
  readonly share: number;
}

export type Sources = Readonly<Record<SourceName, SourceReading>>;

const READ: SourceReading = { state: 'read', share: 1 };

/** A source of which so much was read, 0..1. */
export function sharedReading(share: number): SourceReading {
  return share >= 1 ? READ : { state: 'partly', share: Math.max(0, share) };
}

/** A source that has nothing of the time, or that could not be asked. */
export const unread = (state: 'absent' | 'failed'): SourceReading => ({ state, share: 0 });

/** Sources that were read whole, as far as nothing else is given. */
export function sourcesRead(given: Partial<Sources> = {}): Sources {
  return { metrics: READ, logs: READ, spans: READ, calls: READ, alert: READ, changes: READ, ...given };
}
