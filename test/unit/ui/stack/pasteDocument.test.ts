import assert from 'node:assert/strict';
import { PasteDocument } from '../../../../src/ui/stack/pasteDocument';
import type { StackText } from '../../../../src/ui/stack/stackText';
import { createFakeReport } from '../../../fakes/stackEngine';
import { fake, window } from '../../../fakes/vscode';

function open() {
  fake.reset();
  const resolved: StackText[] = [];
  const paste = new PasteDocument(async (source) => void resolved.push(source), createFakeReport());
  return { paste, resolved };
}

/** Brings the document that was opened to the front, as VS Code does. */
function inFront() {
  const editor = fake.editors.at(-1)!;
  window.activeTextEditor = editor;
  window.visibleTextEditors = [editor];
  return editor;
}

describe('the document to paste a stack trace into', () => {
  it('is a log without a name, with a word on what to do', async () => {
    const { paste } = open();
    await paste.open();
    const { document } = inFront();
    assert.deepEqual([document.uri.scheme, document.languageId, document.getText()], ['untitled', 'log', '']);
    assert.match(fake.messages[0]!.text, /Paste one into the editor/);
  });

  it('is what the command reads once something was pasted', async () => {
    const { paste } = open();
    await paste.open();
    const { document } = inFront();
    assert.equal(paste.text(), null);
    document.type('Error: x');
    assert.deepEqual(paste.text(), { text: 'Error: x', from: 'document' });
    window.activeTextEditor = undefined;
    assert.equal(paste.text(), null);
  });

  it('is resolved by the button of the message', async () => {
    const { paste, resolved } = open();
    fake.answers.push('Resolve');
    await paste.open();
    await new Promise(setImmediate);
    assert.deepEqual(
      resolved.map(({ from }) => from),
      ['document'],
    );
  });

  it('shows its hint while it is empty', async () => {
    const { paste } = open();
    await paste.open();
    const editor = inFront();
    fake.events.documentChange.fire({ document: editor.document });
    assert.equal(editor.decorations.at(-1)?.length, 1);
    editor.document.type('x');
    fake.events.documentChange.fire({ document: editor.document });
    assert.equal(editor.decorations.at(-1)?.length, 0);
  });

  it('is opened anew after it was closed, and only then', async () => {
    const { paste } = open();
    await paste.open();
    const { document } = fake.editors[0]!;
    await paste.open();
    assert.equal(fake.editors[1]!.document, document);
    fake.events.documentClose.fire(document);
    await paste.open();
    assert.notEqual(fake.editors[2]!.document, document);
    paste.dispose();
    assert.equal(fake.events.documentClose.listenerCount, 0);
  });
});
