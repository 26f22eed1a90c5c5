import assert from 'node:assert/strict';
import fc from 'fast-check';
import { burstingTemplates, TemplateMiner, WILDCARD } from '../../../src/signals/logTemplates';

const mined = (messages: readonly string[]) => {
  const miner = new TemplateMiner();
  const ids = messages.map((message) => miner.add(message));
  return { ids, templates: miner.templates().map((template) => template.tokens.join(' ')) };
};

describe('TemplateMiner', () => {
  it('puts messages of one shape together', () => {
    const { ids, templates } = mined([
      'order 17 failed after 30ms: card declined',
      'order 99 failed after 1250ms: card declined',
      'connected to 10.0.0.7:5432',
    ]);
    assert.deepEqual(ids, [0, 0, 1]);
    assert.equal(templates[0], `order ${WILDCARD} failed after ${WILDCARD}ms: card declined`);
    assert.equal(templates[1], `connected to ${WILDCARD}`);
  });

  it('learns which words vary', () => {
    const { templates } = mined(['service answered slowly from berlin to ann', 'service answered slowly from paris to bob']);
    assert.deepEqual(templates, [`service answered slowly from ${WILDCARD} to ${WILDCARD}`]);
  });

  it('masks ids, addresses and times', () => {
    const { templates } = mined(['req 6f1c2d3e-aaaa-4000-8000-123456789abc at 2026-01-02T03:04:05Z from 1.2.3.4 took 0x1f']);
    assert.equal(templates[0], `req ${WILDCARD} at ${WILDCARD} from ${WILDCARD} took ${WILDCARD}`);
  });

  it('keeps messages of different length apart', () => {
    assert.equal(mined(['a b c', 'a b c d']).templates.length, 2);
  });

  it('gives the same ids for the same messages, survives anything and loses nothing', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ maxLength: 60 }), { maxLength: 30 }), (messages) => {
        const first = mined(messages);
        assert.deepEqual(first, mined(messages));
        const miner = new TemplateMiner();
        for (const message of messages) miner.add(message);
        assert.equal(
          miner.templates().reduce((sum, template) => sum + template.count, 0),
          messages.length,
        );
      }),
    );
  });

  it('reads only the beginning of enormous messages', () => {
    const miner = new TemplateMiner();
    miner.add(`start ${'x'.repeat(100_000)}`);
    assert.ok((miner.templates()[0]?.example.length ?? 0) <= 1000);
  });
});

describe('burstingTemplates', () => {
  it('reports what is new, most frequent first', () => {
    const during = ['pool exhausted after 5s', 'pool exhausted after 7s', 'retrying call 3', 'served 12 items'];
    const found = burstingTemplates(['served 9 items', 'served 4 items'], during, 1);
    assert.deepEqual(
      found.map(({ during: count, isNew }) => [count, isNew]),
      [
        [2, true],
        [1, true],
      ],
    );
    assert.equal(found[0]?.example, 'pool exhausted after 5s');
  });

  it('reports a burst of something known, weighed by how long each side lasted', () => {
    const known = new Array<string>(4).fill('slow query');
    const many = new Array<string>(8).fill('slow query');
    assert.equal(burstingTemplates(known, many, 1).length, 0);
    assert.equal(burstingTemplates(known, many, 0.25).length, 1);
  });
});
