import assert from 'node:assert/strict';
import type { SecretStorage } from 'vscode';
import { wrongDatadogKeys } from '../../../src/domain/errors';
import { configureDatadog } from '../../../src/ui/configureDatadog';
import { createRedactor } from '../../../src/ui/log';
import { createReport } from '../../../src/ui/report';
import { createCredentials } from '../../../src/ui/secrets';
import { datadogSites } from '../../../src/ui/sites';
import { createFakeEngine } from '../../fakes/sampleInvestigation';
import { changeSettings, fake } from '../../fakes/vscode';
import { FakeStore } from '../../fakes/vscodeParts';

const silent = { info: () => undefined, error: () => undefined };
const keys = { apiKey: '0123456789abcdef', appKey: 'fedcba9876543210' };

function open(check: () => unknown = () => ({ name: 'Datadog (datadoghq.eu)' }), env: NodeJS.ProcessEnv = {}) {
  fake.reset();
  const store = new FakeStore();
  const credentials = createCredentials(store as unknown as SecretStorage, env, createRedactor());
  const engine = createFakeEngine({ checkAccess: check });
  const report = createReport(silent, () => undefined);
  return { store, credentials, engine, configure: () => configureDatadog({ credentials, engine, report }) };
}

const texts = () => fake.messages.map(({ kind, text }) => `${kind}: ${text}`);

describe('configuring Datadog', () => {
  it('asks for site and keys, keeps them where they belong, and says that they work', async () => {
    const { credentials, engine, configure } = open();
    fake.answers.push('datadoghq.eu', ` ${keys.apiKey} `, keys.appKey);
    await configure();
    assert.deepEqual(await credentials.keys(), keys);
    assert.deepEqual(fake.executed, [['updateSetting', 'aidog.datadog.site', 'datadoghq.eu', 1]]);
    assert.deepEqual(
      engine.asked.map(({ name }) => name),
      ['checkAccess'],
    );
    assert.deepEqual(texts(), ['info: Datadog (datadoghq.eu) accepts the keys.']);
  });

  it('offers every site and hides what is typed', async () => {
    const { configure } = open();
    fake.answers.push('datadoghq.com', keys.apiKey, keys.appKey);
    await configure();
    assert.deepEqual(
      fake.picks[0]!.map(({ label }) => label),
      datadogSites,
    );
    assert.deepEqual(
      fake.inputs.map(({ password }) => password),
      [true, true],
    );
    const [{ validateInput }] = fake.inputs as [{ validateInput: (value: string) => unknown }];
    assert.equal(validateInput(keys.apiKey), null);
    assert.match(String(validateInput('a b')), /whole key/);
    assert.match(String(validateInput('')), /whole key/);
  });

  it('says honestly when the keys do not work, and keeps them for another try', async () => {
    const { credentials, configure } = open(() => Promise.reject(wrongDatadogKeys('datadoghq.com')));
    fake.answers.push('datadoghq.com', keys.apiKey, keys.appKey);
    await configure();
    assert.match(texts()[0]!, /^error: Datadog \(datadoghq\.com\) does not accept these keys/);
    assert.deepEqual(await credentials.keys(), keys);
  });

  for (const [step, answers] of Object.entries({
    site: [],
    'API key': ['datadoghq.eu'],
    'application key': ['datadoghq.eu', keys.apiKey],
  })) {
    it(`changes nothing when the person leaves at the ${step}`, async () => {
      const { store, engine, configure } = open();
      fake.answers.push(...answers);
      await configure();
      assert.deepEqual([store.values.size, fake.executed, engine.asked, fake.messages], [0, [], [], []]);
    });
  }

  it('checks stored keys without asking for them', async () => {
    const { credentials, configure } = open();
    await credentials.store(keys);
    fake.answers.push('Check whether the keys work');
    await configure();
    assert.deepEqual([fake.inputs, texts()], [[], ['info: Datadog (datadoghq.eu) accepts the keys.']]);
  });

  it('replaces stored keys', async () => {
    const { credentials, configure } = open();
    await credentials.store(keys);
    fake.answers.push('Replace the keys', 'datadoghq.com', 'another-api-key', 'another-app-key');
    await configure();
    assert.deepEqual(await credentials.keys(), { apiKey: 'another-api-key', appKey: 'another-app-key' });
  });

  it('forgets stored keys, and says when the environment has others', async () => {
    const { credentials, engine, configure } = open();
    await credentials.store(keys);
    fake.answers.push('Forget the keys');
    await configure();
    assert.deepEqual([await credentials.keys(), engine.asked, texts()], [null, [], ['info: The stored keys are gone.']]);
    const other = open(undefined, { DD_API_KEY: 'environment', DD_APP_KEY: 'environment' });
    await other.credentials.store(keys);
    fake.answers.push('Forget the keys');
    await other.configure();
    assert.match(texts()[0]!, /DD_API_KEY/);
  });

  it('does nothing when the person leaves at the first question', async () => {
    const { credentials, engine, configure } = open();
    await credentials.store(keys);
    await configure();
    assert.deepEqual([engine.asked, fake.messages], [[], []]);
  });

  it('does not send keys to an address that is not fit for them', async () => {
    const { credentials, engine, configure } = open();
    await credentials.store(keys);
    changeSettings({ 'aidog.datadog.baseUrl': 'http://evil.example' });
    fake.answers.push('Check whether the keys work');
    await configure();
    assert.deepEqual(engine.asked, []);
    assert.match(texts()[0]!, /baseUrl/);
  });
});
