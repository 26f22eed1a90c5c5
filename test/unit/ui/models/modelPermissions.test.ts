import assert from 'node:assert/strict';
import type { ModelChoice } from '../../../../src/domain/languageModel';
import { createModelPermissions, destinationOf } from '../../../../src/ui/models/modelPermissions';
import { changeSettings, fake } from '../../../fakes/vscode';
import { FakeStore } from '../../../fakes/vscodeParts';

const claude: ModelChoice = { provider: 'anthropic', model: 'claude', baseUrl: null };
const live = () => new AbortController().signal;

function open(memento = new FakeStore()) {
  fake.reset();
  let previews = 0;
  const permissions = createModelPermissions({ memento: memento as never, preview: async () => previews++ });
  return { memento, permissions, previews: () => previews };
}

describe('permission to send to a model', () => {
  it('is asked for once for each address, says what is sent, and is kept', async () => {
    const { memento, permissions } = open();
    changeSettings({ 'aidog.model.sendFields': ['alert', 'metrics'] });
    fake.answers.push('Allow');
    assert.equal(await permissions.ask(claude, live()), true);
    assert.equal(await permissions.ask({ ...claude, model: 'another' }, live()), true);
    assert.equal(fake.messages.length, 1);
    assert.match(fake.messages[0]!.text, /to api\.anthropic\.com.*Sent are: the alert, metrics\./);
    assert.deepEqual(fake.messages[0]!.items, ['Allow', 'Preview', 'Not Now']);
    assert.equal(await open(memento).permissions.ask(claude, live()), true);
    assert.deepEqual(fake.messages, []);
  });

  it('shows the preview as often as wanted before it is given', async () => {
    const { permissions, previews } = open();
    fake.answers.push('Preview', 'Preview', 'Allow');
    assert.equal(await permissions.ask(claude, live()), true);
    assert.equal(previews(), 2);
  });

  it('is not asked for again in this window after a no, until the person chooses the model again', async () => {
    const { memento, permissions } = open();
    fake.answers.push('Not Now', 'Allow');
    assert.deepEqual([await permissions.ask(claude, live()), await permissions.ask(claude, live())], [false, false]);
    assert.equal(fake.messages.length, 1);
    assert.equal(memento.values.size, 0);
    assert.equal(await permissions.askAnew(claude), true);
  });

  it('is one question for two agents that ask at the same time, and another for another address', async () => {
    const { permissions } = open();
    fake.answers.push('Allow', undefined);
    const other = { ...claude, baseUrl: 'https://proxy.example' };
    const answers = await Promise.all([permissions.ask(claude, live()), permissions.ask(claude, live()), permissions.ask(other, live())]);
    assert.deepEqual([answers, fake.messages.length], [[true, true, false], 2]);
  });

  it('is not waited for once the investigation is over', async () => {
    const { permissions } = open();
    const controller = new AbortController();
    fake.answers.push(new Promise(() => undefined));
    const asked = permissions.ask(claude, controller.signal);
    controller.abort();
    assert.equal(await asked, false);
  });

  it('is VS Code’s business for its own models, and never given to an address that may not be used', async () => {
    const { permissions } = open();
    assert.equal(await permissions.ask({ provider: 'editor', model: '', baseUrl: null }, live()), true);
    assert.equal(await permissions.ask({ ...claude, baseUrl: 'http://proxy.example' }, live()), false);
    assert.deepEqual(fake.messages, []);
  });

  it('names where models of Ollama’s cloud really are', () => {
    assert.equal(destinationOf({ provider: 'ollama', model: 'gpt-oss:120b-cloud', baseUrl: null }), 'https://ollama.com');
    assert.equal(destinationOf({ provider: 'ollama', model: 'a', baseUrl: 'https://gpu.example' }), 'https://gpu.example');
  });
});
