import assert from 'node:assert/strict';
import type { FixDraft, FixStep } from '../../../src/domain/fix';
import { areTestsCurrent, fixSteps, testVerdict } from '../../../src/fix/steps';
import { committedContents, sampleContents, sampleFix, samplePush } from '../../fakes/sampleFix';

const stand = (changes: Partial<FixDraft>, running: FixStep | null = null) =>
  fixSteps(sampleFix(changes), running)
    .map(({ step, status }) => `${step} ${status}`)
    .join(', ');
const available = (changes: Partial<FixDraft>, running: FixStep | null = null) =>
  fixSteps(sampleFix(changes), running)
    .filter(({ isAvailable }) => isAvailable)
    .map(({ step }) => step);

const passed = { command: 'npm test', exitCode: 0, fingerprint: 'one' };
const pullRequest = { number: 1, url: 'https://github.com/acme/shop/pull/1', isDraft: true };

describe('the steps of a fix', () => {
  it('begin with the tests when the revert had no conflict; committing without them can be done', () => {
    assert.equal(stand({}), 'branch done, files done, conflicts done, tests next, commit waiting, push waiting, pullRequest waiting');
    assert.deepEqual(available({}), ['branch', 'files', 'tests', 'commit']);
  });

  it('stop at conflicts: nothing is tested or committed with markers in it', () => {
    const contents = sampleContents({ conflicts: [{ path: 'src/cart.js', kind: 'markers' }] });
    assert.match(stand({ contents }), /^branch done, files done, conflicts next, tests waiting, commit waiting/);
    assert.deepEqual(available({ contents }), ['branch', 'files', 'conflicts']);
  });

  it('lead from passed tests to the commit, the push and the pull request', () => {
    assert.match(stand({ tests: passed }), /tests done, commit next, push waiting/);
    const committed = { tests: passed, contents: committedContents() };
    assert.match(stand(committed), /commit done, push next/);
    assert.deepEqual(available(committed), ['branch', 'files', 'tests', 'push']);
    assert.match(stand({ ...committed, push: samplePush }), /push done, pullRequest next/);
    assert.match(stand({ ...committed, push: samplePush, pullRequest }), /push done, pullRequest done$/);
  });

  it('go back to the tests, the commit and the push when files change afterwards', () => {
    const contents = committedContents({ fingerprint: 'two', isDirty: true });
    assert.match(
      stand({ tests: passed, contents, push: samplePush, pullRequest }),
      /tests next, commit waiting, push waiting, pullRequest done/,
    );
    assert.match(stand({ contents: committedContents({ commit: 'd'.repeat(40) }), push: samplePush }), /commit done, push next/);
  });

  it('call tests left out that were not run before the commit', () => {
    assert.match(stand({ contents: committedContents() }), /tests skipped, commit done, push next/);
  });

  it('show failed and stopped tests as failed, and can be run again', () => {
    for (const exitCode of [1, null]) {
      assert.match(stand({ tests: { ...passed, exitCode } }), /tests failed, commit waiting/);
      assert.ok(available({ tests: { ...passed, exitCode } }).includes('tests'));
    }
  });

  it('show the one that went wrong, and let it be tried again', () => {
    const failure = { step: 'push' as const, message: 'refused', output: '' };
    const fix = { tests: passed, contents: committedContents(), failure };
    assert.match(stand(fix), /commit done, push failed, pullRequest waiting/);
    assert.ok(available(fix).includes('push'));
  });

  it('have no button while one is carried out', () => {
    assert.match(stand({}, 'tests'), /conflicts done, tests running, commit waiting/);
    assert.deepEqual(available({}, 'tests'), []);
  });

  it('say that a fix without changed files is none', () => {
    assert.match(stand({ contents: sampleContents({ files: [], isDirty: false }) }), /files failed/);
    assert.deepEqual(available({ contents: sampleContents({ files: [] }) }), ['branch']);
  });

  it('know nothing of files before the worktree was looked at', () => {
    assert.match(stand({ contents: null }), /^branch done, files next, conflicts waiting, tests waiting/);
  });
});

describe('what the tests say about a fix', () => {
  const verdict = (changes: Partial<FixDraft>) => testVerdict(sampleFix(changes));

  it('counts only for exactly the text that was tested', () => {
    assert.equal(verdict({}), 'not run');
    assert.equal(verdict({ tests: passed }), 'passed');
    assert.equal(verdict({ tests: { ...passed, exitCode: 3 } }), 'failed');
    assert.equal(verdict({ tests: { ...passed, exitCode: null } }), 'unfinished');
    assert.equal(verdict({ tests: { ...passed, fingerprint: 'before' } }), 'outdated');
    assert.deepEqual([areTestsCurrent(sampleFix()), areTestsCurrent(sampleFix({ tests: passed }))], [false, true]);
  });
});
