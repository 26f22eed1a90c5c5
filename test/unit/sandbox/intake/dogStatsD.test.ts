import assert from 'node:assert/strict';
import fc from 'fast-check';
import { parseDogStatsD, type StatsDMetric } from '../../../../src/sandbox/intake/dogStatsD';

const metric = (line: string): StatsDMetric => {
  const { messages, problems } = parseDogStatsD(line);
  assert.deepEqual(problems, []);
  const [message] = messages;
  assert.equal(message?.kind, 'metric');
  return message as StatsDMetric;
};

describe('the DogStatsD parser', () => {
  it('reads name, value, type, rate, tags, container and timestamp', () => {
    assert.deepEqual(metric('page.views:1|c|@0.5|#env:dev,route:/x|c:in-1|T1656581400'), {
      kind: 'metric',
      name: 'page.views',
      type: 'count',
      values: [1],
      sampleRate: 0.5,
      tags: ['env:dev', 'route:/x'],
      containerId: 'in-1',
      timestampSec: 1656581400,
      unit: null,
    });
  });

  it('knows every type', () => {
    const types = ['c', 'g', 'h', 'ms', 'd', 's'].map((type) => metric(`m:1|${type}`).type);
    assert.deepEqual(types, ['count', 'gauge', 'histogram', 'histogram', 'distribution', 'set']);
    assert.equal(metric('m:1|ms').unit, 'millisecond');
    assert.deepEqual(metric('users:alice|s').values, ['alice']);
  });

  it('unpacks several values', () => {
    assert.deepEqual(metric('took:1:2.5:-3e2|d').values, [1, 2.5, -300]);
  });

  it('keeps the values of tags whole', () => {
    assert.deepEqual(metric('m:1|g|#url:http://x:80/a,plain').tags, ['url:http://x:80/a', 'plain']);
  });

  it('reads events by their lengths in bytes', () => {
    const { messages } = parseDogStatsD('_e{7,7}:Größe|a|b\\n12|d:1700000000|h:web-1|t:error|s:deploy|#service:shop');
    assert.deepEqual(messages, [
      {
        kind: 'event',
        title: 'Größe',
        text: 'a|b\n12',
        timestampSec: 1700000000,
        host: 'web-1',
        alertType: 'error',
        sourceType: 'deploy',
        tags: ['service:shop'],
      },
    ]);
  });

  it('reads service checks', () => {
    assert.deepEqual(parseDogStatsD('_sc|db.up|2|d:17|#db:main|m:no answer').messages, [
      { kind: 'check', name: 'db.up', status: 2, message: 'no answer', timestampSec: 17, tags: ['db:main'] },
    ]);
  });

  it('uses the lines that it can read and says why it cannot read the others', () => {
    const { messages, problems } = parseDogStatsD('good:1|c\nbad\nalso:bad|c\nm:1|x\nm:1|c|@7\n_sc|x|9\n_e{5,5}:a|b\nfine:2|g\n');
    assert.deepEqual(
      messages.map((message) => (message as StatsDMetric).name),
      ['good', 'fine'],
    );
    assert.equal(problems.length, 6);
    assert.match(problems[0] ?? '', /^"bad": a metric is "name:value\|type"$/);
  });

  it('reads back what a client writes', () => {
    const name = fc.stringMatching(/^[a-z][a-z0-9_.]{0,20}$/);
    const tag = fc.stringMatching(/^[a-z]{1,8}:[a-z0-9/:._-]{1,12}$/);
    const value = fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e15, max: 1e15 });
    fc.assert(
      fc.property(name, fc.array(value, { minLength: 1, maxLength: 4 }), fc.array(tag, { maxLength: 4 }), (key, values, tags) => {
        const line = `${key}:${values.join(':')}|d${tags.length > 0 ? `|#${tags.join(',')}` : ''}`;
        const read = metric(line);
        assert.deepEqual([read.name, read.values.map(Number), read.tags], [key, values.map((number) => Number(String(number))), tags]);
      }),
    );
  });

  it('never throws, whatever arrives', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        for (const line of [text, `_e{${text}`, `_sc|${text}`, `m:${text}|c`]) assert.ok(Array.isArray(parseDogStatsD(line).problems));
      }),
    );
  });
});
