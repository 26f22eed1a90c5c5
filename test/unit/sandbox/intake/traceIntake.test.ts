import assert from 'node:assert/strict';
import fc from 'fast-check';
import { Packr } from 'msgpackr';
import { createFixedClock } from '../../../../src/sandbox/clock';
import { HttpError } from '../../../../src/sandbox/http';
import { createTraceIntake, unpack } from '../../../../src/sandbox/intake/traceIntake';
import { createTelemetryStore } from '../../../../src/sandbox/store/telemetryStore';
import { ALWAYS, NOON_MS } from '../telemetry';
import { post } from './posting';

const packr = new Packr({ useRecords: false });
const packed = (value: unknown) => Buffer.from(packr.pack(value));

const span = {
  trace_id: 18446744073709551557n,
  span_id: 9007199254740993123n,
  parent_id: 0,
  service: 'shop',
  name: 'web.request',
  resource: 'GET /',
  start: BigInt(NOON_MS - 60_000) * 1_000_000n,
  duration: 2_000_000,
  error: 1,
  meta: { 'error.type': 'TypeError', 'error.message': 'x' },
  metrics: {},
};

describe('the trace intake', () => {
  const setUp = () => {
    const store = createTelemetryStore({ clock: createFixedClock(NOON_MS) });
    return { store, intake: createTraceIntake(store) };
  };

  it('stores the spans and asks for all of them', () => {
    const { store, intake } = setUp();
    assert.deepEqual(intake.v04(post(packed([[span]]))), { status: 200, body: { rate_by_service: { 'service:,env:': 1 } } });
    const [stored] = [...store.spans(ALWAYS)];
    assert.equal(stored?.spanId, '9007199254740993123');
    assert.equal(stored?.traceId, `${'0'.repeat(16)}${18446744073709551557n.toString(16)}`);
    assert.equal(stored?.isError, true);
    assert.equal([...store.issues(ALWAYS)].length, 1);
  });

  it('takes JSON where the tracer says so', () => {
    const { store, intake } = setUp();
    const json = { ...span, trace_id: 11, span_id: 12, start: (NOON_MS - 60_000) * 1e6 };
    intake.v04(post([[json]], { headers: { 'content-type': 'application/json' } }));
    assert.equal([...store.spans(ALWAYS)].length, 1);
  });

  it('takes version 0.5', () => {
    const { store, intake } = setUp();
    const row = [1, 2, 3, 11, 12, 0, (NOON_MS - 60_000) * 1e6, 5_000_000, 0, {}, {}, 0];
    intake.v05(post(packed([['', 'shop', 'web.request', 'GET /'], [[row]]])));
    assert.equal([...store.spans(ALWAYS)][0]?.service, 'shop');
  });

  it('stores nothing of a payload that is wrong somewhere', () => {
    const { store, intake } = setUp();
    assert.throws(() => intake.v04(post(packed([[span], [{ ...span, service: 5 }]]))), HttpError);
    assert.throws(() => intake.v04(post(packed({ not: 'an array' }))), /not an array of traces/);
    assert.throws(() => intake.v04(post(packed([7]))), /Trace 0 is not an array/);
    assert.deepEqual([...store.spans(ALWAYS)], []);
  });

  it('cannot be used to reach an object’s prototype', () => {
    const { store, intake } = setUp();
    const meta = JSON.parse('{"__proto__": "x", "constructor": "y"}') as Record<string, string>;
    intake.v04(post(packed([[{ ...span, meta }]])));
    assert.equal(({} as Record<string, unknown>).x, undefined);
    assert.equal([...store.spans(ALWAYS)].length, 1);
  });

  it('answers bytes that are no MessagePack with 400, whatever they are', () => {
    const { intake } = setUp();
    assert.throws(() => unpack(Buffer.from([0x93, 0x01])), /not valid MessagePack/);
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        for (const take of [intake.v04, intake.v05]) {
          try {
            take(post(Buffer.from(bytes)));
          } catch (error) {
            assert.ok(error instanceof HttpError && error.status === 400, String(error));
          }
        }
      }),
    );
  });
});
