import assert from 'node:assert/strict';
import { createFixedClock } from '../../../../src/sandbox/clock';
import { takeDeployment, takeV1Event, takeV2Event } from '../../../../src/sandbox/intake/eventIntake';
import { createTelemetryStore } from '../../../../src/sandbox/store/telemetryStore';
import { ALWAYS, NOON_MS } from '../telemetry';
import { post } from './posting';

const SHA = '66adc9350f2cc9b250b69abddab733dd55e1a588';

describe('the event intakes', () => {
  const newStore = () => createTelemetryStore({ clock: createFixedClock(NOON_MS) });

  it('take a v1 event and answer it with its number', () => {
    const store = newStore();
    const sent = { title: 'Deployed', text: 'by CI', date_happened: NOON_MS / 1000 - 60, tags: ['service:shop', `git.commit.sha:${SHA}`] };
    const { status, body } = takeV1Event(store, post(sent));
    const { event } = body as { event: Record<string, unknown> };
    assert.equal(status, 202);
    assert.equal(String(event.id), event.id_str);
    assert.equal(event.date_happened, sent.date_happened);
    const [stored] = [...store.events(ALWAYS)];
    assert.deepEqual([stored?.change.kind, stored?.change.commit, stored?.source], ['deployment', SHA, 'deployment']);
    assert.equal(stored?.change.timestampMs, NOON_MS - 60_000);
  });

  const change = (over: object = {}) => ({
    data: {
      type: 'event',
      attributes: {
        category: 'change',
        title: 'Flag on',
        message: 'rolled out',
        tags: ['env:prod'],
        attributes: {
          author: { name: 'ann', type: 'user' },
          changed_resource: { name: 'fallback_payments', type: 'feature_flag' },
          impacted_resources: [{ name: 'payments', type: 'service' }],
          new_value: { enabled: true },
        },
        ...over,
      },
    },
  });

  it('take a change of a feature flag', () => {
    const store = newStore();
    const { status, body } = takeV2Event(store, post(change()));
    assert.equal(status, 202);
    assert.equal((body as { data: { type: string } }).data.type, 'event');
    const [stored] = [...store.events(ALWAYS)];
    assert.deepEqual(
      [stored?.change.kind, stored?.change.service, stored?.change.author, stored?.change.text],
      ['feature_flag', 'payments', 'ann', 'rolled out'],
    );
    assert.deepEqual(stored?.change.attributes.name, 'fallback_payments');
    assert.deepEqual(stored?.change.attributes.new_value, { enabled: true });
  });

  it('refuse other categories, old events and changes of nothing, in the JSON:API shape', () => {
    const store = newStore();
    const refused = (body: object, message: RegExp) =>
      assert.throws(() => takeV2Event(store, post(body)), { status: 400, shape: 'jsonApi', message });
    refused(change({ category: 'deployment' }), /\$\.data\.attributes\.category: value must be one of: \["alert", "change"\]/);
    refused(change({ timestamp: '2026-06-19T12:00:00Z' }), /18 hours/);
    refused(change({ attributes: {} }), /changed_resource/);
    assert.deepEqual([...store.events(ALWAYS)], []);
  });

  it('take a deployment with its commit, from the moment it was finished', () => {
    const store = newStore();
    const attributes = {
      service: 'shop',
      env: 'prod',
      version: 'v2',
      started_at: (NOON_MS - 90_000) * 1e6,
      finished_at: (NOON_MS - 60_000) * 1e6,
      git: { commit_sha: SHA, repository_url: 'https://git.example.com/shop.git' },
      custom_tags: ['author:ann'],
    };
    const { status, body } = takeDeployment(store, post({ data: { attributes } }));
    assert.equal(status, 200);
    const [stored] = [...store.events(ALWAYS)];
    assert.deepEqual(body, { data: { id: stored?.id, type: 'dora_deployment' } });
    assert.deepEqual(
      [stored?.change.kind, stored?.change.commit, stored?.change.author, stored?.change.version],
      ['deployment', SHA, 'ann', 'v2'],
    );
    assert.equal(stored?.change.timestampMs, NOON_MS - 60_000);
    assert.ok(stored?.tags.includes('env:prod') && stored.tags.includes(`git.commit.sha:${SHA}`));
  });

  it('refuse a deployment whose commit is none', () => {
    const attributes = { service: 'shop', started_at: 1, git: { commit_sha: 'main', repository_url: 'x' } };
    assert.throws(() => takeDeployment(newStore(), post({ data: { attributes } })), { status: 400, shape: 'jsonApi' });
  });
});
