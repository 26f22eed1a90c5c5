import assert from 'node:assert/strict';
import type { Span } from '../../../../src/domain/span';
import { createSettableClock } from '../../../../src/sandbox/clock';
import { createIssueTable } from '../../../../src/sandbox/store/issueTable';
import { ALWAYS, aLog, aSpan, NOON_MS } from '../telemetry';

const failed = (atMs: number, version: string, over: Partial<Span> = {}): Span =>
  aSpan({
    startMs: atMs,
    isError: true,
    meta: { version, 'error.type': 'TypeError', 'error.message': 'order 1', 'error.stack': 'E\n    at f (/app/a.js:1:2)' },
    ...over,
  });

const yes = () => true;

describe('the issue table', () => {
  const clock = createSettableClock(NOON_MS);
  beforeEach(() => clock.setNow(NOON_MS));

  it('remembers when and in which version an error was first and last seen', () => {
    const table = createIssueTable(clock);
    table.addSpan(failed(NOON_MS - 50_000, '2'), yes);
    table.addSpan(failed(NOON_MS - 90_000, '1'), yes);
    table.addSpan(failed(NOON_MS - 10_000, '3'), yes);
    const [issue] = [...table.within(ALWAYS)];
    assert.equal(issue?.count, 3);
    assert.deepEqual([issue?.firstSeenMs, issue?.firstSeenVersion], [NOON_MS - 90_000, '1']);
    assert.deepEqual([issue?.lastSeenMs, issue?.lastSeenVersion], [NOON_MS - 10_000, '3']);
    assert.deepEqual([issue?.file, issue?.function], ['/app/a.js', 'f']);
  });

  it('counts within the window', () => {
    const table = createIssueTable(clock);
    table.addSpan(failed(NOON_MS - 90_000, '1'), yes);
    table.addSpan(failed(NOON_MS - 10_000, '1'), yes);
    const [issue] = [...table.within({ fromMs: NOON_MS - 20_000, toMs: NOON_MS })];
    assert.equal(issue?.count, 1);
    assert.deepEqual([...table.within({ fromMs: 0, toMs: NOON_MS - 100_000 })], []);
  });

  it('sees nothing later than now', () => {
    const table = createIssueTable(clock);
    table.addSpan(failed(NOON_MS - 1000, '1'), yes);
    table.addSpan(failed(NOON_MS + 60_000, '2'), yes);
    assert.equal([...table.within(ALWAYS)][0]?.lastSeenVersion, '1');
    clock.advance(120_000);
    assert.equal([...table.within(ALWAYS)][0]?.lastSeenVersion, '2');
  });

  it('counts an error once that is both traced and logged', () => {
    const table = createIssueTable(clock);
    const id = table.addSpan(failed(NOON_MS - 1000, '1'), yes);
    const error = { kind: 'TypeError', message: 'order 2', stack: 'E\n    at f (/app/a.js:1:2)' };
    assert.equal(table.addLog(aLog({ timestampMs: NOON_MS - 900, status: 'error', attributes: { error } })), id);
    assert.equal([...table.within(ALWAYS)][0]?.count, 1);
  });

  it('makes no issue of spans and logs that do not say what failed', () => {
    const table = createIssueTable(clock);
    assert.equal(table.addSpan(failed(NOON_MS, '1', { meta: {} }), yes), null);
    assert.equal(table.addSpan(failed(NOON_MS, '1', { isError: false }), yes), null);
    assert.equal(table.addLog(aLog({ status: 'error' })), null);
    assert.equal(table.addLog(aLog({ status: 'info', attributes: { error: { kind: 'X' } } })), null);
  });

  it('does not count what it is told not to count', () => {
    const table = createIssueTable(clock);
    table.addSpan(failed(NOON_MS - 1000, '1'), yes);
    table.addSpan(failed(NOON_MS - 1000, '1'), () => false);
    assert.equal([...table.within(ALWAYS)][0]?.count, 1);
  });

  it('forgets with time', () => {
    const table = createIssueTable(clock);
    table.addSpan(failed(NOON_MS - 60_000, '1'), yes);
    table.dropBefore(NOON_MS / 1000);
    assert.deepEqual([...table.within(ALWAYS)], []);
  });
});
