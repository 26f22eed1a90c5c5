import assert from 'node:assert/strict';
import { flagName, flagWord, plainTextOf } from '../../../src/code/flagClues';
import type { Candidate, SuspectInput } from '../../../src/code/suspectInput';
import { rankSuspects } from '../../../src/code/suspects';
import { parseUnifiedDiff } from '../../../src/code/unifiedDiff';
import type { Change, Commit } from '../../../src/domain/change';

const MINUTE_MS = 60_000;
const ONSET = Date.UTC(2026, 10, 20, 12);

const commit: Commit = {
  sha: 'a'.repeat(40),
  repository: 'shop',
  author: 'Ada',
  timestampMs: ONSET - 3000 * MINUTE_MS,
  message: 'Rank by taste',
  files: ['services/shop/rank.py'],
  diff: '@@ services/shop/rank.py @@\n+    if flags.enabled("tasteRanker"):\n+        return profile.taste.rank(items)\n',
};

const flag = (minutesBefore: number, title: string, attributes: Change['attributes'] = {}): Change => ({
  timestampMs: ONSET - minutesBefore * MINUTE_MS,
  kind: 'feature_flag',
  service: 'shop',
  title,
  text: '',
  author: null,
  version: null,
  commit: null,
  attributes,
});

const input = (flags: readonly Change[]): SuspectInput => ({
  commits: [commit],
  failingFrames: [],
  blamed: [],
  errorText: '',
  resources: [],
  queries: [],
  service: 'shop',
  symptom: 'errors',
  onsetMs: ONSET,
  deployments: [],
  flags,
});

const files = parseUnifiedDiff(commit.diff, commit.files);
const candidate: Candidate = {
  commit,
  files,
  mechanisms: [],
  words: new Set(),
  addedText: '',
  removedText: '',
  plainText: plainTextOf(files, commit.message),
};

describe('Feature flags', () => {
  it('are named by an attribute, else by the title', () => {
    assert.equal(flagName(flag(1, 'Changed', { flag: 'taste_ranker' })), 'taste_ranker');
    assert.equal(flagName(flag(1, 'Feature flag taste_ranker: off->on')), 'taste_ranker');
    assert.equal(flagName(flag(1, 'Something else')), null);
  });

  it('wake the code that names them, however it spells the name', () => {
    for (const name of ['taste_ranker', 'taste-ranker', 'TASTE_RANKER', 'tasteRanker']) {
      const word = flagWord(candidate, input([flag(4, `Feature flag ${name}: off->on`)]));
      assert.equal(word?.state, 'woken', name);
      assert.match(word.reason, /switched 4 min before the onset/);
    }
  });

  it('leave code asleep that was switched on only after the onset', () => {
    assert.equal(flagWord(candidate, input([flag(-10, 'Feature flag taste_ranker: off->on')]))?.state, 'asleep');
    assert.equal(flagWord(candidate, input([flag(-10, 'Feature flag taste_ranker: on->off')])), null);
  });

  it('say nothing of code that does not name them', () => {
    assert.equal(flagWord(candidate, input([flag(4, 'Feature flag new_footer: off->on')])), null);
    assert.equal(flagWord(candidate, input([])), null);
  });

  it('make an old commit a suspect when its code was woken, and none when it slept', () => {
    const score = (flags: readonly Change[]) => rankSuspects(input(flags))[0]?.score ?? 0;
    const [alone, woken, asleep] = [
      score([]),
      score([flag(4, 'Feature flag taste_ranker: off->on')]),
      score([flag(-4, 'Feature flag taste_ranker: off->on')]),
    ];
    assert.ok(woken > 0.4 && woken > alone && alone > asleep, `${[woken, alone, asleep]}`);
  });
});
