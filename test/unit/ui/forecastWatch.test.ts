import assert from 'node:assert/strict';
import { mock } from 'node:test';
import { AppError } from '../../../src/domain/errors';
import type { Forecast } from '../../../src/domain/forecast';
import type { Point } from '../../../src/domain/timeSeries';
import { createForecastWatch } from '../../../src/ui/forecastWatch';
import type { Run } from '../../../src/ui/investigations';
import { keepActuals } from '../../../src/ui/snapshotState';
import { createFakeEngine } from '../../fakes/sampleInvestigation';
import { doneCode, NOW_MS } from '../../fixtures/panelSnapshots';

const settled = () => new Promise(setImmediate);
const forecast: Forecast = {
  ...(doneCode.found.forecasts?.[0] as Forecast),
  id: 'F1',
  query: 'avg:m{*} by {service}',
  tags: ['service:a'],
};
const live: Run = {
  target: { kind: 'monitor', id: 1 },
  subject: 'Checkout',
  repositories: [],
  link: null,
  snapshot: { ...doneCode, found: { ...doneCode.found, forecasts: [forecast, { ...forecast, id: 'F2', intervalSec: 10 }] } },
};

type Answer = (params: { fromMs: number; toMs: number }, signal: AbortSignal | undefined) => unknown;

function open(answer: Answer = async () => [], run: Run | null = live) {
  const state = { run, nowMs: NOW_MS };
  const engine = createFakeEngine({ readSeries: answer as (params: unknown, signal: AbortSignal | undefined) => unknown });
  const problems: string[] = [];
  const watch = createForecastWatch({
    engine,
    shown: () => state.run,
    clock: { nowMs: () => state.nowMs },
    log: { info: () => undefined, error: (message) => void problems.push(message) },
    keep(runId, id, actuals) {
      assert.equal(runId, state.run?.snapshot.runId);
      if (state.run) state.run = { ...state.run, snapshot: keepActuals(state.run.snapshot, id, actuals) };
    },
  });
  const pass = async (ms: number) => {
    state.nowMs += ms;
    mock.timers.tick(ms);
    await settled();
  };
  return { state, engine, watch, pass, problems, actuals: (id = 'F1') => state.run?.snapshot.actuals?.[id] };
}

describe('the watch over a forecast', () => {
  beforeEach(() => mock.timers.enable({ apis: ['setTimeout'] }));
  afterEach(() => mock.timers.reset());

  it('asks at once for the series of the forecast, in a window as long as its history', async () => {
    const { engine, watch } = open();
    watch.watch('F1');
    await settled();
    const historySec = 119 * 60 + 60;
    assert.deepEqual(engine.asked, [
      {
        name: 'readSeries',
        params: { query: forecast.query, tags: ['service:a'], stepSec: 60, fromMs: NOW_MS - historySec * 1000, toMs: NOW_MS },
      },
    ]);
  });

  it('keeps what came after the history, and nothing of the history', async () => {
    const { watch, actuals } = open(async () => [
      [forecast.startSec - 60, 1],
      [forecast.startSec, 2],
      [forecast.startSec + 60, null],
    ]);
    watch.watch('F1');
    assert.deepEqual(actuals(), { points: [], readAtMs: null, problem: null });
    await settled();
    assert.deepEqual(actuals(), {
      points: [
        [forecast.startSec, 2],
        [forecast.startSec + 60, null],
      ],
      readAtMs: NOW_MS,
      problem: null,
    });
  });

  it('asks again every interval of the series', async () => {
    const { engine, watch, pass } = open();
    watch.watch('F1');
    await settled();
    await pass(59_000);
    assert.equal(engine.asked.length, 1);
    await pass(1000);
    assert.equal(engine.asked.length, 2);
    await pass(60_000);
    assert.equal(engine.asked.length, 3);
  });

  it('asks every 30 seconds at most, however fine the series', async () => {
    const { engine, watch, pass } = open();
    watch.watch('F2');
    await settled();
    await pass(29_000);
    assert.equal(engine.asked.length, 1);
    await pass(1000);
    assert.equal(engine.asked.length, 2);
  });

  it('never asks twice at a time', async () => {
    const { engine, watch, pass } = open(() => new Promise(() => undefined));
    watch.watch('F1');
    for (let turn = 0; turn < 5; turn++) await pass(60_000);
    assert.equal(engine.asked.length, 1);
  });

  it('waits longer after each failure, keeps what it had and says why', async () => {
    const points: Point[] = [[forecast.startSec, 2]];
    let fails = false;
    const { engine, watch, pass, problems, actuals } = open(async () => {
      if (fails) throw new AppError('rate_limited', 'Datadog wants fewer questions.');
      return points;
    });
    watch.watch('F1');
    await settled();
    fails = true;
    await pass(60_000);
    assert.deepEqual(actuals(), { points, readAtMs: NOW_MS + 60_000, problem: 'Datadog wants fewer questions.' });
    await pass(60_000);
    assert.equal(engine.asked.length, 2);
    await pass(60_000);
    assert.equal(engine.asked.length, 3);
    fails = false;
    await pass(240_000);
    assert.deepEqual([actuals()?.problem, problems.length], [null, 2]);
    await pass(60_000);
    assert.equal(engine.asked.length, 5);
  });

  it('waits at most sixteen intervals', async () => {
    const { engine, watch, pass } = open(() => Promise.reject(new Error('down')), {
      ...live,
      snapshot: { ...live.snapshot, found: { forecasts: [{ ...forecast, median: Array(2000).fill(1) }] } },
    });
    watch.watch('F1');
    await settled();
    for (let turn = 0; turn < 8; turn++) await pass(16 * 60_000);
    assert.equal(engine.asked.length, 9);
  });

  it('stops when no forecast is in view any more, and calls off what it asked', async () => {
    let signal: AbortSignal | undefined;
    const { engine, watch, pass, actuals } = open((_, given) => {
      signal = given;
      return new Promise(() => undefined);
    });
    watch.watch('F1');
    await settled();
    watch.watch(null);
    assert.equal(signal?.aborted, true);
    await pass(600_000);
    assert.equal(engine.asked.length, 1);
    assert.equal(actuals()?.problem, null);
  });

  it('goes on where it was when the forecast comes into view again', async () => {
    const { engine, watch, pass } = open();
    watch.watch('F1');
    await settled();
    watch.watch(null);
    await pass(20_000);
    watch.watch('F1');
    await pass(39_000);
    assert.equal(engine.asked.length, 1);
    await pass(1000);
    assert.equal(engine.asked.length, 2);
  });

  it('stops soon after the horizon', async () => {
    const { engine, watch, pass } = open();
    watch.watch('F1');
    await settled();
    for (let minute = 0; minute < 90; minute++) await pass(60_000);
    assert.ok(engine.asked.length >= 61 && engine.asked.length <= 67, `${engine.asked.length} questions`);
  });

  it('looks once at a forecast that was over before it was opened', async () => {
    const { state, engine, watch, pass } = open();
    state.nowMs += 5 * 3_600_000;
    watch.watch('F1');
    await pass(3_600_000);
    assert.equal(engine.asked.length, 1);
  });

  it('stops when another run is shown', async () => {
    const { state, engine, watch, pass } = open();
    watch.watch('F1');
    await settled();
    state.run = { ...live, snapshot: { ...live.snapshot, runId: 'other' } };
    await pass(60_000);
    assert.deepEqual(state.run.snapshot.actuals, undefined);
    await pass(600_000);
    assert.equal(engine.asked.length, 2);
  });

  it('asks nothing after it was disposed', async () => {
    const { engine, watch, pass } = open();
    watch.watch('F1');
    await settled();
    watch.dispose();
    await pass(600_000);
    assert.equal(engine.asked.length, 1);
  });

  const recording: Run = { ...live, target: { kind: 'recording', dir: '/r' } };
  for (const [name, run] of [
    ['a recording', recording],
    ['a run that is not done', { ...live, snapshot: { ...live.snapshot, status: 'running' as const } }],
    ['no run', null],
  ] as const)
    it(`asks nothing about ${name}`, async () => {
      const { engine, watch, actuals } = open(undefined, run);
      watch.watch('F1');
      await settled();
      assert.deepEqual([engine.asked, actuals()], [[], undefined]);
    });

  it('asks nothing about a forecast that the run does not have', async () => {
    const { engine, watch } = open();
    watch.watch('F9');
    await settled();
    assert.deepEqual(engine.asked, []);
  });
});
