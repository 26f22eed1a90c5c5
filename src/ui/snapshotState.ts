import { isCancellation, messageFor } from '../domain/errors';
import type { ForecastActuals } from '../domain/forecastActuals';
import { type Investigation, type InvestigationEvent, STAGES } from '../domain/investigation';
import type { PanelSnapshot } from '../protocol/snapshot';

/** The snapshot of a run that has just begun: a heading and nothing known. */
export function beginSnapshot(runId: string, subject: string, nowMs: number): PanelSnapshot {
  return {
    runId,
    subject,
    status: 'running',
    problem: null,
    stages: STAGES.map((stage) => ({ stage, status: 'waiting', note: '' })),
    found: {},
    startedAtMs: nowMs,
    endedAtMs: null,
  };
}

/** The snapshot after an event; a run that is over stays as it is. */
export function applyEvent(snapshot: PanelSnapshot, event: InvestigationEvent): PanelSnapshot {
  if (snapshot.status !== 'running') return snapshot;
  switch (event.kind) {
    case 'stage': {
      const { stage, status, note } = event;
      return { ...snapshot, stages: snapshot.stages.map((known) => (known.stage === stage ? { stage, status, note } : known)) };
    }
    case 'trace':
      return { ...snapshot, found: { ...snapshot.found, trace: [...(snapshot.found.trace ?? []), event.entry] } };
    case 'found':
      return { ...snapshot, found: { ...snapshot.found, ...event.found } };
  }
}

export function finishSnapshot(snapshot: PanelSnapshot, investigation: Investigation, nowMs: number): PanelSnapshot {
  return { ...snapshot, status: 'done', found: investigation, endedAtMs: nowMs };
}

/** What was found stays; stages that had not ended take the fate of the run. */
export function failSnapshot(snapshot: PanelSnapshot, error: unknown, nowMs: number): PanelSnapshot {
  const status = isCancellation(error) ? 'cancelled' : 'failed';
  return {
    ...snapshot,
    status,
    problem: messageFor(error),
    stages: snapshot.stages.map((known) => (known.status === 'running' ? { ...known, status } : known)),
    endedAtMs: nowMs,
  };
}

/** The snapshot with what a series did since it was forecast. */
export function keepActuals(snapshot: PanelSnapshot, forecastId: string, actuals: ForecastActuals): PanelSnapshot {
  return { ...snapshot, actuals: { ...snapshot.actuals, [forecastId]: actuals } };
}
