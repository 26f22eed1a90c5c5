import assert from 'node:assert/strict';
import { followFiles } from '../../../src/ui/fileChanges';
import { fake, Uri, workspace } from '../../fakes/vscode';

describe('Files that change in the window', () => {
  let told: (readonly string[])[];
  let following: { dispose(): unknown };
  const file = (path: string) => Uri.file(path);

  beforeEach(() => {
    fake.reset();
    workspace.workspaceFolders = [{ uri: file('/projects/shop') }];
    told = [];
    following = followFiles({ filesChanged: (paths) => void told.push(paths) });
  });
  afterEach(() => void following.dispose());

  it('are told to the engine when they are created, deleted or renamed', () => {
    fake.events.filesCreate.fire({ files: [file('/projects/shop/a.js'), Uri.from({ scheme: 'untitled', path: 'b.js' })] });
    fake.events.filesDelete.fire({ files: [file('/projects/shop/lib')] });
    fake.events.filesRename.fire({ files: [{ oldUri: file('/projects/shop/c.js'), newUri: file('/projects/shop/d.js') }] });
    assert.deepEqual(told, [['/projects/shop/a.js'], ['/projects/shop/lib'], ['/projects/shop/c.js', '/projects/shop/d.js']]);
  });

  it('are told when the mapping rules were saved, and when no other file was', () => {
    fake.events.documentSave.fire({ uri: file('/projects/shop/a.js') });
    fake.events.documentSave.fire({ uri: file('/projects/shop/.aidog/mappings.json') });
    assert.deepEqual(told, [['/projects/shop/.aidog/mappings.json']]);
  });

  it('are not told in Restricted Mode, nor when nobody listens any more', () => {
    workspace.isTrusted = false;
    fake.events.filesCreate.fire({ files: [file('/projects/shop/a.js')] });
    workspace.isTrusted = true;
    following.dispose();
    fake.events.filesCreate.fire({ files: [file('/projects/shop/a.js')] });
    assert.deepEqual(told, []);
  });
});
