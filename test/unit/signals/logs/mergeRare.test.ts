import assert from 'node:assert/strict';
import { mergeRare } from '../../../../src/signals/logs/mergeRare';
import { type Row, shapeOf, templateText } from '../../../../src/signals/logs/row';
import { LineScanner } from '../../../../src/signals/logs/scanner';

const scanner = new LineScanner();
const rowsOf = (messages: readonly string[]): Row[] =>
  messages.map((message, id) => ({ id, ...shapeOf(scanner.scan(message), message), count: 1, example: message }));

const PEOPLE = 'ann bob cid dan eve fay gus hal ida jon kim lea'.split(' ');
const TOWNS = 'aachen bonn celle dresden essen fulda gera hagen ilmenau jena kassel lemgo'.split(' ');

describe('mergeRare', () => {
  it('finds several places of names that are never seen twice', () => {
    const merged: number[] = [];
    const rows = rowsOf(PEOPLE.map((person, at) => `parcel of ${person} was sent to ${TOWNS[at]} today`));
    const left = mergeRare(rows, ({ id }) => merged.push(id));
    assert.deepEqual(left.map(templateText), ['parcel of <*> was sent to <*> today']);
    assert.equal(left[0]?.count, 12);
    assert.deepEqual(merged, [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
  });

  it('leaves few rows alone, and rows of which hardly a word would be left', () => {
    const few = rowsOf(PEOPLE.slice(0, 5).map((person, at) => `parcel of ${person} was sent to ${TOWNS[at]} today`));
    assert.equal(
      mergeRare(few, () => assert.fail()),
      few,
    );
    const short = rowsOf(PEOPLE.map((person, at) => `${person} likes ${TOWNS[at]}`));
    assert.equal(
      mergeRare(short, () => assert.fail()),
      short,
    );
  });

  it('keeps messages apart that differ in their separators', () => {
    const rows = rowsOf(PEOPLE.map((person, at) => `parcel of ${person} was ${at % 2 === 0 ? '(sent)' : 'sent'} to ${TOWNS[at]} today`));
    assert.equal(mergeRare(rows, () => undefined).length, 2);
  });
});
