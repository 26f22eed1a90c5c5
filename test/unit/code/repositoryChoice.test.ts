import assert from 'node:assert/strict';
import { chooseRepository } from '../../../src/code/repositoryChoice';
import { createMemoryRepository } from './memoryRepository';

const { signal } = new AbortController();
const repository = (...remotes: string[]) => createMemoryRepository({ now: {}, remotes });
const [shop, fork, other, local] = [
  repository('github.com/acme/shop'),
  repository('github.com/ada/shop', 'github.com/acme/tools'),
  repository('github.com/acme/money'),
  repository(),
];

async function fits(url: string | null | undefined) {
  const choice = await chooseRepository(url, [shop, fork, other, local], signal);
  return [shop, fork, other, local].map((one) => choice.fitOf(one));
}

describe('The repository that telemetry names', () => {
  it('is known by any of its remotes, and a fork by its name', async () => {
    assert.deepEqual(await fits('git@github.com:acme/shop.git'), ['same', 'fork', 'other', 'unsaid']);
    assert.deepEqual(await fits('https://github.com/acme/tools'), ['other', 'same', 'other', 'unsaid']);
  });

  it('excludes nothing when it is not named, or not in words that are an address', async () => {
    for (const url of [null, undefined, '', 'shop', '/srv/shop'])
      assert.deepEqual(await fits(url), ['unsaid', 'unsaid', 'unsaid', 'unsaid']);
  });

  it('asks no repository for its remotes when nothing was named', async () => {
    const broken = { ...shop, remotes: () => Promise.reject(new Error('asked')) };
    assert.equal((await chooseRepository(null, [broken], signal)).fitOf(broken), 'unsaid');
    await assert.rejects(chooseRepository('github.com/acme/shop', [broken], signal), /asked/);
  });
});
