import assert from 'node:assert/strict';
import { chmodSync, existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { AppError } from '../../../src/domain/errors';
import { openRepository } from '../../../src/git/repository';
import { ScratchRepository } from './scratchRepository';

const { signal } = new AbortController();
const says = (pattern: RegExp) => (error: unknown) => error instanceof AppError && pattern.test(error.message);

describe('Fetching a commit that is missing', () => {
  let server: ScratchRepository;
  let clone: ScratchRepository;
  let missing: string;
  beforeEach(() => {
    server = new ScratchRepository();
    clone = new ScratchRepository();
    server.git('config', 'uploadpack.allowAnySHA1InWant', 'true');
    server.commit('first', { 'a.js': 'one\n' });
    clone.git('remote', 'add', 'origin', `file://${server.root}`);
    clone.git('pull', '--quiet', 'origin', 'main');
    missing = server.commit('second', { 'a.js': 'two\n' });
    server.commit('third', { 'a.js': 'three\n' });
  });
  afterEach(() => {
    server.dispose();
    clone.dispose();
  });

  const fetchFrom = async (sha: string) => (await openRepository(clone.root, signal)).fetchCommit(sha, signal);

  it('brings exactly that commit and changes nothing else', async () => {
    const repository = await openRepository(clone.root, signal);
    const before = clone.git('for-each-ref');
    assert.equal(await repository.hasCommit(missing, signal), false);
    assert.equal(await repository.fetchCommit(missing.toUpperCase(), signal), true);
    assert.equal(await repository.hasCommit(missing, signal), true);
    assert.equal(await repository.fileAt(missing, 'a.js', signal), 'two\n');
    assert.equal(clone.git('for-each-ref'), before);
    assert.equal(
      existsSync(join(clone.root, '.git', 'FETCH_HEAD')) && readFileSync(join(clone.root, '.git', 'FETCH_HEAD'), 'utf8').includes(missing),
      false,
    );
    assert.equal(readFileSync(join(clone.root, 'a.js'), 'utf8'), 'one\n');
  });

  it('lets lines of it be followed', async () => {
    const repository = await openRepository(clone.root, signal);
    assert.equal((await repository.mapLine(missing, 'a.js', 1, signal)).status, 'unknown');
    await repository.fetchCommit(missing, signal);
    assert.equal((await repository.mapLine(missing, 'a.js', 1, signal)).status, 'edited');
  });

  it('asks the remotes in order, and does with one that has it', async () => {
    clone.git('remote', 'set-url', 'origin', `file://${clone.root}-gone`);
    clone.git('remote', 'add', 'backup', `file://${server.root}`);
    assert.equal(await fetchFrom(missing), true);
  });

  it('works in a shallow clone, without fetching what was left out', async () => {
    const dir = `${clone.root}-shallow`;
    clone.git('clone', '--quiet', '--depth=1', `file://${server.root}`, dir);
    try {
      const repository = await openRepository(dir, signal);
      assert.equal(await repository.fetchCommit(missing, signal), true);
      assert.equal(await repository.fileAt(missing, 'a.js', signal), 'two\n');
      assert.equal(clone.git('-C', dir, 'rev-list', '--count', missing).trim(), '1');
    } finally {
      rmSync(dir, { recursive: true });
    }
  });

  it('is impossible without a remote', async () => {
    clone.git('remote', 'remove', 'origin');
    assert.equal(await fetchFrom(missing), false);
  });

  it('says when the remote does not have it', async () => {
    await assert.rejects(
      fetchFrom('f'.repeat(40)),
      says(/ffffffffffff could not be fetched: the remote "origin" does not have it\. Check that/),
    );
  });

  it('says when the server gives no single commits', async () => {
    server.git('config', 'uploadpack.allowAnySHA1InWant', 'false');
    clone.git('config', 'protocol.version', '0');
    await assert.rejects(fetchFrom(missing), says(/gives no single commits\. Run "git fetch --all"/));
  });

  it('says when the remote leads nowhere, cannot be reached, or lets nobody in', async () => {
    clone.git('remote', 'set-url', 'origin', `file://${clone.root}-gone`);
    await assert.rejects(fetchFrom(missing), says(/leads to no repository.*git remote -v/));
    clone.git('remote', 'set-url', 'origin', 'http://127.0.0.1:9/shop.git');
    await assert.rejects(fetchFrom(missing), says(/cannot be reached\. Check the network/));
  });

  it('needs the whole id, and never takes anything else for one', async () => {
    for (const sha of [missing.slice(0, 12), '--upload-pack=x', 'main', '', `${missing} `])
      await assert.rejects(fetchFrom(sha), says(/whole id/));
  });

  it('starts no program that the repository names', async () => {
    const sprung = join(clone.root, 'sprung');
    clone.write('trap.sh', `#!/bin/sh\ntouch '${sprung}'\nexit 1\n`);
    const trap = join(clone.root, 'trap.sh');
    chmodSync(trap, 0o755);
    for (const key of ['remote.origin.uploadpack', 'core.sshCommand', 'core.askPass', 'core.fsmonitor']) clone.git('config', key, trap);
    clone.git('config', 'core.hooksPath', clone.root);
    assert.equal(await fetchFrom(missing), true);
    clone.git('remote', 'set-url', 'origin', 'ext::sh -c trap.sh');
    await assert.rejects(fetchFrom('e'.repeat(40)));
    assert.equal(existsSync(sprung), false);
  });

  it('leaves out remotes whose names could be options', async () => {
    clone.git('config', 'remote.--upload-pack=x.url', `file://${server.root}`);
    clone.git('remote', 'remove', 'origin');
    assert.equal(await fetchFrom(missing), false);
  });

  it('can be called off', async () => {
    const stop = new AbortController();
    const repository = await openRepository(clone.root, signal);
    const fetching = repository.fetchCommit(missing, stop.signal);
    stop.abort();
    await assert.rejects(fetching, (error: unknown) => error instanceof AppError && error.kind === 'cancelled');
  });
});
