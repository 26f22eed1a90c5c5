import assert from 'node:assert/strict';
import { changeOf } from '../../../../src/sandbox/intake/changeFacts';

const event = (tags: string[], source: string | null = null) => changeOf({ title: 't', text: 'x', tags, timestampMs: 5, source });

describe('the change in an event', () => {
  it('is read off its tags', () => {
    const change = event(['service:shop', 'version:2', 'git.commit.sha:abc', 'author:ann']);
    assert.deepEqual(
      [change.kind, change.service, change.version, change.commit, change.author],
      ['deployment', 'shop', '2', 'abc', 'ann'],
    );
  });

  it('is of the kind that source or tags name', () => {
    assert.equal(event([], 'Deploy').kind, 'deployment');
    assert.equal(event(['kind:feature_flag']).kind, 'feature_flag');
    assert.equal(event(['event:autoscaling']).kind, 'scaling');
    assert.equal(event(['source:configuration']).kind, 'config');
    assert.equal(event(['source:nagios'], 'my_apps').kind, 'other');
  });
});
