import assert from 'node:assert/strict';
import type { EventResponse } from '@datadog/datadog-api-client/dist/packages/datadog-api-client-v2/models/EventResponse';
import { changeOf, deploymentOf, mergedChanges } from '../../../src/datadog/changes';
import type { Change } from '../../../src/domain/change';

const at = new Date('2026-06-20T13:00:00Z');

function event(inner: object, outer: object = {}): EventResponse {
  return { id: '1', type: 'event', attributes: { timestamp: at, message: 'text', tags: [], attributes: inner, ...outer } } as EventResponse;
}

const change = (fields: Partial<Change>): Change => ({
  timestampMs: at.getTime(),
  kind: 'deployment',
  service: 'a',
  title: '',
  text: '',
  author: null,
  version: null,
  commit: null,
  attributes: {},
  ...fields,
});

describe('changeOf', () => {
  it('reads the change object back whole', () => {
    const fields = { kind: 'scaling', service: 'cart', author: 'ann', version: '2', commit: 'abc', attributes: { from: 2, to: 1 } };
    assert.deepEqual(changeOf(event({ title: 'Scaled cart', additionalProperties: { change: fields } })), {
      timestampMs: at.getTime(),
      kind: 'scaling',
      service: 'cart',
      title: 'Scaled cart',
      text: 'text',
      author: 'ann',
      version: '2',
      commit: 'abc',
      attributes: { from: 2, to: 1 },
    });
  });

  it("understands Datadog's own change events", () => {
    const additionalProperties = {
      author: { name: 'bo@example.com', type: 'user' },
      changed_resource: { name: 'fallback_payments', type: 'feature_flag' },
      impacted_resources: [{ name: 'payments', type: 'service' }],
      new_value: { enabled: true },
      prev_value: { enabled: false },
    };
    const read = changeOf(event({ title: 'flag updated', evt: { additionalProperties: { category: 'change' } }, additionalProperties }));
    assert.deepEqual([read?.kind, read?.service, read?.author], ['feature_flag', 'payments', 'bo@example.com']);
    assert.deepEqual(read?.attributes.new_value, { enabled: true });
  });

  it('knows a deployment by its tags', () => {
    const read = changeOf(
      event({ title: 'checkout 1.4.2' }, { tags: ['source:deployment', 'service:checkout', 'version:1.4.2', 'git.commit.sha:c7d2'] }),
    );
    assert.deepEqual([read?.kind, read?.service, read?.version, read?.commit], ['deployment', 'checkout', '1.4.2', 'c7d2']);
    assert.equal(changeOf(event({ title: 'x' }, { tags: ['git.commit.sha:c7d2'] }))?.kind, 'deployment');
  });

  it('knows kinds of change by the words that tools use', () => {
    const kinds = [
      ['Rolled out shop 1.2', 'deployment'],
      ['Autoscaling group: scaled in to 1', 'scaling'],
      ['LaunchDarkly toggled new-cart', 'feature_flag'],
      ['ConfigMap change in prod', 'config'],
    ];
    for (const [title, kind] of kinds) assert.equal(changeOf(event({ title }))?.kind, kind, title);
  });

  it('leaves out alerts and whatever nothing marks as a change', () => {
    assert.equal(changeOf(event({ title: 'Deploy failed alert', monitorId: 1 })), null);
    assert.equal(changeOf(event({ title: 'x', evt: { additionalProperties: { category: 'alert' } } })), null);
    assert.equal(changeOf(event({ title: 'p95 deployed' }, { tags: ['source:alert'] })), null);
    assert.equal(changeOf(event({ title: 'Backup finished' })), null);
    assert.equal(changeOf({ id: '1' } as EventResponse), null);
  });
});

describe('deploymentOf', () => {
  it('counts from the end of the deployment', () => {
    const git = { commitSha: 'abc', repositoryId: 'r' };
    const attributes = { service: 'a', version: '1', startedAt: at, finishedAt: new Date(at.getTime() + 5000), git, env: 'prod' };
    const read = deploymentOf({ attributes } as never);
    assert.deepEqual([read?.timestampMs, read?.commit, read?.version, read?.title], [at.getTime() + 5000, 'abc', '1', 'Deployed a 1']);
    assert.deepEqual(read?.attributes, { env: 'prod', repository_id: 'r' });
  });
});

describe('mergedChanges', () => {
  it('keeps a deployment that both sources know once, with what either knows', () => {
    const merged = mergedChanges(
      [change({ title: 'event', version: '1' })],
      [change({ timestampMs: at.getTime() + 60_000, commit: 'abc', version: '1' })],
    );
    assert.deepEqual(merged, [change({ title: 'event', version: '1', commit: 'abc' })]);
  });

  it('keeps deployments apart that differ in service, version, commit or time', () => {
    const known = change({ version: '1', commit: 'abc' });
    const others = [
      { service: 'b' },
      { version: '2', commit: 'abc' },
      { version: '1', commit: 'def' },
      { version: '1', timestampMs: at.getTime() + 3_600_000 },
    ];
    for (const other of others) assert.equal(mergedChanges([known], [change(other)]).length, 2, JSON.stringify(other));
  });

  it('does not take another kind of change for the deployment', () => {
    assert.equal(mergedChanges([change({ kind: 'config' })], [change({})]).length, 2);
  });

  it('is in ascending time', () => {
    const times = mergedChanges([change({ timestampMs: 3e9 }), change({ timestampMs: 1e9 })], [change({ timestampMs: 2e9 })]).map(
      (c) => c.timestampMs,
    );
    assert.deepEqual(times, [1e9, 2e9, 3e9]);
  });
});
