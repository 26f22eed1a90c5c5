import assert from 'node:assert/strict';
import { clipboardText, selectedText, terminalText } from '../../../../src/ui/stack/stackText';
import { fake, Range, Uri, window } from '../../../fakes/vscode';
import { FakeDocument } from '../../../fakes/vscodeParts';

function select(...selections: Range[]): void {
  const document = new FakeDocument(Uri.from({ scheme: 'untitled', path: 'x' }), 'one\ntwo\nthree');
  window.activeTextEditor = { document, selections };
}

describe('where a stack trace is taken from', () => {
  beforeEach(() => fake.reset());

  it('is what is selected, also in several places', () => {
    select(new Range(0, 0, 1, 0), new Range(1, 0, 1, 0), new Range(2, 0, 2, 5));
    assert.deepEqual(selectedText(), { text: 'one\n\nthree', from: 'selection' });
  });

  it('is no editor without a selection', () => {
    assert.equal(selectedText(), null);
    select(new Range(1, 1, 1, 1));
    assert.equal(selectedText(), null);
  });

  it('is what is selected in the terminal, and the clipboard has its text again afterwards', async () => {
    fake.clipboard = 'mine';
    fake.terminalSelection = 'Error: x';
    assert.deepEqual(await terminalText(), { text: 'Error: x', from: 'terminal' });
    assert.equal(fake.clipboard, 'mine');
  });

  it('is no empty selection of the terminal', async () => {
    fake.terminalSelection = ' \n';
    assert.equal(await terminalText(), null);
  });

  it('is what was copied, unless that is no text', async () => {
    assert.equal(await clipboardText(), null);
    fake.clipboard = 'Error: y';
    assert.deepEqual(await clipboardText(), { text: 'Error: y', from: 'clipboard' });
  });
});
