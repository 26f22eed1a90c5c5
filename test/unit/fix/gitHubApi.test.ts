import assert from 'node:assert/strict';
import { apiFor, knownApis, signInFor } from '../../../src/fix/gitHubApi';

const at = (host: string) => ({ host, owner: 'acme', name: 'shop' });

describe("where GitHub's API is", () => {
  it("is github.com's own for its repositories, whatever is configured", () => {
    assert.equal(apiFor(at('github.com'), null), 'https://api.github.com');
    assert.equal(apiFor(at('github.com'), 'https://ghe.example/api/v3'), 'https://api.github.com');
  });

  it('is the configured one for every other host, and unknown without one: no remote chooses where a token goes', () => {
    assert.equal(apiFor(at('ghe.example'), 'https://ghe.example/api/v3'), 'https://ghe.example/api/v3');
    assert.equal(apiFor(at('evil.example'), null), null);
  });

  it('is asked for a token only where there is one', () => {
    assert.deepEqual(knownApis(null), ['https://api.github.com']);
    assert.deepEqual(knownApis('https://ghe.example/api/v3'), ['https://api.github.com', 'https://ghe.example/api/v3']);
  });

  it('decides which sign-in may be used', () => {
    assert.equal(signInFor('https://api.github.com', null), 'github');
    assert.equal(signInFor('https://ghe.example/api/v3', 'https://ghe.example/'), 'github-enterprise');
    assert.equal(signInFor('https://api.acme.ghe.com', 'https://acme.ghe.com'), 'github-enterprise');
    assert.equal(signInFor('https://ghe.example/api/v3', 'https://other.example'), null);
    assert.equal(signInFor('https://ghe.example/api/v3', null), null);
    assert.equal(signInFor('http://127.0.0.1:9', 'not an address'), null);
  });
});
