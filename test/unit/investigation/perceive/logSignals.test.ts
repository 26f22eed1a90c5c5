import assert from 'node:assert/strict';
import type { LogPattern } from '../../../../src/domain/evidenceDetail';
import type { LogEvent } from '../../../../src/domain/log';
import { logFindings } from '../../../../src/investigation/perceive/logFindings';
import { writeLogSignals } from '../../../../src/investigation/perceive/logSignals';
import { weightBetween } from '../../../../src/investigation/perceive/logWeight';
import { createRun, gathered } from '../../../fakes/gathered';
import { log, ONSET_MS } from '../../../fakes/incidents';

const answer = (items: readonly LogEvent[]) => ({ query: '*', items });
const minute = (index: number) => ONSET_MS + index * 60_000;
const info = { status: 'info' as const };

function written(given: Parameters<typeof gathered>[0]) {
  const run = createRun();
  const read = gathered(given);
  const templates = logFindings(read, run);
  const before = run.evidence.all().length;
  const count = writeLogSignals(read, templates, run);
  const facts = run.evidence.all().slice(before);
  assert.equal(facts.length, count);
  return facts.map((fact) => ({ ...fact, detail: fact.detail as LogPattern }));
}

describe('writeLogSignals', () => {
  it('tells of a key event that no written message tells of, with the service and the first time', () => {
    const flood = ['the call broke', 'wheel is stuck'].flatMap((text) => Array.from({ length: 9 }, (_, at) => log(minute(at), text)));
    const full = [log(minute(3), 'write /data/x: no space left on device'), log(minute(1), 'write /data/y: no space left on device')];
    const [fact, ...others] = written({ errorLogs: answer([...flood, ...full]) });
    assert.equal(others.length, 0);
    assert.match(
      fact?.summary ?? '',
      /^shop: disk full, 2 times, first at \d\d:\d\d:\d\d UTC: "write \/data\/y: no space left on device"\.$/,
    );
    assert.deepEqual(
      [fact?.detail.event, fact?.detail.change, fact?.detail.firstMs, fact?.detail.lastMs],
      ['disk full', 'new', minute(1), minute(3)],
    );
    assert.equal(fact?.detail.template, 'write <*>: no space left on device');
    assert.equal(fact?.query, 'service:shop env:prod status:(warn OR error OR critical OR alert OR emergency)');
    assert.ok(fact?.link);
  });

  it('does not tell of an event twice, nor of one that is usual', () => {
    const refused = [1, 2, 3].map((at) => log(minute(at), `connect ECONNREFUSED 10.0.0.${at}:80`));
    assert.deepEqual(written({ errorLogs: answer(refused) }), []);
    const usual = Array.from({ length: 60 }, (_, at) => log(minute(at - 62), 'request timed out', { status: 'warn' }));
    const still = Array.from({ length: 8 }, (_, at) => log(minute(at), 'request timed out', { status: 'warn' }));
    assert.deepEqual(written({ logs: answer(still), quietLogs: answer(usual) }), []);
  });

  it('tells what the service said before and says no more', () => {
    const quiet = Array.from({ length: 60 }, (_, at) => [
      log(minute(at - 62), `order ${at} paid`, info),
      log(minute(at - 62), 'tick', info),
    ]).flat();
    const loud = Array.from({ length: 30 }, (_, at) => log(minute(at), 'tick', info));
    const [fact, ...others] = written({ logs: answer(loud), quietLogs: answer(quiet) });
    assert.equal(others.length, 0);
    assert.match(fact?.summary ?? '', /^shop logged 60 messages like "order 0 paid" in the quiet hour and none since\.$/);
    assert.deepEqual([fact?.detail.change, fact?.detail.before, fact?.detail.during, fact?.detail.firstMs], ['vanished', 60, 0, null]);
    assert.ok(fact && fact.to !== null && Date.parse(fact.to) <= ONSET_MS);
  });

  it('does not miss what another service said, or what was rare', () => {
    const other = Array.from({ length: 60 }, (_, at) => log(minute(at - 62), 'tock', { ...info, service: 'db' }));
    assert.deepEqual(written({ quietLogs: answer([...other, log(minute(-9), 'hello', info)]) }), []);
  });

  it('tells of durations unlike those of the quiet hour', () => {
    const quiet = Array.from({ length: 60 }, (_, at) => log(minute(at - 62), `query ${at} took ${20 + (at % 5)} ms`, info));
    const loud = [log(minute(1), 'query 7 took 22 ms', info), log(minute(2), 'query 8 took 7000 ms', info)];
    const [fact, ...others] = written({ logs: answer(loud), quietLogs: answer(quiet) });
    assert.equal(others.length, 0);
    assert.match(fact?.summary ?? '', /1 unusual of the messages like "query 8 took 7000 ms": it states 7,?000 where 22 was usual/);
    assert.deepEqual([fact?.detail.change, fact?.detail.during, fact?.detail.firstMs], ['anomalous', 1, minute(2)]);
    assert.equal(fact?.query, 'service:shop env:prod');
  });

  it('is silent where there are no logs', () => {
    assert.deepEqual(written({}), []);
  });
});

describe('the detail of log findings', () => {
  it('says what a view needs to draw it', () => {
    const run = createRun();
    const events = [2, 1, 3].map((at) => log(minute(at), `pool exhausted after ${at}s`));
    logFindings(gathered({ errorLogs: answer(events) }), run);
    assert.deepEqual(run.evidence.all()[0]?.detail, {
      kind: 'logPattern',
      template: 'pool exhausted after <*>',
      example: 'pool exhausted after 2s',
      change: 'new',
      before: 0,
      during: 3,
      firstMs: minute(1),
      lastMs: minute(3),
      event: 'pool exhausted',
    });
  });
});

describe('weightBetween', () => {
  it('is the share of time that the incident covers of the quiet hour, never above 1', () => {
    const over = (...minutes: number[]) => minutes.map((each) => log(minute(each), 'x'));
    assert.equal(weightBetween(over(0, 15), over(-60, 0)), 0.25);
    assert.equal(weightBetween(over(0, 90), over(-60, 0)), 1);
    assert.equal(weightBetween(over(0), over(-60, 0)), 1);
    assert.equal(weightBetween([], []), 1);
  });
});
