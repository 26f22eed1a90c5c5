import assert from 'node:assert/strict';
import { workspaceChecks } from '../../../../src/ui/doctor/workspaceChecks';
import { fake, Uri, workspace } from '../../../fakes/vscode';

const folder = (scheme: string, name: string) => ({ uri: Uri.from({ scheme, path: `/${name}` }), name }) as never;
const stand = () => workspaceChecks().map(({ id, status, fix }) => [id, status, fix?.kind ?? null]);

describe('what the editor knows about the setup', () => {
  beforeEach(() => fake.reset());

  it('is fine with a trusted folder on disk', () => {
    workspace.workspaceFolders = [folder('file', 'shop')];
    assert.deepEqual(stand(), [
      ['trust', 'ok', null],
      ['folder', 'ok', null],
    ]);
  });

  it('is that nothing is open, or nothing may be read', () => {
    workspace.isTrusted = false;
    assert.deepEqual(stand(), [
      ['trust', 'problem', 'trust'],
      ['folder', 'problem', 'openFolder'],
    ]);
  });

  it('is that folders lie on no disk, all of them or some', () => {
    workspace.workspaceFolders = [folder('vscode-vfs', 'web')];
    assert.deepEqual(stand()[1], ['folder', 'problem', 'openFolder']);
    workspace.workspaceFolders = [folder('vscode-vfs', 'web'), folder('file', 'shop')];
    assert.deepEqual(stand()[1], ['folder', 'warning', 'openFolder']);
    assert.match(workspaceChecks()[1]!.detail, /web/);
  });
});
