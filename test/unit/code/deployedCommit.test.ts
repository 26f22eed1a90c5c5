import assert from 'node:assert/strict';
import { commitTag, deployedCommit, repositoryTag, resolveDeployed } from '../../../src/code/deployedCommit';
import type { Change } from '../../../src/domain/change';
import { AppError } from '../../../src/domain/errors';
import { span } from '../../fakes/spans';
import { createMemoryRepository } from './memoryRepository';

const { signal } = new AbortController();
const [OLD, NEW] = ['a'.repeat(40), 'b'.repeat(40)] as const;

const deployment = (version: string, commit: string | null, timestampMs: number, service: string | null = 'shop'): Change => ({
  timestampMs,
  kind: 'deployment',
  service,
  title: '',
  text: '',
  author: null,
  version,
  commit,
  attributes: {},
});

describe('The commit that ran', () => {
  it('is read from the tags of Datadog and of OpenTelemetry, old and new', () => {
    for (const tag of ['git.commit.sha', '_dd.git.commit.sha', 'git.commit_sha', 'vcs.ref.head.revision', 'vcs.repository.ref.revision'])
      assert.deepEqual(commitTag({ [tag]: ` ${NEW.toUpperCase()} ` }), { sha: NEW, tag });
    assert.deepEqual(commitTag({ 'git.commit.sha': OLD, 'vcs.ref.head.revision': NEW })?.sha, OLD);
  });

  it('is never read from what does not look like a commit', () => {
    for (const value of ['', 'main', 'abc', '--upload-pack=x', `${NEW}..${OLD}`, 'g'.repeat(40), 'a'.repeat(65)])
      assert.equal(commitTag({ 'git.commit.sha': value }), null, value);
  });

  it('comes with the repository that the tags name', () => {
    for (const tag of ['git.repository_url', '_dd.git.repository_url', 'vcs.repository.url.full'])
      assert.equal(repositoryTag({ [tag]: 'git@github.com:Acme/Shop.git' }), 'github.com/acme/shop');
    assert.equal(repositoryTag({ 'git.repository_url': '--upload-pack=x' }), null);
  });

  it('is what the span says itself, and the words name the tag', () => {
    const found = deployedCommit(span({ spanId: 'a', meta: { 'git.commit.sha': NEW, version: '2' } }), [], []);
    assert.deepEqual(found, { sha: NEW, version: '2', repository: null, source: "the span's tag git.commit.sha says so" });
  });

  it('is what the first span of the process says, where only that is tagged', () => {
    const entry = span({ spanId: 'a', meta: { '_dd.git.commit.sha': OLD, '_dd.git.repository_url': 'https://github.com/acme/shop' } });
    const middle = span({ spanId: 'b', parentId: 'a' });
    const query = span({ spanId: 'c', parentId: 'b', service: 'shop-postgres', meta: { '_dd.base_service': 'shop' } });
    const found = deployedCommit(query, [query, middle, entry], []);
    assert.deepEqual([found.sha, found.repository], [OLD, 'github.com/acme/shop']);
    assert.match(found.source, /_dd\.git\.commit\.sha of the span that began the work of shop/);
  });

  it('is never that of the caller, which is another process', () => {
    const caller = span({ spanId: 'a', service: 'web', meta: { 'git.commit.sha': OLD } });
    const called = span({ spanId: 'b', parentId: 'a', service: 'shop' });
    assert.equal(deployedCommit(called, [caller, called], []).sha, null);
  });

  it('is found in a trace that loops', () => {
    const one = span({ spanId: 'a', parentId: 'b' });
    const two = span({ spanId: 'b', parentId: 'a', meta: { 'git.commit.sha': NEW } });
    assert.equal(deployedCommit(one, [one, two], []).sha, NEW);
  });

  it('is told by the last deployment of the version before the span', () => {
    const failing = span({ spanId: 'a', startMs: 100, meta: { 'service.version': '2' } });
    const changes = [deployment('2', NEW, 200), deployment('2', OLD, 50), deployment('1', NEW, 90), deployment('2', NEW, 60, 'other')];
    const found = deployedCommit(failing, [], changes);
    assert.deepEqual([found.sha, found.version], [OLD, '2']);
    assert.equal(found.source, 'the deployment of shop 2 names it');
    assert.equal(deployedCommit(failing, [], [deployment('2', NEW, 200)]).sha, NEW);
  });

  it('is not known when nothing tells, and the words say what is', () => {
    assert.equal(deployedCommit(span({ spanId: 'a' }), [], []).source, 'no tag names a commit or a version');
    const found = deployedCommit(span({ spanId: 'a', meta: { version: '7' } }), [], [deployment('7', null, 1)]);
    assert.deepEqual([found.sha, found.source], [null, 'only the version 7 is known']);
  });
});

describe('A deployed version', () => {
  const versioned = { sha: null, version: '1.2', repository: null, source: 'only the version 1.2 is known' };
  const tagged = (commit: string) => createMemoryRepository({ now: {}, versions: { '1.2': commit } });

  it('leads to a commit through the tags of a repository', async () => {
    const found = await resolveDeployed(versioned, 'shop', [createMemoryRepository({ now: {} }), tagged(NEW)], signal);
    assert.deepEqual([found.sha, found.source], [NEW, 'the version 1.2 leads to bbbbbbb in Git']);
  });

  it('leads nowhere when repositories disagree', async () => {
    assert.equal(await resolveDeployed(versioned, 'shop', [tagged(NEW), tagged(OLD)], signal), versioned);
  });

  it('is not asked about when the commit is known', async () => {
    const known = { ...versioned, sha: OLD };
    assert.equal(await resolveDeployed(known, 'shop', [tagged(NEW)], signal), known);
  });

  it('does without a repository that cannot tell, but passes on what is a mistake', async () => {
    const broken = (error: Error) => ({ ...tagged(NEW), resolveVersion: () => Promise.reject(error) });
    const found = await resolveDeployed(versioned, null, [broken(new AppError('workspace', 'gone')), tagged(NEW)], signal);
    assert.equal(found.sha, NEW);
    await assert.rejects(resolveDeployed(versioned, null, [broken(new TypeError('bug'))], signal), TypeError);
  });
});
