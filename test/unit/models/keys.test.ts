import assert from 'node:assert/strict';
import { keyFor } from '../../../src/models/keys';

describe('the key for an address', () => {
  const keys = { openai: 'own', 'https://proxy.example/v1': 'proxy', anthropic: ' ' };

  it('is the one of that address, however it is written', () => {
    assert.equal(keyFor(keys, 'openai', 'https://proxy.example/v1'), 'proxy');
    assert.equal(keyFor(keys, 'openai', 'https://proxy.example/v1/'), 'proxy');
    assert.equal(keyFor(keys, 'openai', 'https://proxy.example'), 'proxy');
  });

  it('is the provider’s for the provider’s own address, and for no other', () => {
    assert.equal(keyFor(keys, 'openai', null), 'own');
    assert.equal(keyFor(keys, 'openai', 'https://api.openai.com/v1/'), 'own');
    assert.equal(keyFor(keys, 'openai', 'https://evil.example/v1'), null);
    assert.equal(keyFor(keys, 'openai', 'http://localhost:1234'), null);
  });

  it('is none where none is stored, or an empty one, or one that every object inherits', () => {
    assert.equal(keyFor(keys, 'ollama', null), null);
    assert.equal(keyFor(keys, 'anthropic', null), null);
    assert.equal(keyFor(Object.create({ ollama: 'x' }) as Record<string, string>, 'ollama', null), null);
  });
});
