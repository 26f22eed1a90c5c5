import assert from 'node:assert/strict';
import fc from 'fast-check';
import { isSameRepository, normaliseRepositoryUrl } from '../../../src/code/repositoryUrl';

describe('The address of a repository', () => {
  it('names one repository however it is spelt', () => {
    for (const url of [
      'https://github.com/Acme/Shop.git',
      'https://github.com/acme/shop/',
      'http://github.com:80/acme/shop',
      'https://user:p%40ss@github.com/acme/shop.git',
      'https://x-access-token:ghs_secret@github.com/acme/shop',
      'git@github.com:acme/shop.git',
      'ssh://git@github.com:22/acme/shop.git',
      'git+ssh://git@github.com/acme/shop.git',
      'git://github.com/acme/shop',
      'github.com/acme/shop',
      '  https://github.com/acme/shop.git?ref=main#readme ',
    ])
      assert.equal(normaliseRepositoryUrl(url), 'github.com/acme/shop', url);
  });

  it('keeps groups, ports apart, and knows how Azure DevOps spells SSH', () => {
    assert.equal(normaliseRepositoryUrl('https://git.example.org:8443/a/b/c.git'), 'git.example.org/a/b/c');
    assert.ok(isSameRepository('git@ssh.dev.azure.com:v3/acme/team/shop', 'https://acme@dev.azure.com/acme/team/_git/shop'));
    assert.ok(isSameRepository('git@host.lan:shop.git', 'ssh://host.lan/shop'));
    assert.equal(isSameRepository('https://github.com/acme/shop', 'https://gitlab.com/acme/shop'), false);
  });

  it('is none for local folders and other text', () => {
    for (const url of [
      '',
      '/srv/git/shop.git',
      '../shop',
      'file:///srv/shop.git',
      'C:\\code\\shop',
      'C:/code/shop',
      'shop',
      '--upload-pack=x',
      'https://',
      'https://github.com/',
      'x'.repeat(3_000),
    ])
      assert.equal(normaliseRepositoryUrl(url), null, url);
    assert.equal(isSameRepository('', ''), false);
  });

  it('never carries a secret or a word for the command line, whatever it was', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.webUrl({ withQueryParameters: true })), (text) => {
        const name = normaliseRepositoryUrl(text);
        assert.ok(name === null || (!name.startsWith('-') && name.includes('/') && name === name.toLowerCase()));
      }),
    );
    assert.ok(!normaliseRepositoryUrl('https://me:hunter2@github.com/a/b')?.includes('hunter2'));
  });
});
