import assert from 'node:assert/strict';
import fc from 'fast-check';
import { TemplateMiner } from '../../../../src/signals/logs/templateMiner';
import { groupingAccuracy, groupsOf } from '../../../benchmarks/loghubEval';
import { syntheticLogs } from '../../../benchmarks/syntheticLogs';

const mined = (messages: readonly string[]) => {
  const miner = new TemplateMiner();
  const ids = messages.map((message) => miner.add(message));
  const { templates, templateOf } = miner.finish();
  return { ids: ids.map(templateOf), templates: templates.map(({ template }) => template), counts: templates.map(({ count }) => count) };
};

describe('TemplateMiner', () => {
  it('puts messages of one shape together, and numbers shapes by their first message', () => {
    const { ids, templates, counts } = mined([
      'order 17 failed after 30ms: card declined',
      'connected to 10.0.0.7:5432',
      'order 99 failed after 1250ms: card declined',
    ]);
    assert.deepEqual(ids, [0, 1, 0]);
    assert.deepEqual(counts, [2, 1]);
    assert.deepEqual(templates, ['order <*> failed after <*>: card declined', 'connected to <*>']);
  });

  it('takes a place with many words for a variable', () => {
    const { templates } = mined(['ann', 'bob', 'cid', 'dan', 'eve'].map((name) => `session of ${name} was opened`));
    assert.deepEqual(templates, ['session of <*> was opened']);
  });

  it('keeps apart what differs in one of few words', () => {
    assert.equal(mined(['wifi is now active', 'wifi is now inactive', 'wifi is now broken']).templates.length, 3);
  });

  it('needs less to take a name for one, where the word before says so', () => {
    assert.deepEqual(mined(['ann', 'bob', 'cid'].map((name) => `session opened for user ${name} today`)).templates, [
      'session opened for user <*> today',
    ]);
  });

  it('takes words in capitals for states, of which there may be more', () => {
    const states = ['NEW', 'ASSIGNED', 'RUNNING', 'FAILED', 'DONE'].map((state) => `task entered state ${state}`);
    assert.equal(mined(states).templates.length, 5);
  });

  it('finds several variable words in one message', () => {
    const names = ['ann', 'bob', 'cid', 'dan', 'eve'];
    const messages = names.flatMap((from) => names.map((to) => `parcel of ${from} was sent to ${to}`));
    assert.deepEqual(mined(messages).templates, ['parcel of <*> was sent to <*>']);
  });

  it('does not take a whole message for a value', () => {
    assert.equal(mined(['LOOKING', 'FOLLOWING', 'LEADING', 'OBSERVING', 'STOPPING']).templates.length, 5);
    assert.equal(mined(['started', 'stopped', 'paused', 'resumed', 'killed', 'idle']).templates.length, 6);
  });

  it('groups what made-up systems of many kinds log almost as they meant it', () => {
    const scores = syntheticLogs(7, 1000).map(({ name, messages, groups }) => ({
      name,
      accuracy: groupingAccuracy(groupsOf(messages), groups),
    }));
    for (const { name, accuracy } of scores) assert.ok(accuracy >= 0.75, `${name} ${accuracy}`);
    assert.ok(scores.reduce((sum, { accuracy }) => sum + accuracy, 0) / scores.length >= 0.92);
  });

  it('gives the same for the same messages and loses none', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ maxLength: 60 }), { maxLength: 30 }), (messages) => {
        const first = mined(messages);
        assert.deepEqual(first, mined(messages));
        assert.equal(
          first.counts.reduce((sum, count) => sum + count, 0),
          messages.length,
        );
        assert.ok(first.ids.every((id) => id >= 0 && id < first.templates.length));
      }),
    );
  });

  it('puts the same message into the same group wherever it stands', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('a b 1', 'a c 2', 'x=1 y', 'x= y', 'get (z)', 'get ()'), { maxLength: 40 }), (messages) => {
        const { ids } = mined(messages);
        for (const [at, message] of messages.entries()) assert.equal(ids[at], ids[messages.indexOf(message)]);
      }),
    );
  });

  it('holds a bounded number of shapes, whatever comes, and still answers for every message', () => {
    const merges: number[] = [];
    const miner = new TemplateMiner({ maxShapes: 100, onMerge: (from) => merges.push(from) });
    const word = (at: number) => [...`${at}`].map((digit) => 'qwrtzpsdfg'[Number(digit)]).join('');
    const ids = Array.from({ length: 3000 }, (_, at) => miner.add(`${word(at)} ${word(at * 7)} ${word(at * 13)}`));
    const { templates, templateOf } = miner.finish();
    assert.ok(templates.length <= 100);
    assert.equal(
      templates.reduce((sum, { count }) => sum + count, 0),
      3000,
    );
    assert.ok(ids.every((id) => templateOf(id) >= 0));
    assert.equal(new Set(merges).size, merges.length);
  });

  it('keeps a frequent template through a flood of noise', () => {
    const miner = new TemplateMiner({ maxShapes: 60 });
    const ids: number[] = [];
    for (let at = 0; at < 500; at++) {
      ids.push(miner.add(`payment ${at} was declined by the bank`));
      miner.add([...`${at}`].map((digit) => 'qwrtzpsdfg'[Number(digit)]).join(' '));
    }
    const { templates, templateOf } = miner.finish();
    assert.equal(new Set(ids.map(templateOf)).size, 1);
    assert.equal(templates[templateOf(ids[0]!)]?.template, 'payment <*> was declined by the bank');
  });

  it('can go on after it was asked, with what it learned', () => {
    const miner = new TemplateMiner();
    const first = ['ann', 'bob', 'cid', 'dan', 'eve'].map((name) => miner.add(`login of ${name} was accepted`));
    assert.equal(miner.finish().templates.length, 1);
    const later = miner.add('login of zoe was accepted');
    const { templates, templateOf } = miner.finish();
    assert.equal(templateOf(later), templateOf(first[0]!));
    assert.equal(templates[0]?.count, 6);
  });

  it('keeps only the beginning of enormous messages', () => {
    const miner = new TemplateMiner();
    miner.add(`start ${'x'.repeat(5_000_000)}`);
    assert.ok((miner.finish().templates[0]?.example.length ?? 0) <= 1000);
  });
});
