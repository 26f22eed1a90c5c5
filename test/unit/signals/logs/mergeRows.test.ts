import assert from 'node:assert/strict';
import { mergeRows, squashRows } from '../../../../src/signals/logs/mergeRows';
import { type Row, shapeOf, templateText, wordsIn } from '../../../../src/signals/logs/row';
import { LineScanner } from '../../../../src/signals/logs/scanner';

const scanner = new LineScanner();
const row = (message: string, id: number, count = 1): Row => ({ id, ...shapeOf(scanner.scan(message), message), count, example: message });

describe('mergeRows', () => {
  it('tells of each row that goes, adds up the counts and keeps the first row', () => {
    const rows = ['ann', 'bob', 'cid', 'dan'].map((name, id) => row(`hello dear ${name} again`, id, id + 1));
    const merges: [number, number][] = [];
    const left = mergeRows(rows, (from, into) => merges.push([from.id, into.id]));
    assert.deepEqual(left.map(templateText), ['hello dear <*> again']);
    assert.equal(left[0]?.count, 10);
    assert.deepEqual(merges, [
      [1, 0],
      [2, 0],
      [3, 0],
    ]);
  });

  it('needs more different words where only one is left to tell messages by', () => {
    const started = (names: string) => names.split(' ').map((name, id) => row(`${name} started`, id));
    assert.equal(mergeRows(started('cups cron ntp ssh dns'), () => undefined).length, 5);
    assert.equal(mergeRows(started('cups cron ntp ssh dns smb nfs lpd ftp'), () => undefined).length, 1);
  });

  it('counts names with dots and values for more than plain words', () => {
    const by = (names: string) => names.split(' ').map((name, id) => row(`job of ${name} ran well`, id));
    assert.equal(mergeRows(by('com.acme.mail com.acme.sync com.acme.backup'), () => undefined).length, 1);
    assert.equal(mergeRows(by('mail sync backup'), () => undefined).length, 3);
    assert.equal(mergeRows(by('17 sync'), () => undefined).length, 1);
  });
});

describe('squashRows', () => {
  it('leaves rows alone where there is room', () => {
    const rows = [row('a b', 0), row('c d', 1)];
    assert.equal(
      squashRows(rows, 2, () => assert.fail()),
      rows,
    );
  });

  it('throws the rarest of one length together and keeps the frequent', () => {
    const rows = ['often seen here', 'x y z', 'x q z', 'one two'].map((message, id) => row(message, id, id === 0 ? 100 : 1));
    const left = squashRows(rows, 2, () => undefined);
    assert.deepEqual(left.map(templateText), ['often seen here', 'x <*> z', 'one two']);
  });
});

describe('wordsIn', () => {
  it('counts words and names, not values and marks', () => {
    assert.equal(wordsIn(row('disk sda1 is full: 99 %', 0)), 4);
  });
});
