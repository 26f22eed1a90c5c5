import assert from 'node:assert/strict';
import { AppError, rateLimited, serverFailed } from '../../../src/domain/errors';
import type { InvestigationEvent } from '../../../src/domain/investigation';
import { Run } from '../../../src/investigation/run';
import { createStatisticalForecaster } from '../../../src/signals/forecast/statistical';
import { createFakeTelemetry } from '../../fakes/telemetry';

function begin(signal = new AbortController().signal) {
  const events: InvestigationEvent[] = [];
  const logged: string[] = [];
  const run = new Run(
    {
      telemetry: createFakeTelemetry({}),
      repositories: [],
      clock: { nowMs: () => 0 },
      log: { info: () => undefined, error: (message) => logged.push(message) },
      forecaster: createStatisticalForecaster(),
    },
    (event) => events.push(event),
    signal,
  );
  return { run, events, logged };
}

const question = (answer: () => Promise<number>, agent = 'datadog.logs') => ({
  agent,
  otherwise: -1,
  ask: answer,
  note: (n: number) => `${n} logs`,
});

describe('Run.ask', () => {
  it('gives the answer and notes who gave it', async () => {
    const { run, events } = begin();
    assert.equal(await run.ask(question(async () => 7)), 7);
    const [event] = events;
    assert.ok(event?.kind === 'trace' && event.entry.ok && event.entry.agent === 'datadog.logs' && event.entry.note === '7 logs');
  });

  it('puts a stand-in for a failed source, names the problem once and logs it', async () => {
    const { run, events, logged } = begin();
    const fail = async () => Promise.reject(rateLimited('Datadog', 30));
    assert.equal(await run.ask(question(fail)), -1);
    await run.ask(question(fail));
    assert.deepEqual(run.problems, ['Datadog is limiting requests. Try again in 30 s.']);
    assert.equal(logged.length, 2);
    assert.ok(events.every((event) => event.kind === 'trace' && !event.entry.ok));
  });

  it('says in plain words that something unforeseen was thrown', async () => {
    const { run } = begin();
    await run.ask(question(async () => Promise.reject(new TypeError('x is undefined'))));
    assert.match(run.problems[0] ?? '', /^Something in AIDog went wrong: x is undefined\./);
  });

  it('throws a cancellation instead of standing in for it', async () => {
    const controller = new AbortController();
    const { run } = begin(controller.signal);
    const asking = run.ask(
      question(async () => {
        controller.abort();
        throw new DOMException('aborted', 'AbortError');
      }),
    );
    await assert.rejects(asking, (error) => error instanceof AppError && error.kind === 'cancelled');
    assert.deepEqual(run.problems, []);
  });
});

describe('Run.totalFailure', () => {
  it('is the first error when no telemetry answered at all', async () => {
    const { run } = begin();
    const first = serverFailed('Datadog', 503);
    await run.ask(question(async () => Promise.reject(first)));
    await run.ask(question(async () => Promise.reject(rateLimited('Datadog', null))));
    await run.ask(question(async () => 1, 'git.history'));
    assert.equal(run.totalFailure, first);
  });

  it('is nothing once one answered', async () => {
    const { run } = begin();
    await run.ask(question(async () => Promise.reject(serverFailed('Datadog', 503))));
    await run.ask(question(async () => 0));
    assert.equal(run.totalFailure, null);
  });
});

describe('Run.stage', () => {
  it('tells when a stage runs and what came of it', async () => {
    const { run, events } = begin();
    await run.stage(
      'gather',
      async () => 3,
      (n) => `${n} facts`,
    );
    assert.deepEqual(events, [
      { kind: 'stage', stage: 'gather', status: 'running', note: '' },
      { kind: 'stage', stage: 'gather', status: 'done', note: '3 facts' },
    ]);
  });

  it('tells that a stage failed, with the sentence, and passes the error on', async () => {
    const { run, events } = begin();
    await assert.rejects(
      run.stage('gather', async () => Promise.reject(serverFailed('Datadog', 500)), String),
      /status 500/,
    );
    assert.ok(events.some((event) => event.kind === 'stage' && event.status === 'failed' && event.note.includes('500')));
  });

  it('does not begin once the run is cancelled', async () => {
    const controller = new AbortController();
    const { run, events } = begin(controller.signal);
    controller.abort();
    await assert.rejects(
      run.stage('gather', async () => 1, String),
      (error) => error instanceof AppError && error.kind === 'cancelled',
    );
    assert.deepEqual(events, []);
  });

  it('counts traces of computations to the stage that runs', async () => {
    const { run, events } = begin();
    await run.stage(
      'perceive',
      () =>
        run.compute(
          'signals.x',
          () => 2,
          (n) => `${n}`,
        ),
      String,
    );
    assert.ok(events.some((event) => event.kind === 'trace' && event.entry.stage === 'perceive'));
  });
});

describe('Run.leaveOut', () => {
  it('says why calls were short without claiming to know whether a failure or a refusal was asked again', () => {
    const { run } = begin();
    run.leaveOut('Whole traces', 'datadog.traces');
    assert.deepEqual(run.problems, [
      'Whole traces were not read: an investigation makes 15 calls at most, and questions that had to be asked again had used them up.',
    ]);
  });
});
