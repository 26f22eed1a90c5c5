import assert from 'node:assert/strict';
import { statements } from '../../../../src/investigation/perceive/statements';
import { change, failure, template } from '../../../fakes/findings';
import { createRun, gathered } from '../../../fakes/gathered';
import { NOW_MS } from '../../../fakes/incidents';
import { said } from '../../../fakes/miniIncidents/world';

const told = { failures: [], templates: [], changes: [], alertEvidence: ['E1'] };
const at = (minutesAgo: number, message: string, status: 'info' | 'warn' | 'error' = 'error', service = 'shop') => ({
  ...said(0, message, status, service),
  timestampMs: NOW_MS - minutesAgo * 60_000,
});
const of = (quiet: ReturnType<typeof at>[], loud: ReturnType<typeof at>[] = []) =>
  gathered({ quietLogs: { query: '*', items: quiet }, logs: { query: '*', items: loud } });

describe('statements', () => {
  it('begin with the alert, and then go by time', () => {
    const event = change('other', 300, { text: 'Automated backup finished.' });
    const found = statements(
      gathered(),
      { ...told, failures: [failure()], templates: [template('x failed')], changes: [event] },
      true,
      createRun(),
    );
    assert.deepEqual(
      found.map(({ source }) => source),
      ['alert', 'event', 'log', 'log'],
    );
    assert.deepEqual([found[1]?.isTrouble, found[2]?.isTrouble], [false, true]);
  });

  it('know until when a repeated event was seen, and that a warning of the platform is trouble', () => {
    const attributes = { type: 'Warning', last_time: new Date(NOW_MS).toISOString() };
    const [, found] = statements(
      gathered(),
      { ...told, changes: [change('other', 9, { text: 'Back-off', attributes })] },
      true,
      createRun(),
    );
    assert.equal(found?.lastMs, NOW_MS);
    assert.equal(found?.isTrouble, true);
  });

  it('hear errors from before an onset that no metric shows', () => {
    const run = createRun();
    const early = of([at(30, 'FATAL: required variable X is not set')]);
    assert.equal(statements(early, told, false, run).length, 2);
    assert.match(run.evidence.all()[0]?.summary ?? '', /^shop said: "FATAL: required variable X is not set"$/);
    assert.equal(statements(early, told, true, createRun()).length, 1);
  });

  it('keep no more of a message than its beginning', () => {
    const found = statements(of([at(30, `FATAL: ${'x '.repeat(9_000)}`)]), told, false, createRun());
    assert.equal(found[1]?.text.length, 2_000);
  });

  it('hear what the platform does, and no requests', () => {
    const logs = [
      at(3, 'Scale-up: added a node', 'info', 'cluster-autoscaler'),
      at(3, 'GET /completed 200', 'info'),
      at(2, 'hello', 'info'),
    ];
    const found = statements(of([], logs), told, true, createRun());
    assert.deepEqual(
      found.slice(1).map(({ service, isTrouble }) => [service, isTrouble]),
      [[null, false]],
    );
  });

  it('hear errors that the platform reports of others, not as its own, also with a known onset', () => {
    const found = statements(of([], [at(3, 'Back-off restarting failed container', 'warn', 'kubelet')]), told, true, createRun());
    assert.deepEqual(
      found.slice(1).map(({ service, isTrouble }) => [service, isTrouble]),
      [[null, true]],
    );
  });

  it('take a warning for over that did not come again', () => {
    const isTrouble = (minutesAgo: number) =>
      statements(of([at(minutesAgo, 'request throttled', 'warn')]), told, false, createRun())[1]?.isTrouble;
    assert.equal(isTrouble(45), false);
    assert.equal(isTrouble(12), true);
  });
});
