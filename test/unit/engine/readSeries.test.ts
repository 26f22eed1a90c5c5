import assert from 'node:assert/strict';
import type { Telemetry } from '../../../src/domain/ports';
import type { Point, TimeSeries } from '../../../src/domain/timeSeries';
import { readSeries } from '../../../src/engine/readSeries';
import { createFakeTelemetry } from '../../fakes/telemetry';

const one = (points: readonly Point[], given: Partial<TimeSeries> = {}): TimeSeries => ({
  metric: 'm',
  tags: ['service:a'],
  unit: null,
  intervalSec: 60,
  points,
  ...given,
});
const question = { query: 'avg:m{*}', tags: null, fromMs: 0, toMs: 600_000, stepSec: 60 };
const never = new AbortController().signal;
const telemetry = (...series: readonly TimeSeries[]): Telemetry => ({
  ...createFakeTelemetry({}),
  queryMetrics: async (queries) => queries.map((query) => ({ query, series: [...series] })),
});

describe('readSeries', () => {
  it('asks once, for the window and the query', async () => {
    const asked = createFakeTelemetry({ series: [one([[60, 1]])] });
    await readSeries(question, asked, never);
    assert.deepEqual(asked.asked, [{ method: 'queryMetrics', question: { queries: ['avg:m{*}'], window: { fromMs: 0, toMs: 600_000 } } }]);
  });

  it('gives the series with exactly the tags that are asked for, in any order', async () => {
    const source = telemetry(one([[60, 1]]), one([[60, 2]], { tags: ['service:a', 'host:h'] }));
    assert.deepEqual(await readSeries({ ...question, tags: ['host:h', 'service:a'] }, source, never), [[60, 2]]);
    assert.deepEqual(await readSeries({ ...question, tags: ['service:b'] }, source, never), []);
    assert.deepEqual(await readSeries(question, source, never), [[60, 1]]);
  });

  it('leaves out the step that is not over yet', async () => {
    const points: Point[] = [
      [480, 1],
      [540, 2],
      [541, 3],
    ];
    assert.deepEqual(await readSeries(question, telemetry(one(points)), never), [
      [480, 1],
      [540, 2],
    ]);
  });

  const fine: Point[] = [
    [0, 1],
    [20, 3],
    [40, null],
    [60, 10],
  ];

  it('averages finer points into steps', async () => {
    const source = telemetry(one(fine, { intervalSec: 20 }));
    assert.deepEqual(await readSeries(question, source, never), [
      [0, 2],
      [60, 10],
    ]);
  });

  it('adds up finer points of a plain count, but not of a ratio of counts', async () => {
    const source = telemetry(one(fine, { intervalSec: 20 }));
    const read = (query: string) => readSeries({ ...question, query }, source, never);
    assert.deepEqual((await read('sum:m{a:b}.as_count()'))[0], [0, 4]);
    assert.deepEqual((await read('sum:m{a}.as_count() / sum:n{a}.as_count()'))[0], [0, 2]);
  });

  it('is empty where nothing has reported, and passes a refusal on', async () => {
    assert.deepEqual(await readSeries(question, telemetry(), never), []);
    const broken = createFakeTelemetry({}, { faults: { queryMetrics: new Error('refused') } });
    await assert.rejects(readSeries(question, broken, never), /refused/);
  });
});
