import type { DatadogConnection, OpenIncident } from '../../src/protocol/engineApi';
import { Surveys } from '../../src/ui/home/surveys';
import { Incidents } from '../../src/ui/incidents';
import { report } from '../fixtures/homeSnapshots';
import { createFakeEngine, sampleIncident } from './sampleInvestigation';

/** Turns of the event loop in which everything that is settled has come through. */
export const settled = async () => {
  for (let turn = 0; turn < 6; turn += 1) await new Promise(setImmediate);
};

const keys: DatadogConnection = { site: 'datadoghq.eu', baseUrl: null, apiKey: 'api', appKey: 'app', timeoutSec: 5 };

/** What Home stands on, with an engine that answers as told; `state` is changed by the test. */
export function homeParts(answers: Parameters<typeof createFakeEngine>[0] = {}) {
  const state = { nowMs: 1_000_000, keys: keys as DatadogConnection | null, env: null as string | null };
  const incidents: OpenIncident[] = [sampleIncident(1)];
  const engine = createFakeEngine({ listOpenIncidents: () => incidents, surveyServices: () => report(), ...answers });
  const connection = async () => state.keys;
  const clock = { nowMs: () => state.nowMs };
  return {
    state,
    engine,
    clock,
    incidents: new Incidents({ engine, connection, env: () => state.env }),
    surveys: new Surveys({ engine, connection, env: () => state.env, clock }),
    /** How often a question was asked. */
    asked: (name: string) => engine.asked.filter((one) => one.name === name).length,
  };
}
