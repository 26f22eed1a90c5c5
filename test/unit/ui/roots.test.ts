import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { repositoryOf, resolveInside, whyNoFolder, workspaceRoots } from '../../../src/ui/roots';
import { fake, Uri, workspace } from '../../fakes/vscode';

const base = realpathSync(mkdtempSync(join(tmpdir(), 'aidog-roots-')));
const root = join(base, 'repository');
const secret = join(base, 'secret.txt');

describe('the known roots', () => {
  before(() => {
    mkdirSync(join(root, 'src', 'deep'), { recursive: true });
    mkdirSync(join(root, '.git'));
    mkdirSync(join(base, 'other'));
    writeFileSync(join(root, 'src', 'cart.js'), 'x');
    writeFileSync(join(base, 'other', 'cart.js'), 'x');
    writeFileSync(secret, 'x');
    symlinkSync(secret, join(root, 'link.txt'));
    symlinkSync(base, join(root, 'up'));
    symlinkSync(join(root, 'src', 'cart.js'), join(root, 'alias.js'));
    symlinkSync(root, join(base, 'linked'));
  });
  beforeEach(() => fake.reset());
  after(() => rmSync(base, { recursive: true, force: true }));

  it('are the folders on disk', () => {
    workspace.workspaceFolders = [
      { uri: Uri.file('/a') },
      { uri: Uri.from({ scheme: 'vscode-vfs', path: '/b' }) },
      { uri: Uri.file('/c') },
    ];
    assert.deepEqual(workspaceRoots(), ['/a', '/c']);
  });

  it('are none in Restricted Mode and none without a folder', () => {
    assert.deepEqual(workspaceRoots(), []);
    workspace.workspaceFolders = [{ uri: Uri.file('/a') }];
    workspace.isTrusted = false;
    assert.deepEqual(workspaceRoots(), []);
  });

  it('let a file inside be found, also by a link that stays inside', async () => {
    assert.equal(await resolveInside(root, 'src/cart.js', [root]), join(root, 'src', 'cart.js'));
    assert.equal(await resolveInside(root, 'alias.js', [root]), join(root, 'src', 'cart.js'));
    assert.equal(await resolveInside(join(base, 'linked'), 'src/cart.js', [root]), join(root, 'src', 'cart.js'));
  });

  for (const path of [
    '../secret.txt',
    'src/../../secret.txt',
    'up/secret.txt',
    'link.txt',
    '',
    '.',
    'src/..',
    'missing.js',
    'src/cart.js\0.txt',
    secret,
  ]) {
    it(`keep ${JSON.stringify(path.replace(base, ''))} shut`, async () => {
      assert.equal(await resolveInside(root, path, [root]), null);
    });
  }

  it('let nothing outside be found, whatever the path', async () => {
    const part = fc.constantFrom('..', '.', 'src', 'up', 'secret.txt', 'other', 'cart.js', 'linked', 'repository');
    await fc.assert(
      fc.asyncProperty(fc.array(part, { maxLength: 7 }), async (parts) => {
        const found = await resolveInside(root, parts.join('/'), [root]);
        assert.ok(found === null || found.startsWith(`${root}/`), String(found));
      }),
    );
  });

  it('keep folders shut that nobody opened', async () => {
    assert.equal(await resolveInside(join(base, 'other'), 'cart.js', [root]), null);
    assert.equal(await resolveInside(base, 'secret.txt', [root]), null);
    assert.equal(await resolveInside('/', 'etc/hostname', [root]), null);
    assert.equal(await resolveInside(root, 'src/cart.js', []), null);
    assert.equal(await resolveInside(root, 'src/cart.js', [join(base, 'gone')]), null);
  });

  it('include the repository that an opened folder is a part of, and what lies below an opened folder', async () => {
    assert.equal(await resolveInside(root, 'src/cart.js', [join(root, 'src', 'deep')]), join(root, 'src', 'cart.js'));
    assert.equal(await resolveInside(root, 'src/cart.js', [base]), join(root, 'src', 'cart.js'));
  });

  it('know the repository of a file, or the folder where there is none', async () => {
    const file = join(root, 'src', 'cart.js');
    for (const known of [root, join(root, 'src'), base, join(base, 'linked')])
      assert.deepEqual(await repositoryOf(file, [known]), { root, path: 'src/cart.js' }, known);
    assert.deepEqual(await repositoryOf(join(base, 'other', 'cart.js'), [join(base, 'other')]), {
      root: join(base, 'other'),
      path: 'cart.js',
    });
  });

  it('know no repository of a file that lies elsewhere, also behind a link', async () => {
    for (const file of [secret, join(root, 'link.txt'), join(root, 'gone.js'), root])
      assert.equal(await repositoryOf(file, [root]), null, file);
  });

  it('say why no folder can be read', () => {
    assert.match(whyNoFolder() ?? '', /No folder is open/);
    workspace.workspaceFolders = [{ uri: Uri.from({ scheme: 'vscode-vfs', path: '/b' }) }];
    assert.match(whyNoFolder() ?? '', /not on a disk/);
    workspace.workspaceFolders = [{ uri: Uri.file('/a') }];
    assert.equal(whyNoFolder(), null);
    workspace.isTrusted = false;
    assert.match(whyNoFolder() ?? '', /Restricted Mode/);
  });
});
