import assert from 'node:assert/strict';
import { AppError } from '../../../src/domain/errors';
import * as fixErrors from '../../../src/domain/fixErrors';

const examples: { readonly [K in keyof typeof fixErrors]: Parameters<(typeof fixErrors)[K]> } = {
  fixNeedsTrust: [],
  nothingToRevert: [],
  fixCommitMissing: ['fef1cf73fd8f'],
  fixCommitElsewhere: ['fef1cf73fd8f', ['origin/main', 'HEAD (main)']],
  fixHistoryTooShallow: ['fef1cf73fd8f'],
  alreadyReverted: ['fef1cf73fd8f', 'origin/main'],
  fixFolderGone: ['/storage/fix'],
  fixGitFailed: ['commit', 'hint: x\nfatal: no space left'],
  markersLeft: [['a.js']],
  conflictsUndecided: [['a.js', 'b.js', 'c.js', 'd.js', 'e.js']],
  fixStepTooEarly: [],
  nothingToCommit: [],
  gitIdentityMissing: [],
  noFixRemote: [],
  noGitHubRemote: [],
  foreignWorktree: ['/elsewhere'],
  noGitHubToken: ['github.com'],
  gitHubTokenRefused: ['github.com'],
  gitHubForbidden: ['github.com', 'acme/shop'],
  gitHubNotFound: ['github.com', 'acme/shop'],
  gitHubRefused: ['github.com', 'no commits.'],
  gitHubLimited: ['github.com', 42],
  gitHubFailed: ['github.com', 500],
  gitHubUnreachable: ['github.com'],
  gitHubTimedOut: ['github.com', 30],
  gitHubUnreadable: ['github.com'],
};

describe('the errors of drafting a fix', () => {
  for (const [name, create] of Object.entries(fixErrors))
    it(`say in plain words what is wrong: ${name}`, () => {
      const given: readonly unknown[] = examples[name as keyof typeof examples];
      const error = (create as (...args: readonly unknown[]) => AppError)(...given);
      assert.ok(error instanceof AppError);
      assert.match(error.message, /^\S.{20,320}[.:a-z]$/);
      assert.doesNotMatch(error.message, /undefined|null|\[object|\n/);
    });

  it('name commits as Git does, and few files of many', () => {
    assert.match(fixErrors.fixCommitMissing('fef1cf73fd8f').message, /commit fef1cf7 is/);
    assert.match(fixErrors.conflictsUndecided(['a', 'b', 'c', 'd', 'e']).message, /a, b, c and 2 more/);
    assert.match(fixErrors.fixCommitElsewhere('fef1cf73fd8f', ['origin/main', 'HEAD']).message, /no part of origin\/main or HEAD,/);
  });

  it('repeat what Git said last, without its hints, and keep the rest for the log', () => {
    const complaint = 'warning: x\nfatal: no space left\nhint: buy a disk\n';
    const error = fixErrors.fixGitFailed('commit', complaint);
    assert.equal(error.message, 'Git could not commit: fatal: no space left');
    assert.equal((error.cause as Error).message, complaint);
    assert.equal(fixErrors.fixGitFailed('commit', 'only words\n').message, 'Git could not commit: only words');
    assert.equal(fixErrors.fixGitFailed('commit', '').message, 'Git could not commit: it did not say why.');
  });
});
