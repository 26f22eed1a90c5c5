import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TextDocument } from 'vscode';
import { followLine } from '../../../src/ui/followLine';
import { FakeDocument } from '../../fakes/vscodeParts';
import { Uri } from '../../fakes/vscodeValues';

const dir = mkdtempSync(join(tmpdir(), 'aidog-follow-'));
const file = join(dir, 'a.js');
writeFileSync(file, 'one\ntwo\nthree\nfour');

function typed(text: string | null, path = file): TextDocument {
  const document = new FakeDocument(Uri.file(path), path === file ? undefined : 'x');
  if (text !== null) document.type(text);
  return document as unknown as TextDocument;
}

describe('following a line into the editor', () => {
  after(() => rmSync(dir, { recursive: true, force: true }));

  it('keeps the line of a saved file', async () => assert.equal(await followLine(typed(null), 3), 3));
  it('moves with text typed above', async () => assert.equal(await followLine(typed('zero\none\ntwo\nthree\nfour'), 3), 4));
  it('stays with text typed below', async () => assert.equal(await followLine(typed('one\ntwo\nthree\nfour\nfive'), 3), 3));
  it('is null when the line was deleted', async () => assert.equal(await followLine(typed('one\ntwo\nfour'), 3), null));
  it('keeps the line when the saved file cannot be read', async () =>
    assert.equal(await followLine(typed('y', join(dir, 'gone.js')), 3), 3));
});
