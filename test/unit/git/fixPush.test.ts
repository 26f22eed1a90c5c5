import assert from 'node:assert/strict';
import { join } from 'node:path';
import type { PreparedFix } from '../../../src/domain/fix';
import { commitFix } from '../../../src/git/fixCommit';
import { pushFix, readRemotes, withoutCredentials } from '../../../src/git/fixPush';
import { sendJson, startScriptedServer } from '../../fakes/scriptedServer';
import { FixScratch, signal } from './fixScratch';

describe('pushing a fix', () => {
  let scratch: FixScratch;
  beforeEach(() => {
    scratch = new FixScratch();
    scratch.addRemote();
  });
  afterEach(() => scratch.dispose());

  const committed = async (): Promise<PreparedFix> => {
    const fix = await scratch.prepare();
    await commitFix(fix, 'Fix', signal);
    return fix;
  };
  const onRemote = (...args: string[]) => scratch.git('-C', scratch.remote, ...args).trim();
  const refused = async (fix: PreparedFix, remote = 'origin') => {
    const result = await pushFix(fix, remote, signal);
    assert.equal(result.kind, 'refused');
    return result.kind === 'refused' ? result : assert.fail();
  };

  it('sends the branch and nothing else', async () => {
    scratch.git('tag', '-a', 'v1', '-m', 'v1');
    scratch.git('config', 'push.followTags', 'true');
    scratch.git('branch', 'other');
    const fix = await committed();
    const result = await pushFix(fix, 'origin', signal);
    assert.deepEqual(result, { kind: 'done', commit: onRemote('rev-parse', 'aidog/fix') });
    assert.deepEqual([onRemote('branch', '--format=%(refname:short)'), onRemote('tag')], ['aidog/fix\nmain', '']);
  });

  it('sends what was committed later, too', async () => {
    const fix = await committed();
    await pushFix(fix, 'origin', signal);
    scratch.write(fix, 'README.md', 'Later\n');
    await commitFix(fix, 'Later', signal);
    assert.equal((await pushFix(fix, 'origin', signal)).kind, 'done');
    assert.equal(onRemote('log', '-1', '--format=%s', 'aidog/fix'), 'Later');
  });

  it('never overwrites a branch of the same name, and says so', async () => {
    const fix = await committed();
    scratch.repository.commit('Other work', { 'other.js': 'x\n' });
    scratch.git('push', '--quiet', 'origin', 'HEAD:refs/heads/aidog/fix');
    const theirs = onRemote('rev-parse', 'aidog/fix');
    assert.match((await refused(fix)).message, /has a branch of this name with other commits, and AIDog never overwrites it/);
    assert.equal(onRemote('rev-parse', 'aidog/fix'), theirs);
  });

  it('explains a protected branch, and shows what the other side said', async () => {
    scratch.addHook(
      'pre-receive',
      'echo "GH006: Protected branch update failed for refs/heads/aidog/fix." >&2; exit 1',
      join(scratch.remote, 'hooks'),
    );
    const { message, output } = await refused(await committed());
    assert.match(message, /^origin protects branches of this name/);
    assert.match(output, /GH006: Protected branch update failed/);
  });

  it('shows what a hook of the other side, or of this one, said', async () => {
    scratch.addHook('pre-receive', 'echo "ticket number missing" >&2; exit 1', join(scratch.remote, 'hooks'));
    const fix = await committed();
    const far = await refused(fix);
    assert.match(far.message, /origin refused the push\. What it said is shown/);
    assert.match(far.output, /ticket number missing/);
    scratch.addHook('pre-push', 'echo "tests are red"; exit 1');
    const near = await refused(fix);
    assert.match(near.message, /most likely by a pre-push hook/);
    assert.match(near.output, /tests are red/);
  });

  it('explains a remote that is not there, and one that cannot be reached', async () => {
    scratch.git('remote', 'add', 'gone', join(scratch.base, 'gone.git'));
    const fix = await committed();
    assert.match((await refused(fix, 'gone')).message, /^There is no repository at the address of gone/);
    scratch.git('remote', 'add', 'silent', 'http://127.0.0.1:1/x/y.git');
    assert.match((await refused(fix, 'silent')).message, /^silent cannot be reached/);
  });

  for (const [status, pattern] of [
    [401, /does not let you push: Git has no valid credentials/],
    [403, /does not let you push: Git has no valid credentials/],
    [404, /There is no repository at the address/],
  ] as const)
    it(`explains status ${status} without waiting for a password, and shows no credential`, async () => {
      const server = await startScriptedServer((response) => sendJson(response, {}, status, { 'www-authenticate': 'Basic realm="x"' }));
      try {
        const address = `http://someone:canary@${new URL(server.url).host}/x/y.git`;
        scratch.git('remote', 'add', 'web', status === 401 ? address.replace('someone:canary@', '') : address);
        scratch.git('config', 'credential.helper', '');
        const { message, output } = await refused(await committed(), 'web');
        assert.match(message, pattern);
        assert.doesNotMatch(output, /canary/);
      } finally {
        await server.close();
      }
    });

  it('knows the remotes with both their addresses, origin first', async () => {
    scratch.git('remote', 'add', 'fork', 'git@github.com:me/shop.git');
    scratch.git('remote', 'set-url', '--push', 'fork', 'https://github.com/me/shop.git');
    assert.deepEqual(await readRemotes(scratch.root, signal), [
      { name: 'origin', fetchUrl: scratch.remote, pushUrl: scratch.remote },
      { name: 'fork', fetchUrl: 'git@github.com:me/shop.git', pushUrl: 'https://github.com/me/shop.git' },
    ]);
  });

  it('takes names and passwords out of addresses', () => {
    assert.equal(
      withoutCredentials("fatal: 'https://me:ghp_x@host/a.git' and ssh://git@host/b"),
      "fatal: 'https://host/a.git' and ssh://host/b",
    );
    assert.equal(withoutCredentials('git@host:a/b.git'), 'git@host:a/b.git');
  });
});
