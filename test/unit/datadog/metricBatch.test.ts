import assert from 'node:assert/strict';
import { BadStatus } from '../../../src/datadog/exchange';
import { createMetricBatch, type MetricBatch } from '../../../src/datadog/metricBatch';
import { refusedQuery, serverFailed } from '../../../src/domain/errors';
import type { MetricResult } from '../../../src/domain/ports';

const GOOD = ['avg:a{*}', 'avg:b{*}', 'sum:c{*}.as_count() / sum:d{*}.as_count()'];
const BAD = 'avg:bad{*} by {service}';

const refusal = (reason: string) => refusedQuery('Datadog', reason, new BadStatus(400, reason, null));
const resultOf = (query: string): MetricResult => ({
  query,
  series: [{ metric: query, tags: [], unit: null, intervalSec: 60, points: [[0, 1]] }],
});

describe('a batch of metric queries', () => {
  let batch: MetricBatch;
  let calls: (readonly string[])[];
  /** Refuses a call with a bad query, in the words that `reasonFor` gives. */
  const asker = (reasonFor: (bad: string) => string) => async (queries: readonly string[]) => {
    calls.push(queries);
    const bad = queries.find((query) => query.includes('bad'));
    if (bad !== undefined) throw refusal(reasonFor(bad));
    return queries.map(resultOf);
  };
  const naming = asker((bad) => `Error parsing query: unable to parse ${bad}: the rule is not met`);
  const silent = asker(() => 'Error parsing query');
  const empty = (query: string) => ({ query, series: [] });

  beforeEach(() => {
    batch = createMetricBatch();
    calls = [];
  });

  it('costs one call when all queries are accepted', async () => {
    assert.deepEqual(await batch(GOOD, naming), GOOD.map(resultOf));
    assert.equal(calls.length, 1);
  });

  it('is asked for again without the query that the refusal names, in the order of the queries', async () => {
    const queries = [GOOD[0]!, BAD, GOOD[1]!];
    assert.deepEqual(await batch(queries, naming), [resultOf(GOOD[0]!), empty(BAD), resultOf(GOOD[1]!)]);
    assert.deepEqual(calls.slice(1), [[GOOD[0], GOOD[1]]]);
  });

  it('asks alone for the queries of a metric that the refusal names, and remembers none of its neighbours', async () => {
    const ofMetric = asker(() => 'percentiles of bad over several tag sets are not supported.');
    const queries = [GOOD[0]!, BAD, GOOD[1]!, GOOD[2]!];
    assert.deepEqual(await batch(queries, ofMetric), [resultOf(GOOD[0]!), empty(BAD), resultOf(GOOD[1]!), resultOf(GOOD[2]!)]);
    assert.deepEqual(calls.slice(1), [[GOOD[0], GOOD[1], GOOD[2]], [BAD]]);
  });

  it('takes no longer name for a shorter one', async () => {
    const queries = ['avg:disk{*}', 'avg:disk.bad{*}', 'avg:disk.bad_rate{*}'];
    const only = async (asked: readonly string[]) => {
      calls.push(asked);
      if (asked.includes('avg:disk.bad{*}')) throw refusal('disk.bad is no metric.');
      return asked.map(resultOf);
    };
    assert.deepEqual(await batch(queries, only), [resultOf('avg:disk{*}'), empty('avg:disk.bad{*}'), resultOf('avg:disk.bad_rate{*}')]);
  });

  it('is split in two when the refusal names no query, or all of them', async () => {
    const queries = [BAD, GOOD[0]!, GOOD[1]!, GOOD[2]!];
    const expected = [empty(BAD), empty(GOOD[0]!), resultOf(GOOD[1]!), resultOf(GOOD[2]!)];
    assert.deepEqual(await batch(queries, silent), expected);
    assert.equal(calls.length, 3);
    assert.deepEqual(
      await createMetricBatch()(
        queries,
        asker(() => queries.join(' and ')),
      ),
      expected,
    );
  });

  it('leaves out what was refused by itself before, without another call', async () => {
    await assert.rejects(batch([BAD], naming), /unable to parse/);
    assert.equal(calls.length, 1);
    assert.deepEqual(await batch([BAD, ...GOOD], silent), [empty(BAD), ...GOOD.map(resultOf)]);
    assert.deepEqual(calls.slice(1), [GOOD]);
    await assert.rejects(batch([BAD], naming), /unable to parse/, 'alone it is refused as before');
  });

  it('learns what is at fault from a half of one query', async () => {
    assert.deepEqual(await batch([GOOD[0]!, BAD], silent), [resultOf(GOOD[0]!), empty(BAD)]);
    calls = [];
    await batch([GOOD[1]!, BAD], silent);
    assert.deepEqual(calls, [[GOOD[1]]]);
  });

  it('rejects with the first refusal when nothing is accepted', async () => {
    await assert.rejects(batch([BAD, 'avg:bad2{*}'], silent), /does not accept the query: Error parsing query/);
    assert.equal(calls.length, 3);
  });

  it('does not ask again after other failures, nor hides them', async () => {
    const failing = async (queries: readonly string[]) => {
      calls.push(queries);
      throw serverFailed('Datadog', 503, new BadStatus(503, '', null));
    };
    await assert.rejects(batch(GOOD, failing), /status 503/);
    assert.equal(calls.length, 1);
    const worsening = (queries: readonly string[]) => (queries.length === 4 ? silent(queries) : failing(queries));
    await assert.rejects(batch([BAD, ...GOOD], worsening), /status 503/);
  });
});
