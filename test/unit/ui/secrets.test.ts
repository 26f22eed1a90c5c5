import assert from 'node:assert/strict';
import type { SecretStorage } from 'vscode';
import { createRedactor } from '../../../src/ui/log';
import { createCredentials } from '../../../src/ui/secrets';
import { changeSettings, fake } from '../../fakes/vscode';
import { FakeStore } from '../../fakes/vscodeParts';

const stored = { apiKey: 'stored-api-key', appKey: 'stored-app-key' };
const environment = { DD_API_KEY: 'environment-api-key', DD_APP_KEY: 'environment-app-key' };

function open(env: NodeJS.ProcessEnv = {}) {
  fake.reset();
  const store = new FakeStore();
  const redactor = createRedactor();
  return { store, redactor, credentials: createCredentials(store as unknown as SecretStorage, env, redactor) };
}

describe('the credentials', () => {
  it('are none at first', async () => {
    const { credentials } = open();
    assert.deepEqual([await credentials.keys(), await credentials.connection(), await credentials.areStored()], [null, null, false]);
  });

  it('are kept in the secret storage, used with the settings, and gone when forgotten', async () => {
    const { credentials, store } = open();
    changeSettings({ 'aidog.datadog.site': 'datadoghq.eu', 'aidog.datadog.timeoutSeconds': 7 });
    await credentials.store(stored);
    assert.equal(await credentials.areStored(), true);
    assert.deepEqual(await credentials.connection(), { site: 'datadoghq.eu', baseUrl: null, timeoutSec: 7, ...stored });
    await credentials.forget();
    assert.deepEqual([store.values.size, await credentials.keys()], [0, null]);
  });

  it('come from the environment when none are stored, and both from one place', async () => {
    const { credentials, store } = open(environment);
    assert.deepEqual(await credentials.keys(), { apiKey: environment.DD_API_KEY, appKey: environment.DD_APP_KEY });
    await store.store('aidog.datadog.apiKey', 'half a pair');
    assert.equal((await credentials.keys())?.apiKey, environment.DD_API_KEY);
    await credentials.store(stored);
    assert.deepEqual(await credentials.keys(), stored);
    assert.equal(await open({ DD_API_KEY: 'alone-alone' }).credentials.keys(), null);
  });

  it('are hidden from the log as soon as they are seen', async () => {
    const fromEnvironment = open(environment);
    await fromEnvironment.credentials.keys();
    assert.equal(fromEnvironment.redactor.redact(`a ${environment.DD_API_KEY} b ${environment.DD_APP_KEY}`), 'a ••• b •••');
    const entered = open();
    await entered.credentials.store(stored);
    assert.equal(entered.redactor.redact(`${stored.apiKey}/${stored.appKey}`), '•••/•••');
  });

  it('say when they change, in this window or another, and not for what others store', async () => {
    const { credentials, store } = open();
    let changes = 0;
    credentials.onDidChange(() => (changes += 1));
    await store.store('someone.else', 'x');
    assert.equal(changes, 0);
    await store.store('aidog.datadog.appKey', 'new');
    assert.equal(changes, 1);
    credentials.dispose();
    await store.store('aidog.datadog.appKey', 'newer');
    assert.equal(changes, 1);
  });

  it('are not sent to an unfit address', async () => {
    const { credentials } = open(environment);
    changeSettings({ 'aidog.datadog.baseUrl': 'http://evil.example' });
    await assert.rejects(credentials.connection(), { kind: 'configuration' });
  });
});
