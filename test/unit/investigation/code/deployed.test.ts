import assert from 'node:assert/strict';
import type { Findings } from '../../../../src/diagnosis/findings';
import { AppError } from '../../../../src/domain/errors';
import type { Repository } from '../../../../src/domain/ports';
import { absentCommits, createRunningCommits, holderOf } from '../../../../src/investigation/code/deployed';
import { buildTraces } from '../../../../src/signals/traces/traceTree';
import { change, findings } from '../../../fakes/findings';
import { GUILTY, INNOCENT, repository } from '../../../fakes/incidents';
import { span } from '../../../fakes/spans';

const signal = new AbortController().signal;
const seen = (meta: Record<string, string>, given = {}) => findings({ during: buildTraces([span({ spanId: 'a', meta })]), ...given });

const ofService = (found: Findings, service = 'shop', repositories: Repository[] = []) =>
  createRunningCommits(found, repositories).ofService(service, signal);

describe('The commits that ran', () => {
  it('are what the latest span says', async () => {
    const traces = buildTraces([
      span({ spanId: 'a', startMs: 1, meta: { 'git.commit.sha': GUILTY } }),
      span({ spanId: 'b', startMs: 2, meta: { 'git.commit.sha': INNOCENT } }),
      span({ spanId: 'c', startMs: 3 }),
    ]);
    assert.equal(await ofService(findings({ during: traces })), INNOCENT);
  });

  it('are told by the version that runs, then by the last deployment', async () => {
    const changes = [
      change('deployment', 90, { version: '1', commit: GUILTY }),
      change('deployment', 5, { version: '2', commit: INNOCENT }),
    ];
    assert.equal(await ofService(seen({ version: '1' }, { changes })), GUILTY);
    assert.equal(await ofService(seen({}, { changes })), INNOCENT);
    assert.equal(await ofService(seen({}, { changes }), 'stock'), null);
  });

  it('are told by a Git tag of the version before a deployment of another one', async () => {
    const tagged: Repository = { ...repository(), resolveVersion: async (version) => (version === '1' ? GUILTY : null) };
    const changes = [change('deployment', 5, { version: '2', commit: INNOCENT })];
    assert.equal(await ofService(seen({ version: '1' }, { changes }), 'shop', [tagged]), GUILTY);
    assert.equal(await ofService(seen({ version: '3' }, { changes }), 'shop', [tagged]), INNOCENT);
  });

  it('are told for a span by the span that began its work, where only that is tagged', async () => {
    const root = span({ spanId: 'a', startMs: 1, meta: { '_dd.git.commit.sha': GUILTY } });
    const inner = span({ spanId: 'b', parentId: 'a', startMs: 2 });
    const later = span({ spanId: 'z', traceId: '99', startMs: 9, meta: { 'git.commit.sha': INNOCENT } });
    const running = createRunningCommits(findings({ during: buildTraces([root, inner, later]) }), []);
    assert.equal(await running.ofSpan(inner, signal), GUILTY);
    assert.equal(await running.ofService('shop', signal), INNOCENT);
  });
});

describe('holderOf', () => {
  it('is the repository with the commit; one that cannot tell does not hold it', async () => {
    const mute = { ...repository(), hasCommit: () => Promise.reject(new AppError('workspace', 'broken')) };
    const holder = repository();
    assert.equal(await holderOf(GUILTY, [mute, holder], signal), holder);
    assert.equal(await holderOf('f'.repeat(40), [holder], signal), null);
  });

  it('passes on what is no trouble of the repository', async () => {
    const buggy = { ...repository(), hasCommit: () => Promise.reject(new TypeError('bug')) };
    await assert.rejects(holderOf(GUILTY, [buggy], signal), TypeError);
  });
});

describe('absentCommits', () => {
  it('are the commits that run on the failing path and that nobody holds', async () => {
    const absent = (sha: string) => {
      const found = seen({ 'git.commit.sha': sha });
      return absentCommits(found.path, createRunningCommits(found, []), [repository()], signal);
    };
    assert.deepEqual(await absent('f'.repeat(40)), ['f'.repeat(40)]);
    assert.deepEqual(await absent(GUILTY), []);
  });
});
