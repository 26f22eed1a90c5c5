import assert from 'node:assert/strict';
import { changeSchema, commitSchema, seriesSchema, spanSchema } from '../../../src/recording/schemas';

const AT = '2026-06-20T12:00:00Z';

describe('the schemas of recorded lines', () => {
  it('read an empty or zero parent id as none', () => {
    const span = { trace_id: '1', span_id: '2', service: 's', name: 'n', resource: 'r', start: '1000000', duration: 1 };
    for (const parent_id of [null, undefined, '', '0']) assert.equal(spanSchema.parse({ ...span, parent_id }).parentId, null);
    assert.equal(spanSchema.parse({ ...span, parent_id: '7' }).parentId, '7');
  });

  it('turn values of meta into text', () => {
    const span = { trace_id: '1', span_id: '2', service: 's', name: 'n', resource: 'r', start: '1000000', duration: 1, meta: { port: 80 } };
    assert.deepEqual(spanSchema.parse(span).meta, { port: '80' });
  });

  it('keep a series’ type where it is given', () => {
    const series = { metric: 'm', interval: 60, points: [] };
    assert.equal(seriesSchema.parse({ ...series, type: 'count' }).type, 'count');
    assert.equal(seriesSchema.parse(series).type, null);
    assert.equal(seriesSchema.safeParse({ ...series, interval: 0 }).success, false);
  });

  it('move unknown fields of a change to its attributes', () => {
    const change = changeSchema.parse({ timestamp: AT, kind: 'config', title: 't', region: 'eu', attributes: { a: 1 } });
    assert.deepEqual(change.attributes, { region: 'eu', a: 1 });
    assert.deepEqual([change.kind, change.service, change.text], ['config', null, '']);
  });

  it('take a commit without a diff', () => {
    const commit = commitSchema.parse({ sha: 'abcdef1', author: 'a', timestamp: AT, message: 'm' });
    assert.deepEqual([commit.diff, commit.files, commit.repository, commit.timestampMs], ['', [], null, Date.parse(AT)]);
  });
});
