import assert from 'node:assert/strict';
import { FailingLines } from '../../../../src/ui/editor/failingLines';
import { failingPath } from '../../../fakes/hotPaths';
import { sampleInvestigation } from '../../../fakes/sampleInvestigation';
import { fake, Range } from '../../../fakes/vscode';
import { asDocument, at, createSetting, root, type } from './setting';

const file = '/w/src/cart.js';
const text = [
  'function total(cart) {',
  '  const sum = cart.items.reduce(add);',
  '  return sum.toFixed(2);',
  '}',
  'exports.total = total;',
].join('\n');

async function open() {
  const setting = createSetting({ [file]: text });
  const failing = new FailingLines(setting.code);
  const document = setting.open(file);
  await setting.look([failingPath(root, 3)]);
  const lines = () => failing.in(asDocument(document)).map(({ line }) => line);
  return { ...setting, failing, document, lines };
}

describe('failing lines', () => {
  it('stand where they failed, and move with what is typed above', async () => {
    const { document, lines } = await open();
    assert.deepEqual(lines(), [2]);
    type(document, at(0), '// one\n// two\n');
    assert.deepEqual(lines(), [4]);
    type(document, new Range(0, 0, 1, 0), '');
    assert.deepEqual(lines(), [3]);
  });

  it('vanish when they are changed, and come back when that is undone', async () => {
    const { document, lines } = await open();
    type(document, at(2, 9, 12), 'amount');
    assert.deepEqual(lines(), []);
    type(document, at(2, 9, 15), 'sum');
    assert.deepEqual(lines(), [2]);
  });

  it('stay where only their indentation is changed or a line break is put at their end', async () => {
    const { document, lines } = await open();
    type(document, at(2), '    ');
    type(document, at(2, document.lineAt(2).text.length), '\n  ');
    assert.deepEqual(lines(), [2]);
  });

  it('vanish when they are deleted', async () => {
    const { document, lines } = await open();
    type(document, new Range(2, 0, 3, 0), '');
    assert.deepEqual(lines(), []);
    type(document, new Range(0, 0, 3, 0), '');
    assert.deepEqual(lines(), []);
  });

  it('are found in unsaved text that was changed before they were known', async () => {
    const { document, look, lines } = await open();
    await look([]);
    assert.deepEqual(lines(), []);
    type(document, at(0), '// typed\n');
    await look([failingPath(root, 3)]);
    assert.deepEqual(lines(), [3]);
    type(document, at(3, 9, 12), 'x');
    await look([failingPath(root, 3, { sampleSize: 8 })]);
    assert.deepEqual(lines(), []);
  });

  it('are told of for each document that they change in, and forgotten when it closes', async () => {
    const { failing, document, lines, look, investigate, code } = await open();
    const told: string[] = [];
    failing.onDidChange(({ uri }) => told.push(uri.fsPath));
    type(document, at(0), 'x');
    await look([]);
    investigate(sampleInvestigation(root));
    await code.settled;
    assert.deepEqual([told, lines()], [[file, file, file], [2]]);
    fake.events.documentClose.fire(document);
    assert.deepEqual([told.length, lines()], [4, []]);
    failing.dispose();
    assert.equal(fake.events.documentChange.listenerCount, 0);
  });
});
