import assert from 'node:assert/strict';
import { AppError } from '../../../../src/domain/errors';
import { absentCommits, commitOfSpan, deployedCommit, holderOf } from '../../../../src/investigation/code/deployed';
import { buildTraces } from '../../../../src/signals/traceTree';
import { change, findings } from '../../../fakes/findings';
import { GUILTY, INNOCENT, repository } from '../../../fakes/incidents';
import { span } from '../../../fakes/spans';

const signal = new AbortController().signal;
const seen = (meta: Record<string, string>, given = {}) => findings({ during: buildTraces([span({ spanId: 'a', meta })]), ...given });

describe('commitOfSpan', () => {
  it('reads the tag when it looks like a commit', () => {
    assert.equal(commitOfSpan(span({ spanId: 'a', meta: { 'git.commit.sha': GUILTY.toUpperCase() } })), GUILTY);
    assert.equal(commitOfSpan(span({ spanId: 'a', meta: { 'git.commit.sha': '--upload-pack=x' } })), null);
    assert.equal(commitOfSpan(span({ spanId: 'a' })), null);
  });
});

describe('deployedCommit', () => {
  it('believes the latest span first', () => {
    const traces = buildTraces([
      span({ spanId: 'a', startMs: 1, meta: { 'git.commit.sha': GUILTY } }),
      span({ spanId: 'b', startMs: 2, meta: { 'git.commit.sha': INNOCENT } }),
      span({ spanId: 'c', startMs: 3 }),
    ]);
    assert.equal(deployedCommit('shop', findings({ during: traces })), INNOCENT);
  });

  it('goes by the version that runs, then by the last deployment', () => {
    const changes = [
      change('deployment', 90, { version: '1', commit: GUILTY }),
      change('deployment', 5, { version: '2', commit: INNOCENT }),
    ];
    assert.equal(deployedCommit('shop', seen({ version: '1' }, { changes })), GUILTY);
    assert.equal(deployedCommit('shop', seen({}, { changes })), INNOCENT);
    assert.equal(deployedCommit('stock', seen({}, { changes })), null);
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
    assert.deepEqual(await absentCommits(seen({ 'git.commit.sha': 'f'.repeat(40) }), [repository()], signal), ['f'.repeat(40)]);
    assert.deepEqual(await absentCommits(seen({ 'git.commit.sha': GUILTY }), [repository()], signal), []);
  });
});
