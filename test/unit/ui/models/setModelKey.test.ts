import assert from 'node:assert/strict';
import { createRedactor } from '../../../../src/ui/log';
import { createModelKeys } from '../../../../src/ui/models/modelKeys';
import { setModelKey } from '../../../../src/ui/models/setModelKey';
import { changeSettings, fake } from '../../../fakes/vscode';
import { FakeStore } from '../../../fakes/vscodeParts';

const slot = 'aidog.model.key:https://api.anthropic.com';
const key = 'sk-ant-canary-0123456789';

function open() {
  fake.reset();
  const secrets = new FakeStore();
  return { secrets, set: () => setModelKey(createModelKeys(secrets as never, {}, createRedactor())) };
}

describe('setting the key of a model', () => {
  it('stores what is typed, hidden from view, for the server that is picked', async () => {
    const { secrets, set } = open();
    fake.answers.push('api.anthropic.com', ` ${key} `);
    await set();
    assert.deepEqual([...secrets.values], [[slot, key]]);
    assert.equal(fake.inputs[0]?.password, true);
    assert.match(fake.messages[0]!.text, /key for api\.anthropic\.com is stored/);
    assert.doesNotMatch(JSON.stringify([fake.messages, fake.executed]), /canary/);
  });

  it('offers the servers of the settings first, and says for which a key is stored', async () => {
    const { secrets, set } = open();
    secrets.values.set(slot, key);
    changeSettings({ 'aidog.model.provider': 'openai', 'aidog.model.name': 'm', 'aidog.model.baseUrl': 'https://proxy.example/v1' });
    await set();
    const rows = fake.picks[0] as { label: string; description?: string }[];
    assert.deepEqual(
      rows.map(({ label, description }) => [label, description]),
      [
        ['proxy.example', ''],
        ['api.anthropic.com', 'a key is stored'],
        ['api.openai.com', ''],
        ['api.minimax.io', ''],
      ],
    );
    assert.equal(secrets.values.size, 1);
  });

  it('forgets a stored key when asked to, and replaces it otherwise', async () => {
    const { secrets, set } = open();
    secrets.values.set(slot, key);
    fake.answers.push('api.anthropic.com', 'Replace the key', 'sk-ant-new-0123456789');
    await set();
    assert.equal(secrets.values.get(slot), 'sk-ant-new-0123456789');
    fake.answers.push('api.anthropic.com', 'Forget the key');
    await set();
    assert.equal(secrets.values.size, 0);
    assert.equal(fake.messages.at(-1)?.text, 'The stored key is gone.');
  });

  it('changes nothing when the person leaves, and takes no half key', async () => {
    const { secrets, set } = open();
    secrets.values.set(slot, key);
    for (const answers of [[], ['api.anthropic.com'], ['api.anthropic.com', 'Replace the key']]) {
      fake.answers.push(...answers, undefined);
      await set();
      fake.answers.length = 0;
    }
    assert.deepEqual([...secrets.values], [[slot, key]]);
    const { validateInput } = fake.inputs[0]!;
    assert.equal(validateInput?.(key), null);
    assert.match(String(validateInput?.('a b')), /whole key/);
  });
});
