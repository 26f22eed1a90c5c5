import assert from 'node:assert/strict';
import { placeInOtherFile } from '../../../src/code/movedBlock';
import { likenessOfTexts } from '../../../src/code/textLikeness';

const BLOCK = ['function discountOf(cart) {', '  const coupon = cart.coupon;', '  return coupon.percent;', '}'];
const OLD = ['start();', ...BLOCK, 'finish();'];
const file = (path: string, before: readonly string[], after: readonly string[]) => ({ path, before, after });

describe('A line that a commit carried to another file', () => {
  it('is where its block went, also a line without words inside of it', () => {
    const changed = [file('b.js', ['other();'], ['other();', ...BLOCK])];
    assert.deepEqual(placeInOtherFile(OLD, 3, 'a.js', changed), { path: 'b.js', line: 3 });
    const spaced = [...BLOCK.slice(0, 2), '', ...BLOCK.slice(2)];
    assert.deepEqual(placeInOtherFile(spaced, 3, null, [file('b.js', [], spaced)]), { path: 'b.js', line: 3 });
    assert.equal(placeInOtherFile(OLD, 5, 'a.js', changed), null);
  });

  it('is nowhere when two files got it, or when the file itself may still have it', () => {
    const copies = [file('b.js', [], BLOCK), file('c.js', [], BLOCK)];
    assert.equal(placeInOtherFile(OLD, 3, 'a.js', copies), null);
    const kept = [file('b.js', [], BLOCK), file('a.js', OLD, ['start();', 'finish();', ...BLOCK, ...BLOCK])];
    assert.equal(placeInOtherFile(OLD, 3, 'a.js', kept), null);
  });

  it('is nowhere when the file removed two of it and another got one', () => {
    assert.equal(placeInOtherFile([...OLD, ...BLOCK], 3, null, [file('b.js', [], BLOCK)]), null);
  });

  it('is nowhere when a single line turned up elsewhere, or was there before', () => {
    assert.equal(placeInOtherFile(OLD, 3, 'a.js', [file('b.js', ['x();'], ['x();', BLOCK[1] ?? ''])]), null);
    assert.equal(placeInOtherFile(OLD, 3, 'a.js', [file('b.js', BLOCK, [...BLOCK, 'more();'])]), null);
  });
});

describe('How alike two texts are', () => {
  it('is the share of lines with words that they have in common', () => {
    assert.equal(likenessOfTexts(['a', 'b', '}', ''], ['b', 'a', ')']), 1);
    assert.equal(likenessOfTexts(['a', 'b'], ['a', 'c', 'd', 'e']), 0.25);
    assert.equal(likenessOfTexts(['a', 'a'], ['a', 'b']), 0.5);
    assert.equal(likenessOfTexts(['}'], ['}']), 0);
  });
});
