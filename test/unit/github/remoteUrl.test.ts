import assert from 'node:assert/strict';
import fc from 'fast-check';
import { parseRemoteUrl } from '../../../src/github/remoteUrl';

describe('the address of a remote', () => {
  for (const [address, host, owner, name] of [
    ['https://github.com/acme/shop.git', 'github.com', 'acme', 'shop'],
    ['https://github.com/acme/shop', 'github.com', 'acme', 'shop'],
    ['https://GitHub.com/Acme/Shop.git/', 'github.com', 'Acme', 'Shop'],
    ['https://me:ghp_x@github.com/acme/shop.js.git', 'github.com', 'acme', 'shop.js'],
    ['git@github.com:acme/shop.git', 'github.com', 'acme', 'shop'],
    ['github.com:acme/shop', 'github.com', 'acme', 'shop'],
    ['ssh://git@github.com/acme/shop.git', 'github.com', 'acme', 'shop'],
    ['ssh://git@ssh.github.com:443/acme/shop.git', 'github.com', 'acme', 'shop'],
    ['git://github.com/acme/shop.git', 'github.com', 'acme', 'shop'],
    ['https://www.github.com/acme/shop', 'github.com', 'acme', 'shop'],
    ['https://ghe.example:8443/acme/shop.git', 'ghe.example', 'acme', 'shop'],
    ['org-123@ghe.example:acme/shop.git', 'ghe.example', 'acme', 'shop'],
    ['git+ssh://git@ghe.example/acme/shop', 'ghe.example', 'acme', 'shop'],
  ] as const)
    it(`is read from ${address}`, () => {
      assert.deepEqual(parseRemoteUrl(address), { host, owner, name });
    });

  for (const address of [
    '/srv/git/shop.git',
    '../shop',
    'file:///srv/git/acme/shop.git',
    'C:\\git\\shop',
    'C:/acme/shop',
    'https://github.com/acme',
    'https://gitlab.example/group/sub/shop.git',
    'git@github.com:acme/sh op.git',
    'https://',
    '',
    `https://github.com/${'a'.repeat(3000)}/b`,
  ])
    it(`says nothing of owner and name in ${JSON.stringify(address).slice(0, 60)}`, () => {
      assert.equal(parseRemoteUrl(address), null);
    });

  it('never gives a name that leaves its place in an address of the API', () => {
    fc.assert(
      fc.property(
        fc.string({ maxLength: 80 }),
        fc.constantFrom('https://github.com/', 'git@github.com:', 'ssh://h/', ''),
        (text, start) => {
          const found = parseRemoteUrl(start + text);
          for (const part of found ? [found.owner, found.name] : []) assert.match(part, /^[\w.-]+$/);
        },
      ),
    );
  });
});
