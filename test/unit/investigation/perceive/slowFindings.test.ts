import assert from 'node:assert/strict';
import type { Span } from '../../../../src/domain/span';
import { repeatFindings, slowFindings } from '../../../../src/investigation/perceive/slowFindings';
import { buildTraces } from '../../../../src/signals/traces/traceTree';
import { createRun, gathered } from '../../../fakes/gathered';
import { many, ONSET_MS, request } from '../../../fakes/incidents';
import { span } from '../../../fakes/spans';

const QUIET_MS = ONSET_MS - 3_000_000;
const queries = (count: number, ms: number) =>
  Array.from({ length: count }, (_, index) => span({ spanId: '', name: 'sql', type: 'sql', resource: `SELECT ${index}`, durationMs: ms }));
const longer = (spans: readonly Span[], ms: number) =>
  spans.map((one) => (one.name === 'sql' ? one : { ...one, durationMs: one.durationMs + ms }));
const traces = (during: readonly Span[], before: readonly Span[]) => ({ during: buildTraces(during), before: buildTraces(before) });
const usual = many(4, QUIET_MS, (id, at) => request(id, at, null, queries(1, 5)));

describe('slowFindings', () => {
  it('name the operation whose own time grew', () => {
    const run = createRun();
    const now = many(4, ONSET_MS, (id, at) => request(id, at, null, queries(1, 5))).map((one) =>
      one.resource === 'POST /orders' ? { ...one, durationMs: 500 } : one,
    );
    const [found] = slowFindings(gathered(), traces(now, usual), run);
    assert.equal(found?.operation.during.resource, 'POST /orders');
    assert.match(
      run.evidence.all()[0]?.summary ?? '',
      /shop's POST \/orders takes 500 ms instead of 50 ms \(median\), 450 ms more of it in its own code/,
    );
  });

  it('say where the time goes when it is lost on the way', () => {
    const run = createRun();
    const now = many(4, ONSET_MS, (id, at) => request(id, at, null)).map((one) =>
      one.service === 'web' ? { ...one, durationMs: one.durationMs + 300 } : one,
    );
    slowFindings(gathered(), traces(now, usual), run);
    assert.match(run.evidence.all()[0]?.summary ?? '', /on the way to shop/);
  });

  it('are none without traces to compare with, and none where nothing is slower', () => {
    assert.deepEqual(slowFindings(gathered(), traces(usual, []), createRun()), []);
    assert.deepEqual(
      slowFindings(
        gathered(),
        traces(
          many(4, ONSET_MS, (id, at) => request(id, at, null, queries(1, 5))),
          usual,
        ),
        createRun(),
      ),
      [],
    );
  });
});

describe('repeatFindings', () => {
  it('are calls that one request now makes many times, and that explain its time', () => {
    const run = createRun();
    const now = longer(
      many(4, ONSET_MS, (id, at) => request(id, at, null, queries(25, 10))),
      250,
    );
    const [found] = repeatFindings(gathered(), traces(now, usual), run);
    assert.equal(found?.call.calls, 25);
    assert.equal(found.before, 1);
    assert.match(
      run.evidence.all()[0]?.summary ?? '',
      /One POST \/orders of shop makes 25 calls of "SELECT \?" instead of 1, together 250 ms\./,
    );
    assert.match(run.evidence.all()[0]?.query ?? '', /^trace_id:/);
  });

  it('are not calls that take little of the time that was added', () => {
    const now = longer(
      many(4, ONSET_MS, (id, at) => request(id, at, null, queries(25, 0.1))),
      900,
    );
    assert.deepEqual(repeatFindings(gathered(), traces(now, usual), createRun()), []);
  });

  it('need plain repetition where there is nothing to compare with', () => {
    const some = longer(
      many(1, ONSET_MS, (id, at) => request(id, at, null, queries(7, 10))),
      30,
    );
    const plenty = longer(
      many(1, ONSET_MS, (id, at) => request(id, at, null, queries(20, 10))),
      160,
    );
    assert.equal(repeatFindings(gathered(), traces(some, []), createRun()).length, 0);
    assert.equal(repeatFindings(gathered(), traces(plenty, []), createRun()).length, 1);
  });

  it('claims its own code only where what it calls was read', () => {
    const run = createRun();
    const alone = (id: string, startMs: number, durationMs: number) =>
      span({ traceId: id, spanId: 'r', resource: 'POST /orders', startMs, durationMs });
    const several = (prefix: string, startMs: number, ms: number) => [0, 1, 2].map((at) => alone(`${prefix}${at}`, startMs + at, ms));
    slowFindings(gathered(), traces(several('n', ONSET_MS, 500), several('q', QUIET_MS, 50)), run);
    assert.match(run.evidence.all()[0]?.summary ?? '', /450 ms more of it in it or in what it calls/);
  });
});
