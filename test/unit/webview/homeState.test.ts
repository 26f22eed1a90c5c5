import assert from 'node:assert/strict';
import type { HomeSnapshot } from '../../../src/protocol/homeApi';
import { homeAnnouncement, initialHome, reduceHome } from '../../../webview/homeState';
import { homeSnapshots } from '../../fixtures/homeSnapshots';

const { busy, again, cancelled, failed, byHand } = homeSnapshots;

describe('the state of Home', () => {
  it('begins with what was saved, and forgets what has an unknown shape', () => {
    assert.deepEqual(initialHome({ env: 'prod' }).memory, { env: 'prod' });
    for (const saved of [undefined, null, 7, { env: 7 }]) assert.deepEqual(initialHome(saved).memory, { env: null });
  });

  it('is replaced whole by a snapshot, whose texts are made fit to be read; the choice stays', () => {
    const alerts = { ...busy.alerts, items: busy.alerts.items.map((alert) => ({ ...alert, title: 'a\u202eb' })) };
    const state = reduceHome(initialHome({ env: 'prod' }), { kind: 'snapshot', snapshot: { ...busy, alerts } });
    assert.equal(state.snapshot?.alerts.items[0]?.title, 'a[U+202E]b');
    assert.deepEqual(state.memory, { env: 'prod' });
  });

  it('keeps the snapshot when an environment is chosen', () => {
    const shown = reduceHome(initialHome(null), { kind: 'snapshot', snapshot: busy });
    const chosen = reduceHome(shown, { kind: 'chooseEnv', env: 'staging' });
    assert.deepEqual([chosen.memory, chosen.snapshot === shown.snapshot], [{ env: 'staging' }, true]);
  });
});

describe('the announcement of Home', () => {
  const of = (before: HomeSnapshot | null, after: HomeSnapshot) => homeAnnouncement(before, after);

  it('tells each step once', () => {
    assert.equal(of(busy, again), 'Looking at the services.');
    assert.equal(of(again, again), '');
    assert.equal(of(again, cancelled), 'The look at the services was cancelled.');
    assert.equal(of(null, byHand), '');
  });

  it('tells a failure with its reason', () => {
    assert.match(of(again, failed), /is limiting requests/);
    assert.equal(of(again, { ...failed, survey: { ...failed.survey, problem: null } }), 'The look at the services failed.');
  });

  it('counts only what goes on', () => {
    assert.equal(of(again, busy), '3 anomalies now.');
  });
});
