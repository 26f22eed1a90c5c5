import assert from 'node:assert/strict';
import type { LogEvent } from '../../../../src/domain/log';
import type { MetricResult } from '../../../../src/domain/ports';
import type { Span } from '../../../../src/domain/span';
import { failureFindings } from '../../../../src/investigation/perceive/failureFindings';
import { buildTraces } from '../../../../src/signals/traces/traceTree';
import { createRun, gathered } from '../../../fakes/gathered';
import { log, many, ONSET_MS, request, STACK, stepped } from '../../../fakes/incidents';

const ERROR = { 'error.type': 'TypeError', 'error.message': 'x is undefined', 'error.stack': STACK };
const find = (
  during: readonly Span[],
  given: { before?: readonly Span[]; logs?: readonly LogEvent[]; quiet?: readonly LogEvent[]; metrics?: readonly MetricResult[] } = {},
) => {
  const run = createRun();
  const traces = { during: buildTraces(during), before: buildTraces(given.before ?? []) };
  const all = gathered({
    metrics: given.metrics ?? [],
    errorLogs: { query: 'q', items: given.logs ?? [] },
    quietLogs: { query: 'q', items: given.quiet ?? [] },
  });
  return { found: failureFindings(all, traces, run), evidence: run.evidence.all() };
};

describe('failureFindings', () => {
  it('group the origins of failing traces, with a stack and a span', () => {
    const { found, evidence } = find(many(4, ONSET_MS, (id, at) => request(id, at, ERROR)));
    assert.equal(found.length, 1);
    assert.equal(found[0]?.service, 'shop');
    assert.equal(found[0]?.count, 4);
    assert.equal(found[0]?.stack[0]?.frames[0]?.function, 'price');
    assert.ok(found[0]?.span);
    assert.equal(evidence[0]?.kind, 'spans');
    assert.match(evidence[0]?.summary ?? '', /^shop failed 4 of the sampled requests since 12:10 UTC: TypeError: x is undefined$/);
    assert.equal(evidence[0]?.stack?.length, 1);
  });

  it('put messages that differ in numbers together', () => {
    const spans = many(3, ONSET_MS, (id, at) => request(id, at, { ...ERROR, 'error.message': `no item ${at}` }));
    assert.equal(find(spans).found.length, 1);
  });

  it('read error logs with their exceptions, and the host that they name', () => {
    const attributes = { error: { kind: 'IOError', message: 'gone', stack: STACK }, upstream: { host: 'bank.example' } };
    const { found, evidence } = find([], { logs: [log(ONSET_MS + 1, 'request failed', { attributes })] });
    assert.equal(found[0]?.type, 'IOError');
    assert.equal(found[0]?.peer, 'bank.example');
    assert.equal(found[0]?.stack.length, 1);
    assert.equal(evidence[0]?.kind, 'error');
    assert.match(evidence[0]?.summary ?? '', /while calling bank\.example/);
  });

  it('count a request once that a span and a log tell of, however its id is written', () => {
    const spans = request('a', ONSET_MS, ERROR).map((one) => ({ ...one, traceId: '00000000000000000000000000000abc' }));
    const attributes = { error: { kind: 'TypeError', message: 'x is undefined' }, dd: { trace_id: '2748' } };
    const logs = [
      log(ONSET_MS + 5, 'failed', { attributes }),
      log(ONSET_MS + 6, 'failed', { attributes: { ...attributes, dd: { trace_id: '9' } } }),
    ];
    assert.equal(find(spans, { logs }).found[0]?.count, 2);
  });

  it('leave out errors that are as usual before', () => {
    const before = many(4, ONSET_MS - 3_000_000, (id, at) => request(id, at, ERROR));
    assert.deepEqual(
      find(
        many(4, ONSET_MS, (id, at) => request(id, at, ERROR)),
        { before },
      ).found,
      [],
    );
    const quiet = [log(ONSET_MS - 3_000_000, 'flaky')];
    assert.deepEqual(find([], { logs: [log(ONSET_MS + 1, 'flaky')], quiet }).found, []);
  });

  it('take a span without frames and the log of its request for one failure, with the words of the log', () => {
    const bare = { 'error.type': 'TimeoutError', 'error.message': 'aborted', 'error.stack': 'TimeoutError: aborted' };
    const spans = request('a', ONSET_MS, bare).map((one) => ({ ...one, traceId: '00000000000000000000000000000abc' }));
    const attributes = { error: { kind: 'UpstreamError', message: 'bank did not answer', stack: STACK }, dd: { trace_id: '2748' } };
    const { found } = find(spans, { logs: [log(ONSET_MS + 5, 'failed', { attributes })] });
    assert.deepEqual(
      found.map(({ type, count, stack }) => [type, count, stack.length]),
      [['UpstreamError', 1, 1]],
    );
    assert.ok(found[0]?.span);
  });

  it('leave out errors of a service whose count of errors did not rise, and mention them once', () => {
    const counted = (before: number, during: number) => [
      {
        query: 'sum:trace.web.errors{*} by {service}.as_count()',
        series: [stepped('trace.web.errors', before, during, { tags: ['service:shop'], unit: null })],
      },
    ];
    const declined = many(4, ONSET_MS, (id, at) => request(id, at, { ...ERROR, 'error.message': 'card declined' }));
    const usual = find(declined, { metrics: counted(5, 5) });
    assert.deepEqual(usual.found, []);
    assert.match(usual.evidence[0]?.summary ?? '', /^Also seen, as often as before the incident: shop: TypeError: card declined$/);
    assert.equal(usual.evidence.length, 1);
    assert.equal(find(declined, { metrics: counted(5, 50) }).found.length, 1);
    assert.equal(find(declined, { metrics: counted(0, 0) }).found.length, 1);
  });

  it('say that logs may be more than were read', () => {
    const logs = Array.from({ length: 500 }, (_, index) => log(ONSET_MS + index, 'down'));
    assert.match(find([], { logs }).evidence[0]?.summary ?? '', /^shop failed at least 500 times/);
  });

  it('leave out what failed before the onset', () => {
    assert.deepEqual(find([], { logs: [log(ONSET_MS - 1, 'early')] }).found, []);
  });

  it('say so when an error has no message', () => {
    const { evidence } = find(request('a', ONSET_MS, {}));
    assert.match(evidence[0]?.summary ?? '', /errors without a message/);
  });
});
