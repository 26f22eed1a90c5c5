import assert from 'node:assert/strict';
import fc from 'fast-check';
import { citedText, fitTitle, withCitations } from '../../../src/agents/citedText';
import { measureOf } from '../../../src/agents/measure';
import { caseFile } from '../../fakes/agentCase';

const measure = measureOf(caseFile());
const text = (sentences: readonly { text: string; evidence: readonly string[] }[], max = 3) => citedText(sentences, measure, max);

describe('citedText', () => {
  it('writes the citations before the full stop', () => {
    assert.equal(text([{ text: 'Orders of shop fail.', evidence: ['E2', 'E3'] }]).text, 'Orders of shop fail [E2, E3].');
    assert.equal(text([{ text: 'Orders of shop fail', evidence: ['E2'] }]).text, 'Orders of shop fail [E2].');
    assert.equal(withCitations('Why?', ['E1']), 'Why [E1]?');
    assert.equal(withCitations('24 calls of SELECT x WHERE id = ?', ['E1']), '24 calls of SELECT x WHERE id = ? [E1].');
    assert.equal(withCitations('So.', []), 'So.');
  });

  it('reads citations in the text as well, before or behind the full stop', () => {
    const found = text([{ text: 'Orders fail [E2]. A check is gone. [E3, E4] The flag is older (E4).', evidence: [] }]);
    assert.equal(found.text, 'Orders fail [E2]. A check is gone [E3, E4]. The flag is older [E4].');
    assert.deepEqual(found.evidence, ['E2', 'E3', 'E4']);
  });

  const dropped: readonly [string, { text: string; evidence: string[] }, RegExp][] = [
    ['that cites nothing', { text: 'Somebody did it.', evidence: [] }, /cites nothing/],
    ['that cites the stand-in for nothing', { text: 'Somebody did it.', evidence: ['none'] }, /cites nothing/],
    ['that cites what does not exist', { text: 'Somebody did it [E77].', evidence: ['E2'] }, /does not exist/],
    ['that speaks of a fact that does not exist', { text: 'As E404 says, it is down.', evidence: ['E2'] }, /does not exist/],
    ['that is garbled', { text: 'The the shop fails.', evidence: ['E2'] }, /doubled/],
    ['that blames somebody else', { text: 'The root cause is stock.', evidence: ['E2'] }, /another service/],
  ];
  const unfounded: readonly [string, { text: string; evidence: string[] }, RegExp][] = [
    ['whose number stands in another fact', { text: 'It failed 20 times.', evidence: ['E4'] }, /a number that its facts do not/],
    [
      'that names a service of which its facts do not speak',
      { text: 'The stock service is slow.', evidence: ['E2'] },
      /a service that its facts/,
    ],
    [
      'that names code of which its facts do not speak',
      { text: 'It fails in orders/cart.js first.', evidence: ['E2'] },
      /names what its facts/,
    ],
    ['that claims a trouble nobody saw', { text: 'The memory of the pods is used up.', evidence: ['E2'] }, /claims what its facts/],
    ['that claims it is over', { text: 'Since then everything has recovered.', evidence: ['E2'] }, /claims what its facts/],
    ['that turns its fact around', { text: 'The error rate of shop fell.', evidence: ['E6'] }, /turns its facts around/],
  ];
  for (const [what, sentence, reason] of [...dropped, ...unfounded])
    it(`drops a sentence ${what}, and keeps the others`, () => {
      const found = text([sentence, { text: 'Orders fail.', evidence: ['E2'] }]);
      assert.equal(found.text, 'Orders fail [E2].');
      assert.match(found.faults.join('; '), reason);
    });

  it('says a sentence once, and no more than are wanted', () => {
    const same = { text: 'Orders fail.', evidence: ['E2'] };
    assert.equal(
      text([same, same, { text: 'Pages of web fail too.', evidence: ['E1'] }, { text: 'A check is gone.', evidence: ['E3'] }], 2).text,
      'Orders fail [E2]. Pages of web fail too [E1].',
    );
  });

  it('is empty where nothing is left', () => assert.equal(text([{ text: 'x', evidence: [] }]).text, ''));

  it('never cites what does not exist, whatever it is given', () => {
    const words = fc.array(fc.constantFrom('E1', 'E9', '[E2]', '[E88]', 'fails.', 'It', 'shop', '(E3)', '.', '['), { maxLength: 12 });
    fc.assert(
      fc.property(
        fc.array(fc.record({ text: words.map((list) => list.join(' ')), evidence: fc.array(fc.constantFrom('E1', 'E9', 'none')) }), {
          maxLength: 4,
        }),
        (sentences) => {
          for (const [id] of text(sentences).text.matchAll(/E\d+/g)) assert.ok(measure.facts.has(id), id);
        },
      ),
    );
  });
});

describe('fitTitle', () => {
  it('takes a plain heading without its full stop', () => assert.equal(fitTitle('Look at the pool.', measure).title, 'Look at the pool'));

  it('refuses one that is too long, or breaks any other rule', () => {
    assert.equal(fitTitle('Look at it '.repeat(20), measure).title, null);
    assert.equal(fitTitle('Open https://evil.example', measure).title, null);
    assert.equal(fitTitle('See E99', measure).title, null);
  });
});
