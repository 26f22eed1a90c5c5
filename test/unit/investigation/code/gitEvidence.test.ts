import assert from 'node:assert/strict';
import { AppError } from '../../../../src/domain/errors';
import type { Repository } from '../../../../src/domain/ports';
import type { FailingPlaces } from '../../../../src/investigation/code/failingPlaces';
import { gitEvidence, leftOut } from '../../../../src/investigation/code/gitEvidence';
import { GUILTY, INNOCENT, NOW_MS, ONSET_MS, PRICES, repository } from '../../../fakes/incidents';

const { signal } = new AbortController();
const places: FailingPlaces = {
  place: null,
  service: 'shop',
  commit: INNOCENT,
  frames: [{ path: PRICES, line: 4, function: 'price' }],
};

async function read(holder: Repository, where: FailingPlaces = places) {
  const commits = await holder.commitsBetween({ fromMs: 0, toMs: NOW_MS }, signal);
  const held = commits.map((commit) => ({ commit, repository: holder }));
  return gitEvidence(held, where, ONSET_MS, [holder], signal);
}

describe('What Git says about an incident', () => {
  it('is who wrote the failing line, and what was never pushed', async () => {
    const found = await read({ ...repository(), isPushed: async (sha) => sha !== GUILTY });
    assert.deepEqual(found.blamed, [GUILTY]);
    assert.equal(found.histories[0]?.frame.path, PRICES);
    assert.deepEqual([...found.unpushed], [GUILTY]);
  });

  it('is nothing about lines where no commit or frame is known', async () => {
    for (const where of [
      { ...places, commit: null },
      { ...places, frames: [] },
      { ...places, commit: 'f'.repeat(40) },
    ]) {
      const found = await read(repository(), where);
      assert.deepEqual([found.blamed, found.histories], [[], []]);
    }
  });

  it('takes a repository that cannot tell for pushed, but passes on a mistake', async () => {
    const mute = { ...repository(), isPushed: () => Promise.reject(new AppError('workspace', 'broken')) };
    assert.equal((await read(mute)).unpushed.size, 0);
    await assert.rejects(read({ ...repository(), isPushed: () => Promise.reject(new TypeError('bug')) }), TypeError);
  });

  it('says which commits were left out', () => {
    assert.equal(leftOut(new Set(), new Set()), null);
    assert.equal(leftOut(new Set(['a']), new Set(['a'])), null);
    assert.match(leftOut(new Set(['a']), new Set()) ?? '', /^1 commit that no remote branch has was left out: .*never pushed/);
    assert.match(leftOut(new Set(['a', 'b']), new Set()) ?? '', /^2 commits that no remote branch has were left out/);
  });
});
