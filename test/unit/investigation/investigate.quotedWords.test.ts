import assert from 'node:assert/strict';
import { investigate } from '../../../src/investigation/investigate';
import { createStatisticalForecaster } from '../../../src/signals/forecast/statistical';
import { NOW_MS, repository } from '../../fakes/incidents';
import { everydayWords, type IncidentKind, operationsWords, quotations, quotingWorld } from '../../fakes/injection/operationsWords';
import { createFakeTelemetry } from '../../fakes/telemetry';

async function played(kind: IncidentKind, line: string, status: 'warn' | 'error') {
  const { verdict, rootCauseCommit, hypotheses } = await investigate(
    { kind: 'monitor', id: 1 },
    {
      telemetry: createFakeTelemetry(quotingWorld(kind, line, status)),
      repositories: [repository()],
      clock: { nowMs: () => NOW_MS },
      log: { info: () => undefined, error: () => undefined },
      forecaster: createStatisticalForecaster(),
      model: null,
      readPrompt: async (name) => name,
    },
    () => undefined,
    new AbortController().signal,
  );
  return { decided: [verdict, rootCauseCommit], sure: hypotheses.map((one) => [one.kind, one.confidence] as const) };
}

describe('words of operations that a log line only quotes', () => {
  for (const kind of ['healthy', 'latency'] as const)
    for (const status of ['warn', 'error'] as const)
      it(`leave verdict, blame and confidence of a ${kind} incident as they are (${status})`, async () => {
        for (const [index, words] of operationsWords.entries()) {
          const quote = quotations[index % quotations.length] ?? String;
          const said = await played(kind, quote(words), status);
          const usual = await played(kind, quote(everydayWords[index] ?? ''), status);
          assert.deepEqual(said.decided, usual.decided, words);
          assert.deepEqual(
            said.sure.map(([what]) => what),
            usual.sure.map(([what]) => what),
            words,
          );
          for (const [at, [, confidence]] of said.sure.entries())
            assert.ok(Math.abs(confidence - (usual.sure[at]?.[1] ?? 0)) < 0.02, `${words}: ${confidence}`);
        }
      });
});
