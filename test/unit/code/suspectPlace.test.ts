import assert from 'node:assert/strict';
import type { SuspectInput } from '../../../src/code/suspectInput';
import { createPlaceFactor } from '../../../src/code/suspectPlace';
import type { Change, Commit } from '../../../src/domain/change';

const sha = 'b'.repeat(40);
const theirs: Commit = { sha, repository: 'mail', author: '', timestampMs: 0, message: '', files: ['src/total.ts'], diff: '' };
const deployed = (service: string | null, more: Partial<Change> = {}): Change => ({
  timestampMs: 1,
  kind: 'deployment',
  service,
  title: '',
  text: '',
  author: null,
  version: null,
  commit: sha,
  attributes: {},
  ...more,
});

const factor = (deployments: readonly Change[], hasFrame: boolean, more: Partial<SuspectInput> = {}) => {
  const given = { service: 'cart', deployments, commits: [theirs], ...more };
  return createPlaceFactor(given as SuspectInput)(theirs, hasFrame);
};

describe('Where a commit lies', () => {
  it('counts in full for a failing file, unless it was deployed as other services alone', () => {
    assert.equal(factor([], true), 1);
    assert.equal(factor([deployed('cart-svc')], true), 1);
    assert.equal(factor([deployed('mail')], true), 0.4);
    assert.equal(factor([deployed('mail', { commit: null, version: sha.slice(0, 8) })], true), 0.4);
    assert.equal(factor([deployed('mail'), deployed(null)], true), 1);
  });

  it('counts little where no calls connect with the service that it was deployed as', () => {
    assert.equal(factor([deployed('mail')], false, { connected: new Set(['stock']) }), 0.4);
    assert.equal(factor([deployed('mail')], false, { connected: new Set(['mail']) }), 0.85);
    assert.equal(factor([deployed('mail')], false), 0.85);
  });

  it('is shared where a deployment of the service took it along, or comes from the same repository', () => {
    const connected = new Set(['stock']);
    const later = deployed('cart', { commit: 'c'.repeat(40) });
    const carriers = new Map([[sha, { deployment: later, isArrival: true }]]);
    assert.equal(factor([deployed('mail')], false, { connected, carriers }), 0.85);
    const next: Commit = { ...theirs, sha: 'c'.repeat(40) };
    assert.equal(factor([deployed('mail'), later], false, { connected, commits: [theirs, next] }), 0.85);
    assert.equal(factor([deployed('mail'), later], false, { connected, commits: [theirs, { ...next, repository: 'cart' }] }), 0.4);
  });
});
