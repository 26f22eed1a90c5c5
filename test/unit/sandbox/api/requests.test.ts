import assert from 'node:assert/strict';
import { z } from 'zod';
import { bodyOf, durationMs, intParam, listParam, reshaped, timeMs, windowOf } from '../../../../src/sandbox/api/requests';
import { HttpError } from '../../../../src/sandbox/http';
import { NOW_MS } from '../../../fakes/sandboxTelemetry';

const is400 = (reason: RegExp) => (error: unknown) => error instanceof HttpError && error.status === 400 && reason.test(error.message);

describe('timeMs', () => {
  it('reads every form that Datadog takes', () => {
    assert.equal(timeMs('now', NOW_MS), NOW_MS);
    assert.equal(timeMs('now-15m', NOW_MS), NOW_MS - 900_000);
    assert.equal(timeMs('now - 2d', NOW_MS), NOW_MS - 172_800_000);
    assert.equal(timeMs('now+1h', NOW_MS), NOW_MS + 3_600_000);
    assert.equal(timeMs('2026-06-20T14:00:00Z', 0), NOW_MS);
    assert.equal(timeMs('2026-06-20T16:00:00+02:00', 0), NOW_MS);
    assert.equal(timeMs(String(NOW_MS), 0), NOW_MS);
    assert.equal(timeMs(NOW_MS, 0), NOW_MS);
  });

  it('reads an offset whose plus sign became a blank on the way', () => {
    assert.equal(timeMs('2026-06-20T16:00:00 02:00', 0), NOW_MS);
  });

  it('refuses anything else', () => {
    for (const text of ['', 'yesterday', 'now-15', 'now-x', '2026-13-45'])
      assert.throws(() => timeMs(text, NOW_MS), is400(/is not a time/), text);
  });
});

describe('windowOf', () => {
  it('is the last quarter of an hour unless told otherwise, this millisecond included', () => {
    assert.deepEqual(windowOf({}, NOW_MS), { fromMs: NOW_MS - 900_000, toMs: NOW_MS + 1 });
    assert.deepEqual(windowOf({ from: 5, to: 9 }, NOW_MS), { fromMs: 5, toMs: 9 });
  });

  it('refuses an end that is not after the start, with the status of the endpoint', () => {
    assert.throws(() => windowOf({ from: 'now', to: 'now-1m' }, NOW_MS), is400(/anterior/));
    assert.throws(
      () => windowOf({ from: 'now', to: 'now' }, NOW_MS, 422),
      (error: unknown) => error instanceof HttpError && error.status === 422,
    );
  });
});

describe('bodyOf', () => {
  const request = (body: string) => ({
    method: 'POST',
    path: '/',
    params: {},
    query: new URLSearchParams(),
    headers: {},
    body: Buffer.from(body),
  });
  const schema = z.looseObject({ data: z.looseObject({ limit: z.number() }) });

  it('gives the checked body', () => {
    assert.deepEqual(bodyOf(request('{"data":{"limit":1,"more":2}}'), schema), { data: { limit: 1, more: 2 } });
  });

  it('names the field that is wrong, in the shape that was asked for', () => {
    assert.throws(
      () => bodyOf(request('{"data":{}}'), schema, 'jsonApi'),
      (error: unknown) => error instanceof HttpError && error.shape === 'jsonApi' && /'data\.limit'/.test(error.message),
    );
    assert.throws(
      () => bodyOf(request('{'), schema, 'jsonApi'),
      (error: unknown) => error instanceof HttpError && error.shape === 'jsonApi' && /not valid JSON/.test(error.message),
    );
  });
});

describe('reshaped', () => {
  it('changes the shape of refusals and nothing else', () => {
    assert.throws(
      () =>
        reshaped('jsonApi', () => {
          throw new HttpError(422, 'no');
        }),
      (error: unknown) => error instanceof HttpError && error.shape === 'jsonApi' && error.status === 422,
    );
    assert.throws(
      () =>
        reshaped('jsonApi', () => {
          throw new RangeError('bug');
        }),
      RangeError,
    );
    assert.equal(
      reshaped('jsonApi', () => 5),
      5,
    );
  });
});

describe('the query parameters', () => {
  const query = new URLSearchParams('n=7&list=a, b&list=c&bad=1.5&empty=');

  it('are whole numbers in their bounds', () => {
    assert.equal(intParam(query, 'n', 0, 0, 10), 7);
    assert.equal(intParam(query, 'none', 3, 0, 10), 3);
    assert.equal(intParam(query, 'empty', 3, 0, 10), 3);
    assert.throws(() => intParam(query, 'bad', 0, 0, 10), is400(/'bad'/));
    assert.throws(() => intParam(query, 'n', 0, 0, 5), is400(/from 0 to 5/));
  });

  it('are lists with commas or repeated', () => {
    assert.deepEqual(listParam(query, 'list'), ['a', 'b', 'c']);
    assert.deepEqual(listParam(query, 'none'), []);
  });
});

describe('durationMs', () => {
  it('reads numbers with a unit', () => {
    assert.deepEqual(['5ms', '2s', '3m', '1h', '1d', '1w', '5', 'm'].map(durationMs), [
      5,
      2000,
      180_000,
      3_600_000,
      86_400_000,
      604_800_000,
      null,
      null,
    ]);
  });
});
