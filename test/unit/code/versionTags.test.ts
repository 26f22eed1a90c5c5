import assert from 'node:assert/strict';
import fc from 'fast-check';
import { shasInVersion, tagOfVersion } from '../../../src/code/versionTags';

const tags = (...names: string[]) => names.map((name, at) => ({ name, commit: String(at).repeat(40) }));
const named = (version: string, service: string | null, ...names: string[]) => tagOfVersion(tags(...names), version, service)?.name ?? null;

describe('The tag of a version', () => {
  it('may have any of the usual forms', () => {
    for (const name of ['1.2.3', 'v1.2.3', 'V1.2.3', 'release-1.2.3', 'release/v1.2.3', 'rel_1.2.3'])
      assert.equal(named('1.2.3', 'shop', name), name);
    for (const name of ['shop@1.2.3', 'shop/v1.2.3', 'shop-1.2.3', 'shop-v1.2.3', '@acme/shop@1.2.3', 'services/shop/v1.2.3', 'shop_1.2.3'])
      assert.equal(named('v1.2.3', 'shop', name), name);
  });

  it('is the service’s own before the repository’s, and that before another package’s', () => {
    assert.equal(named('1.2.3', 'shop', 'cart@1.2.3', 'v1.2.3', 'shop@1.2.3'), 'shop@1.2.3');
    assert.equal(named('1.2.3', 'shop-service', 'cart@1.2.3', 'v1.2.3', 'shop/1.2.3'), 'shop/1.2.3');
    assert.equal(named('1.2.3', 'shop', 'cart@1.2.3', 'v1.2.3'), 'v1.2.3');
    assert.equal(named('1.2.3', null, 'cart@1.2.3'), 'cart@1.2.3');
  });

  it('is none when two that fit equally well lead to different commits', () => {
    assert.equal(named('1.2.3', null, 'cart@1.2.3', 'shop@1.2.3'), null);
    assert.equal(named('1.2.3', 'shop', 'v1.2.3', '1.2.3'), null);
    const same = [
      { name: 'v1.2.3', commit: 'a' },
      { name: '1.2.3', commit: 'a' },
    ];
    assert.equal(tagOfVersion(same, '1.2.3', null)?.commit, 'a');
  });

  it('is never that of another version which ends the same', () => {
    assert.equal(named('2.3', 'shop', '1.2.3', 'v1.2.3', 'shop@1.2.3', '1-2.3', '12.3'), null);
    assert.equal(named('', 'shop', 'v', 'shop@'), null);
    assert.equal(named('1.2.3', 'shop', 'v1.2.3-rc1', '1.2.3.4'), null);
  });

  it('is looked for without tripping over anything', () => {
    fc.assert(
      fc.property(fc.array(fc.string()), fc.string(), fc.option(fc.string()), (names, version, service) => {
        const found = tagOfVersion(tags(...names), version, service);
        assert.ok(found === null || names.includes(found.name));
      }),
    );
  });
});

describe('A commit id in a version', () => {
  it('is the version, what git describe appends, or a part of it', () => {
    assert.deepEqual(shasInVersion('ABC1234'), ['abc1234']);
    assert.deepEqual(shasInVersion('v1.2.3-4-gabc1234'), ['abc1234']);
    assert.deepEqual(shasInVersion('main-0123456789abcdef'), ['0123456789abcdef']);
    assert.deepEqual(shasInVersion('1.2.3+abc1234.dirty'), ['abc1234']);
    assert.deepEqual(shasInVersion('1.2.3'), []);
    assert.deepEqual(shasInVersion('-abc'), []);
  });
});
