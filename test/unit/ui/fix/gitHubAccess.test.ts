import assert from 'node:assert/strict';
import { createGitHubAccess } from '../../../../src/ui/fix/gitHubAccess';
import { createRedactor } from '../../../../src/ui/log';
import { changeSettings, fake } from '../../../fakes/vscode';
import { FakeStore } from '../../../fakes/vscodeParts';

const gitHub = 'https://api.github.com';
const enterprise = 'https://ghe.example/api/v3';
const token = 'ghp_canary0123456789';

function open() {
  fake.reset();
  const secrets = new FakeStore();
  const redactor = createRedactor();
  return { secrets, redactor, access: createGitHubAccess(secrets as never, redactor) };
}

describe('access to GitHub', () => {
  it('takes the stored token, and hides it from the log', async () => {
    const { access, secrets, redactor } = open();
    secrets.values.set(`aidog.github.token:${gitHub}`, token);
    assert.equal(await access.token(gitHub), token);
    assert.equal(redactor.redact(`x ${token}`), 'x •••');
    assert.deepEqual(fake.executed, []);
  });

  it('else signs in through VS Code, asking for what opening pull requests takes', async () => {
    const { access, redactor } = open();
    fake.session = async () => ({ accessToken: token });
    assert.equal(await access.token(gitHub), token);
    assert.deepEqual(fake.executed, [['getSession', 'github', ['repo'], { createIfNone: true }]]);
    assert.equal(redactor.redact(token), '•••');
  });

  it('says what to do when nobody signs in', async () => {
    const { access } = open();
    await assert.rejects(access.token(gitHub), { kind: 'configuration', message: /no access to api\.github\.com.*Set GitHub Token/ });
  });

  it('never sends a token to another API than the one that it was entered for', async () => {
    const { access, secrets } = open();
    secrets.values.set(`aidog.github.token:${gitHub}`, token);
    fake.session = async () => ({ accessToken: token });
    await assert.rejects(access.token(enterprise), { message: /no access to ghe\.example/ });
    assert.deepEqual(fake.executed, []);
  });

  it('uses the sign-in for GitHub Enterprise where it is set up for the same host', async () => {
    const { access } = open();
    changeSettings({ 'github-enterprise.uri': 'https://ghe.example' });
    fake.session = async () => ({ accessToken: token });
    assert.equal(await access.token(enterprise), token);
    assert.equal(fake.executed.at(-1)?.[1], 'github-enterprise');
  });

  it('stores a token that is entered, hidden from view', async () => {
    const { access, secrets } = open();
    fake.answers.push(` ${token} `);
    await access.change();
    assert.deepEqual([...secrets.values], [[`aidog.github.token:${gitHub}`, token]]);
    assert.equal(fake.inputs[0]?.password, true);
    assert.deepEqual(
      ['', 'a b', 'short', 'ümläut-token'].map((text) => typeof fake.inputs[0]?.validateInput?.(text)),
      Array(4).fill('string'),
    );
    assert.equal(fake.inputs[0]?.validateInput?.(token), null);
    assert.doesNotMatch(JSON.stringify(fake.messages), /canary/);
  });

  it('asks where the token is from when there is a choice', async () => {
    const { access, secrets } = open();
    changeSettings({ 'aidog.github.baseUrl': enterprise });
    fake.answers.push('ghe.example', token);
    await access.change();
    assert.deepEqual([...secrets.values.keys()], [`aidog.github.token:${enterprise}`]);
  });

  it('forgets or replaces the one that is stored', async () => {
    const { access, secrets } = open();
    secrets.values.set(`aidog.github.token:${gitHub}`, 'old-token');
    fake.answers.push('Replace the token', token);
    await access.change();
    assert.equal(secrets.values.get(`aidog.github.token:${gitHub}`), token);
    fake.answers.push('Forget the token');
    await access.change();
    assert.equal(secrets.values.size, 0);
  });

  it('changes nothing when it is left', async () => {
    const { access, secrets } = open();
    await access.change();
    secrets.values.set(`aidog.github.token:${gitHub}`, 'old-token');
    await access.change();
    changeSettings({ 'aidog.github.baseUrl': enterprise });
    await access.change();
    assert.deepEqual([...secrets.values.values()], ['old-token']);
  });
});
