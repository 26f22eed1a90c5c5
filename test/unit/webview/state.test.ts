import assert from 'node:assert/strict';
import { initialState, reduce } from '../../../webview/state';
import { doneCode, hostile, running } from '../../fixtures/panelSnapshots';

const snapshot = (state = initialState(undefined), value = doneCode) => reduce(state, { kind: 'snapshot', snapshot: value });

describe('the state of the panel', () => {
  it('begins with nothing at the overview', () => {
    const state = initialState(undefined);
    assert.equal(state.snapshot, null);
    assert.equal(state.memory.tab, 'overview');
  });

  it('takes up what was saved', () => {
    const saved = { ...initialState(undefined).memory, runId: doneCode.runId, tab: 'steps', scroll: { steps: 40 } };
    assert.deepEqual(initialState(structuredClone(saved)).memory, saved);
  });

  for (const [what, saved] of [
    ['another shape', { tab: 'actions' }],
    ['no object', 'steps'],
    ['a tab that is gone', { ...initialState(undefined).memory, tab: 'studio' }],
  ] as const)
    it(`forgets what was saved when it is ${what}`, () => {
      assert.equal(initialState(saved).memory.tab, 'overview');
    });

  it('replaces the snapshot whole', () => {
    const state = snapshot(snapshot(undefined, running), { ...running, found: {} });
    assert.deepEqual(state.snapshot?.found, {});
  });

  it('makes every text of a snapshot plain', () => {
    assert.equal(snapshot(undefined, hostile).snapshot?.found.incident?.primarySymptom.includes('[U+202E]'), true);
  });

  it('keeps the tab while the same run goes on and forgets it with the next run', () => {
    const onSteps = reduce(snapshot(), { kind: 'show', tab: 'steps', id: null });
    assert.equal(snapshot(onSteps, { ...doneCode, found: {} }).memory.tab, 'steps');
    assert.deepEqual(snapshot(onSteps, { ...doneCode, runId: 'next' }).memory, { ...initialState(undefined).memory, runId: 'next' });
  });

  it('tells two requests for the same item apart', () => {
    const once = reduce(snapshot(), { kind: 'show', tab: 'evidence', id: 'E3' });
    const twice = reduce(once, { kind: 'show', tab: 'evidence', id: 'E3' });
    assert.equal(once.reveal?.id, 'E3');
    assert.notEqual(once.reveal?.count, twice.reveal?.count);
  });

  it('lifts the filter that could hide an item that is asked for, and only then', () => {
    const filtered = reduce(snapshot(), { kind: 'remember', memory: { evidenceKind: 'logs' } });
    assert.equal(reduce(filtered, { kind: 'show', tab: 'evidence', id: 'E3' }).memory.evidenceKind, null);
    assert.equal(reduce(filtered, { kind: 'show', tab: 'evidence', id: null }).memory.evidenceKind, 'logs');
  });

  it('forgets the item when a tab is merely shown', () => {
    const revealed = reduce(snapshot(), { kind: 'show', tab: 'evidence', id: 'E3' });
    assert.equal(reduce(revealed, { kind: 'show', tab: 'steps', id: null }).reveal, null);
  });

  it('remembers how far each tab is scrolled', () => {
    const once = reduce(snapshot(), { kind: 'scrolled', tab: 'evidence', top: 120 });
    const twice = reduce(once, { kind: 'scrolled', tab: 'trace', top: 7 });
    assert.deepEqual(twice.memory.scroll, { evidence: 120, trace: 7 });
  });
});
