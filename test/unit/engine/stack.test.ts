import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ruleFromCorrection, withRule } from '../../../src/code/mappingRules';
import { createStackHandlers } from '../../../src/engine/stack';
import { Workspaces } from '../../../src/engine/workspaces';

const base = realpathSync(mkdtempSync(join(tmpdir(), 'aidog-engine-stack-')));
const [shop, mail, clone] = ['shop', 'mail', 'clone'].map((name) => join(base, name)) as [string, string, string];
const git = (dir: string, ...args: string[]) =>
  execFileSync('git', ['-C', dir, '-c', 'user.name=Ann', '-c', 'user.email=ann@shop.example', ...args], {
    encoding: 'utf8',
    stdio: 'pipe',
  }).trim();

function create(dir: string, files: Record<string, string>): string {
  mkdirSync(dir, { recursive: true });
  git(dir, 'init', '--quiet');
  return commit(dir, files);
}

function commit(dir: string, files: Record<string, string>): string {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(join(dir, path, '..'), { recursive: true });
    writeFileSync(join(dir, path), text);
  }
  git(dir, 'add', '.');
  git(dir, 'commit', '--quiet', '--no-verify', '--message', 'change');
  return git(dir, 'rev-parse', 'HEAD');
}

const workspaces = new Workspaces({ info: () => undefined, error: () => undefined });
const handlers = createStackHandlers(workspaces, (signal) => signal);
const { signal } = new AbortController();

describe('what the engine answers about stack traces', () => {
  let deployed: string;
  let later: string;

  before(() => {
    deployed = create(shop, { 'src/cart.js': 'one\ntwo\n' });
    execFileSync('git', ['clone', '--quiet', shop, clone], { stdio: 'pipe' });
    later = commit(shop, { 'src/cart.js': 'zero\none\ntwo\n' });
    create(mail, { 'jobs/send.py': 'def send():\n    raise ValueError("y")\n' });
  });
  after(() => rmSync(base, { recursive: true, force: true }));

  it('resolves the frames of two repositories each to its own', async () => {
    const text =
      'Error: x\n    at total (/srv/shop/src/cart.js:2:1)\n\nTraceback (most recent call last):\n  File "/srv/mail/jobs/send.py", line 2, in send\nValueError: y\n';
    const traces = await handlers.resolveStack({ text, commit: null, service: null, repositories: [shop, mail] }, signal);
    const places = traces.flatMap(({ exceptions }) => exceptions.flatMap(({ frames }) => frames.map(({ workspace }) => workspace)));
    assert.deepEqual(
      places.map((place) => [place?.root, place?.path]),
      [
        [shop, 'src/cart.js'],
        [mail, 'jobs/send.py'],
      ],
    );
  });

  it('goes by the rule that a person made of an ambiguous frame', async () => {
    const code = 'module.exports = () => {\n  throw new Error();\n};\n';
    commit(shop, { 'cart/index.js': code, 'mail/index.js': code });
    const ask = async () => {
      const text = 'Error: x\n    at module.exports (/app/index.js:2:9)\n';
      const [trace] = await handlers.resolveStack({ text, commit: null, service: null, repositories: [shop] }, signal);
      return trace!.exceptions[0]!.frames[0]!;
    };
    const before = await ask();
    assert.deepEqual([before.workspace, before.candidates.map(({ path }) => path).toSorted()], [null, ['cart/index.js', 'mail/index.js']]);
    const rule = ruleFromCorrection(before, 'mail/index.js');
    mkdirSync(join(shop, '.aidog'));
    writeFileSync(join(shop, '.aidog', 'mappings.json'), withRule(null, rule!));
    await workspaces.filesChanged([join(shop, '.aidog', 'mappings.json')], signal);
    assert.equal((await ask()).workspace?.path, 'mail/index.js');
  });

  it('says what ran, as it was given or read', async () => {
    const text = 'Error: x\n    at total (/srv/shop/src/cart.js:2:1)\n';
    const [trace] = await handlers.resolveStack({ text, commit: deployed, service: 'shop', repositories: [shop] }, signal);
    assert.deepEqual([trace?.commit, trace?.service], [deployed, 'shop']);
    assert.deepEqual([trace?.exceptions[0]?.frames[0]?.workspace?.line, trace?.exceptions[0]?.frames[0]?.workspace?.status], [3, 'moved']);
  });

  it('finds the frames whose files one of the repositories has', async () => {
    const text = 'Error: x\n    at a (/srv/cart.js:2:1)\n    at b (/srv/other.js:2:1)\n';
    const links = await handlers.findFrames({ text, repositories: [shop, mail] }, signal);
    assert.deepEqual(
      links.map(({ file, line }) => [file, line]),
      [['/srv/cart.js', 2]],
    );
    assert.deepEqual(await handlers.findFrames({ text: 'all is well', repositories: [shop] }, signal), []);
    assert.deepEqual(await handlers.findFrames({ text, repositories: [] }, signal), []);
  });

  it('reads a file as it was at a commit, and none outside of the repository', async () => {
    const read = (commitName: string, path: string) => handlers.readAtCommit({ repository: shop, commit: commitName, path }, signal);
    assert.equal(await read(deployed, 'src/cart.js'), 'one\ntwo\n');
    assert.equal(await read(deployed, '../mail/send.py'), null);
    assert.equal(await read('0'.repeat(40), 'src/cart.js'), null);
    assert.equal(await read('--output=x', 'src/cart.js'), null);
    assert.equal(await handlers.readAtCommit({ repository: join(base, 'nowhere'), commit: deployed, path: 'a' }, signal), null);
  });

  it('fetches a commit where it is missing, and says which repositories have it', async () => {
    assert.deepEqual(await handlers.fetchCommit({ commit: later, repositories: [clone, shop] }, signal), { repositories: [clone, shop] });
    assert.equal(await handlers.readAtCommit({ repository: clone, commit: later, path: 'src/cart.js' }, signal), 'zero\none\ntwo\n');
  });

  it('has nowhere to fetch from without a remote, and says why a remote did not give it', async () => {
    assert.deepEqual(await handlers.fetchCommit({ commit: later, repositories: [mail] }, signal), { repositories: [] });
    await assert.rejects(handlers.fetchCommit({ commit: '1'.repeat(40), repositories: [clone] }, signal), /could not be fetched/);
  });
});
