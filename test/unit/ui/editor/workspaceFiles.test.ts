import assert from 'node:assert/strict';
import type { Uri as RealUri } from 'vscode';
import { isKnownFile, isKnownFileVisible } from '../../../../src/ui/editor/workspaceFiles';
import { fake, Uri, window, workspace } from '../../../fakes/vscode';
import { FakeDocument, FakeEditor } from '../../../fakes/vscodeParts';

const isKnown = (uri: Uri) => isKnownFile(uri as unknown as RealUri);

describe('a file of the workspace', () => {
  beforeEach(() => {
    fake.reset();
    workspace.workspaceFolders = [{ uri: Uri.file('/w') }, { uri: Uri.file('/x/') }];
  });

  it('lies on disk below one of the open folders, libraries aside', () => {
    const known = ['/w/a.js', '/x/b/c.js', '/w/node_modules/a.js', '/workspace/a.js', '/w', '/y.js'].map((path) => isKnown(Uri.file(path)));
    assert.deepEqual(known, [true, true, false, false, false, false]);
    assert.equal(isKnown(Uri.from({ scheme: 'git', path: '/w/a.js' })), false);
    workspace.workspaceFolders = undefined;
    assert.equal(isKnown(Uri.file('/w/a.js')), false);
  });

  it('is in view when any editor shows one', () => {
    assert.equal(isKnownFileVisible(), false);
    window.visibleTextEditors = ['/elsewhere.js', '/w/a.js'].map((path) => new FakeEditor(new FakeDocument(Uri.file(path), ''), {}));
    assert.equal(isKnownFileVisible(), true);
  });
});
