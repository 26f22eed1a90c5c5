import assert from 'node:assert/strict';
import type { ModelChoice } from '../../../../src/domain/languageModel';
import { MINIMAX_ADDRESS } from '../../../../src/domain/modelAddress';
import { createRedactor } from '../../../../src/ui/log';
import { addressOf, createModelKeys } from '../../../../src/ui/models/modelKeys';
import { FakeStore } from '../../../fakes/vscodeParts';

const claude: ModelChoice = { provider: 'anthropic', model: 'claude', baseUrl: null };
const openAi: ModelChoice = { provider: 'openai', model: 'gpt', baseUrl: null };
const elsewhere: ModelChoice = { provider: 'openai', model: 'gpt', baseUrl: 'https://proxy.example/v1/' };
const key = 'sk-canary-0123456789';

function open(env: NodeJS.ProcessEnv = {}) {
  const secrets = new FakeStore();
  const redactor = createRedactor();
  return { secrets, redactor, keys: createModelKeys(secrets as never, env, redactor) };
}

describe('keys of language models', () => {
  it('are stored for an address in the secret storage, hidden from the log', async () => {
    const { keys, secrets, redactor } = open();
    await keys.store('https://api.anthropic.com', key);
    assert.deepEqual([...secrets.values], [['aidog.model.key:https://api.anthropic.com', key]]);
    assert.equal(redactor.redact(`Bearer ${key}`), 'Bearer •••');
    assert.equal(await keys.keyOf(claude), key);
    assert.deepEqual([await keys.isStored('https://api.anthropic.com'), await keys.isStored('https://api.openai.com/v1')], [true, false]);
  });

  it('never go to another address', async () => {
    const { keys } = open({ OPENAI_API_KEY: key });
    await keys.store('https://api.anthropic.com', key);
    assert.equal(await keys.keyOf(elsewhere), null);
    assert.equal(await keys.keyOf({ ...claude, baseUrl: 'https://other.example' }), null);
  });

  it('come from the variables of the providers where none is stored, for their own addresses', async () => {
    const { keys, redactor } = open({
      OPENAI_API_KEY: 'from-openai',
      ANTHROPIC_API_KEY: 'from-anthropic',
      MINIMAX_API_KEY: 'from-minimax',
    });
    const miniMax: ModelChoice = { provider: 'anthropic', model: 'MiniMax-M3', baseUrl: MINIMAX_ADDRESS };
    assert.deepEqual(await keys.keysOf([openAi, claude, miniMax, elsewhere]), {
      'https://api.openai.com/v1': 'from-openai',
      'https://api.anthropic.com': 'from-anthropic',
      [MINIMAX_ADDRESS]: 'from-minimax',
    });
    assert.equal(redactor.redact('from-minimax'), '•••');
    assert.equal(keys.variableOf('https://proxy.example/v1'), null);
  });

  it('are read anew, so that what another window stores or removes counts at once', async () => {
    const { keys, secrets } = open({ ANTHROPIC_API_KEY: 'from-anthropic' });
    await secrets.store('aidog.model.key:https://api.anthropic.com', key);
    assert.equal(await keys.keyOf(claude), key);
    await keys.forget('https://api.anthropic.com');
    assert.equal(await keys.keyOf(claude), 'from-anthropic');
  });

  it('are none for the models of VS Code and for addresses that keys must not be sent to', async () => {
    const { keys } = open();
    assert.equal(addressOf({ provider: 'editor', model: '', baseUrl: null }), null);
    assert.equal(addressOf({ ...openAi, baseUrl: 'http://proxy.example' }), null);
    assert.equal(addressOf(elsewhere), 'https://proxy.example/v1');
    assert.equal(await keys.keyOf({ ...openAi, baseUrl: 'http://proxy.example' }), null);
  });
});
