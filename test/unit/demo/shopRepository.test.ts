import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runGit } from '../../../src/demo/git';
import { baseRelease, releaseOf } from '../../../src/demo/shopHistory';
import { buildShopRepository, type ShopRepository } from '../../../src/demo/shopRepository';
import { AppError } from '../../../src/domain/errors';

const mediaDir = join(import.meta.dirname, '../../../media');

describe('the demo shop repository', () => {
  let scratch: string;
  let shop: ShopRepository;
  const git = async (...args: string[]) => (await runGit(args, { cwd: shop.root })).toString('utf8').trim();

  before(async () => {
    scratch = await mkdtemp(join(tmpdir(), 'aidog-shop-'));
    shop = await buildShopRepository({ mediaDir, dir: join(scratch, 'shop') });
  });
  after(() => rm(scratch, { recursive: true, force: true }));

  it('ends at the recorded commit after at least twelve commits by several people', async () => {
    assert.equal(await git('rev-parse', 'HEAD'), shop.history.head);
    assert.equal(await git('status', '--porcelain'), '');
    const authors = (await git('log', '--format=%an')).split('\n');
    assert.ok(authors.length >= 12, `${authors.length} commits`);
    assert.ok(new Set(authors).size >= 3);
  });

  it('takes neither names nor hooks from the configuration of the user', async () => {
    const home = join(scratch, 'home');
    await mkdir(join(home, 'hooks'), { recursive: true });
    await writeFile(join(home, 'hooks', 'commit-msg'), '#!/bin/sh\nexit 1\n', { mode: 0o755 });
    const config = join(home, 'config');
    await writeFile(config, `[user]\n name = Somebody\n email = some@body.example\n[core]\n hooksPath = ${join(home, 'hooks')}\n`);
    const before = process.env.GIT_CONFIG_GLOBAL;
    process.env.GIT_CONFIG_GLOBAL = config;
    try {
      const other = await buildShopRepository({ mediaDir, dir: join(scratch, 'configured') });
      assert.equal((await runGit(['rev-parse', 'HEAD'], { cwd: other.root })).toString('utf8').trim(), shop.history.head);
    } finally {
      if (before === undefined) delete process.env.GIT_CONFIG_GLOBAL;
      else process.env.GIT_CONFIG_GLOBAL = before;
    }
  });

  it('has the planted line in the deployed release and, moved, in the working tree', async () => {
    for (const scenario of shop.history.scenarios) {
      if (!scenario.planted) continue;
      const { commit, file, line, headLine, code } = scenario.planted;
      const deployed = releaseOf(shop.history, scenario.release).commit;
      assert.ok((await git('show', `${deployed}:${file}`)).split('\n')[line - 1]?.includes(code), `${file}:${line} at ${scenario.release}`);
      assert.ok((await readFile(join(shop.root, file), 'utf8')).split('\n')[headLine - 1]?.includes(code), `${file}:${headLine} at head`);
      assert.notEqual(line, headLine);
      assert.ok(!(await git('show', `${commit}~1:${file}`)).includes(code), 'the line came with the planted commit');
      const blamed = await git('blame', '--porcelain', '-L', `${line},${line}`, deployed, '--', file);
      assert.ok(blamed.startsWith(commit));
    }
  });

  it('puts the planted commit between the first release and the faulty one, among innocent commits', async () => {
    const base = baseRelease(shop.history).commit;
    for (const { release, planted } of shop.history.scenarios) {
      const between = (await git('rev-list', `${base}..${releaseOf(shop.history, release).commit}`)).split('\n');
      assert.ok(between.length >= 3, `${between.length} commits in ${release}`);
      if (planted) assert.ok(between.includes(planted.commit) && between[0] !== planted.commit, `${release} is not its planted commit`);
    }
  });

  it('deploys something harmless to the failing service when the outage has no commit', async () => {
    const outage = shop.history.scenarios.find((scenario) => scenario.planted === null);
    assert.ok(outage);
    const deployed = releaseOf(shop.history, outage.release).commit;
    assert.equal(await git('diff', '--name-only', `${deployed}~1`, deployed), `services/${outage.service}/index.js`);
    assert.equal(await git('rev-parse', `v${outage.release}`), deployed);
  });

  it('can be dated anew, with the same content and as far apart', async () => {
    const lastCommitAtMs = Date.parse('2031-05-06T07:08:09Z');
    const dated = await buildShopRepository({ mediaDir, dir: join(scratch, 'dated'), lastCommitAtMs });
    const ask = async (root: string, ...args: string[]) => (await runGit(args, { cwd: root })).toString('utf8').trim().split('\n');
    assert.deepEqual(await ask(dated.root, 'rev-parse', 'HEAD'), [dated.history.head]);
    assert.notEqual(dated.history.head, shop.history.head);
    assert.deepEqual(await ask(dated.root, 'log', '--format=%T %an %s'), await ask(shop.root, 'log', '--format=%T %an %s'));
    const times = (await ask(dated.root, 'log', '--format=%at %ct')).map((line) => line.split(' ').map(Number));
    const shippedTimes = (await ask(shop.root, 'log', '--format=%at')).map(Number);
    assert.equal(times[0]?.[0], lastCommitAtMs / 1000);
    assert.ok(times.every(([author, committer]) => author === committer));
    assert.deepEqual(
      times.map(([author]) => times[0]![0]! - author!),
      shippedTimes.map((time) => shippedTimes[0]! - time),
    );
    for (const { planted, release } of dated.history.scenarios) {
      const [tagged] = await ask(dated.root, 'rev-parse', `v${release}`);
      assert.equal(releaseOf(dated.history, release).commit, tagged);
      if (!planted) continue;
      const [blamed] = await ask(dated.root, 'blame', '--porcelain', '-L', `${planted.headLine},${planted.headLine}`, '--', planted.file);
      assert.ok(blamed?.startsWith(planted.commit));
    }
  });

  it('lists its commits as they are', async () => {
    const listed = shop.history.commits.map(({ sha, subject }) => `${sha} ${subject}`);
    assert.deepEqual((await git('log', '--reverse', '--format=%H %s')).split('\n'), listed);
  });

  it('is left alone when it is there, with what was committed since', async () => {
    const dir = join(scratch, 'used');
    await cp(shop.root, dir, { recursive: true });
    await writeFile(join(dir, 'notes.txt'), 'mine');
    execFileSync('git', ['add', 'notes.txt'], { cwd: dir });
    execFileSync('git', ['-c', 'user.name=A', '-c', 'user.email=a@b.c', 'commit', '-qm', 'mine'], { cwd: dir });
    await buildShopRepository({ mediaDir, dir });
    assert.equal(await readFile(join(dir, 'notes.txt'), 'utf8'), 'mine');
  });

  it('does not touch a folder that holds something else', async () => {
    const dir = join(scratch, 'taken');
    await mkdir(dir);
    await writeFile(join(dir, 'thesis.txt'), 'chapter one');
    await assert.rejects(
      buildShopRepository({ mediaDir, dir }),
      (error) => error instanceof AppError && error.kind === 'workspace' && /Move that folder away/.test(error.message),
    );
    assert.deepEqual(await readdir(dir), ['thesis.txt']);
  });

  it('leaves nothing behind when it is called off', async () => {
    const dir = join(scratch, 'aborted');
    await assert.rejects(buildShopRepository({ mediaDir, dir, signal: AbortSignal.abort(new Error('enough')) }), /enough/);
    assert.deepEqual(
      (await readdir(scratch)).filter((name) => name.startsWith('aborted')),
      [],
    );
  });

  it('is built once when two ask at the same time', async () => {
    const dir = join(scratch, 'raced');
    const both = await Promise.all([buildShopRepository({ mediaDir, dir }), buildShopRepository({ mediaDir, dir })]);
    assert.equal(both[0].root, both[1].root);
    assert.deepEqual(
      (await readdir(scratch)).filter((name) => name.startsWith('raced')),
      ['raced'],
    );
  });

  it('says that the demo is incomplete when the patches do not lead to the recorded commit', async () => {
    const damaged = join(scratch, 'media');
    await cp(join(mediaDir, 'demo', 'shop'), join(damaged, 'demo', 'shop'), { recursive: true });
    const patches = (await readdir(join(damaged, 'demo', 'shop', 'patches'))).sort();
    await rm(join(damaged, 'demo', 'shop', 'patches', patches.at(-1)!));
    await assert.rejects(buildShopRepository({ mediaDir: damaged, dir: join(scratch, 'short') }), /The demo is incomplete/);
  });

  it('says that git is missing when it is', async () => {
    const path = process.env.PATH;
    process.env.PATH = join(scratch, 'nowhere');
    try {
      await assert.rejects(buildShopRepository({ mediaDir, dir: join(scratch, 'nogit') }), /Git was not found/);
    } finally {
      process.env.PATH = path;
    }
  });
});
