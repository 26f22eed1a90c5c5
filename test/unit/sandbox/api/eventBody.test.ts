import assert from 'node:assert/strict';
import { eventBody, eventBodyV1, eventTags } from '../../../../src/sandbox/api/eventBody';
import type { StoredEvent } from '../../../../src/sandbox/store/store';
import { deployment, flagChange, NOW_MS } from '../../../fakes/sandboxTelemetry';

const bodyOf = (event: StoredEvent) => JSON.parse(JSON.stringify(eventBody(event))).attributes;
const alert: StoredEvent = {
  id: 'monitor-7-1',
  source: 'alert',
  tags: ['monitor_id:7'],
  change: {
    ...deployment().change,
    kind: 'other',
    version: null,
    commit: null,
    author: null,
    attributes: { monitor_id: 7, state: 'Alert', group: 'host:a' },
  },
};

describe('eventBody', () => {
  it('holds everything that a change is made of', () => {
    const { change } = deployment();
    const attributes = bodyOf(deployment());
    const { timestampMs, title, text, ...rest } = change;
    assert.deepEqual(attributes.attributes.change, rest);
    assert.equal(Date.parse(attributes.timestamp), timestampMs);
    assert.equal(attributes.attributes.title, title);
    assert.equal(attributes.message, text);
    assert.equal(attributes.attributes.evt.category, 'change');
  });

  it("describes flags as Datadog's change events do", () => {
    const { attributes } = bodyOf(flagChange());
    assert.deepEqual(attributes.changed_resource, { name: 'fast_path', type: 'feature_flag' });
    assert.deepEqual(attributes.impacted_resources, [{ name: 'checkout', type: 'service' }]);
    assert.deepEqual(attributes.author, { name: 'Ada', type: 'user' });
    assert.equal(bodyOf(deployment()).attributes.changed_resource, undefined);
    assert.equal(bodyOf(deployment({ kind: 'config', attributes: {} })).attributes.changed_resource.type, 'configuration');
  });

  it('points from an alert to its monitor', () => {
    const { attributes } = bodyOf(alert);
    assert.equal(attributes.monitor_id, 7);
    assert.deepEqual(attributes.monitor_groups, ['host:a']);
    assert.equal(attributes.status, 'error');
    assert.equal(attributes.evt.category, 'alert');
  });

  it('leaves out the service of a change that has none', () => {
    assert.equal('service' in bodyOf(deployment({ service: null })).attributes, false);
  });
});

describe('eventTags', () => {
  it('adds what the change knows, and no tag twice', () => {
    assert.deepEqual(eventTags({ ...deployment(), tags: ['service:checkout'] }), [
      'service:checkout',
      'source:deployment',
      'version:1.4.2',
      'git.commit.sha:c7d2e9a3f1b04658e8a72c0d9b5e34176af2c801',
    ]);
    assert.deepEqual(eventTags(flagChange()), ['env:prod', 'source:change', 'service:checkout']);
  });
});

describe('eventBodyV1', () => {
  it('counts in seconds', () => {
    const body = eventBodyV1(deployment()) as Record<string, unknown>;
    assert.equal(body.date_happened, NOW_MS / 1000 - 600);
    assert.equal(body.id_str, String(body.id));
    assert.equal(body.alert_type, 'info');
    assert.equal((eventBodyV1(alert) as Record<string, unknown>).alert_type, 'error');
  });
});
