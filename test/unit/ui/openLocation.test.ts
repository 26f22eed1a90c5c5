import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mock } from 'node:test';
import type { WorkingTreeLocation } from '../../../src/domain/frame';
import { createLocationOpener, pathOf } from '../../../src/ui/openLocation';
import { fake, type Uri, workspace } from '../../fakes/vscode';
import { FakeDocument } from '../../fakes/vscodeParts';

const base = realpathSync(mkdtempSync(join(tmpdir(), 'aidog-open-')));
const root = join(base, 'shop');
const text = ['one', 'two', 'three', 'four', 'five'].join('\n');
const place = (changes: Partial<WorkingTreeLocation> = {}): WorkingTreeLocation => ({
  root,
  path: 'src/cart.js',
  line: 3,
  status: 'exact',
  score: 1,
  reason: '',
  ...changes,
});

function open(known: readonly string[] = [root]) {
  fake.reset();
  const refused: string[] = [];
  const report = { problem: () => undefined, refuse: (sentence: string) => void refused.push(sentence) };
  return { opener: createLocationOpener({ report, knownRoots: () => known }), refused };
}

describe('opening a place in the code', () => {
  before(() => {
    mkdirSync(join(root, 'src'), { recursive: true });
    writeFileSync(join(root, 'src', 'cart.js'), text);
    writeFileSync(join(base, 'secret.js'), text);
    symlinkSync(join(base, 'secret.js'), join(root, 'link.js'));
  });
  after(() => rmSync(base, { recursive: true, force: true }));

  it('selects the line, puts it into the middle and marks it for a moment', async () => {
    const { opener, refused } = open();
    mock.timers.enable({ apis: ['setTimeout'] });
    try {
      assert.equal(await opener.open(place(), null), true);
      const [editor] = fake.editors;
      assert.equal(editor!.document.uri.fsPath, join(root, 'src', 'cart.js'));
      assert.deepEqual([editor!.options.selection?.start.line, editor!.options.selection?.end.character], [2, 5]);
      assert.equal(editor!.revealed, editor!.options.selection);
      assert.equal(editor!.decorations.at(-1)?.length, 1);
      mock.timers.tick(5000);
      assert.equal(editor!.decorations.at(-1)?.length, 0);
      assert.deepEqual(refused, []);
    } finally {
      mock.timers.reset();
    }
  });

  for (const status of ['moved', 'edited'] as const) {
    it(`goes to where the line is now when it was ${status}`, async () => {
      const { opener, refused } = open();
      assert.equal(await opener.open(place({ status, line: 5 }), null), true);
      assert.equal(fake.editors[0]!.options.selection?.start.line, 4);
      assert.deepEqual(refused, []);
    });
  }

  it('follows the line through unsaved changes', async () => {
    const { opener } = open();
    const openDocument = workspace.openTextDocument;
    workspace.openTextDocument = async (uri: Uri) => {
      const document = new FakeDocument(uri);
      document.type(`zero\nzero\n${text}`);
      return document;
    };
    try {
      await opener.open(place(), null);
      assert.equal(fake.editors[0]!.options.selection?.start.line, 4);
    } finally {
      workspace.openTextDocument = openDocument;
    }
  });

  it('opens nothing when the line was deleted in the unsaved text', async () => {
    const { opener, refused } = open();
    const openDocument = workspace.openTextDocument;
    workspace.openTextDocument = async (uri: Uri) => {
      const document = new FakeDocument(uri);
      document.type('one\ntwo\nfour\nfive');
      return document;
    };
    try {
      assert.equal(await opener.open(place(), null), false);
      assert.match(refused[0]!, /deleted/);
    } finally {
      workspace.openTextDocument = openDocument;
    }
  });

  it('stays inside a file that has become shorter', async () => {
    const { opener } = open();
    await opener.open(place({ line: 999 }), null);
    assert.equal(fake.editors[0]!.options.selection?.start.line, 4);
  });

  it('says that an uncertain line may have moved', async () => {
    const { opener, refused } = open();
    assert.equal(await opener.open(place({ status: 'unknown' }), null), true);
    assert.match(refused[0]!, /may have moved/);
  });

  it('opens nothing for a deleted line and says so', async () => {
    const { opener, refused } = open();
    assert.equal(await opener.open(place({ status: 'deleted' }), null), false);
    assert.match(refused[0]!, /src\/cart\.js:3 has been deleted/);
    assert.deepEqual(fake.editors, []);
  });

  it('says which file is missing from the open folders, or that no place is known', async () => {
    const { opener, refused } = open();
    await opener.open(null, 'src/other.js:7');
    await opener.open(null, null);
    assert.match(refused[0]!, /src\/other\.js:7 is in none of the open folders/);
    assert.match(refused[1]!, /No place in the code is known/);
  });

  for (const path of ['../secret.js', 'src/../../secret.js', 'link.js', '/etc/hostname']) {
    it(`does not open ${path}`, async () => {
      const { opener, refused } = open();
      assert.equal(await opener.open(place({ path }), null), false);
      assert.deepEqual(fake.editors, []);
      assert.match(refused[0]!, /does not lie in one of the open folders/);
    });
  }

  it('does not open anything of a folder that is not open', async () => {
    const { opener } = open([]);
    assert.equal(await opener.open(place(), null), false);
    assert.deepEqual(fake.editors, []);
  });

  it('knows the path that a place stands for', () => {
    assert.equal(pathOf({ root: '/w', path: 'src/a.js' }), '/w/src/a.js');
  });

  it('unmarks nothing after it was disposed', async () => {
    const { opener } = open();
    await opener.open(place(), null);
    opener.dispose();
    assert.equal(fake.editors[0]!.decorations.length, 1);
  });
});
