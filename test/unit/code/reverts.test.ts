import assert from 'node:assert/strict';
import { takenBack } from '../../../src/code/reverts';
import { rankSuspects, readCommits, type SuspectInput } from '../../../src/code/suspects';
import type { Change, Commit } from '../../../src/domain/change';

const MINUTE_MS = 60_000;
const ONSET_MS = Date.UTC(2026, 4, 4, 14, 35);
const PATH = 'services/portal/login.ts';
const sha = (digit: string) => digit.repeat(40);
const GUARD = "if (token === undefined) throw new Error('no token');";

const commit = (digit: string, minutesBefore: number, row: string, message = 'Simplify login'): Commit => ({
  sha: sha(digit),
  repository: 'shop',
  author: 'Bo',
  timestampMs: ONSET_MS - minutesBefore * MINUTE_MS,
  message,
  files: [PATH],
  diff: `--- a/${PATH}\n+++ b/${PATH}\n@@ -20,4 +20,4 @@ function login() {\n const token = read();\n${row}\n return token.value;\n`,
});

const deployed = (minutesBefore: number, digit: string): Change => ({
  timestampMs: ONSET_MS - minutesBefore * MINUTE_MS,
  kind: 'deployment',
  service: 'portal',
  title: '',
  text: '',
  author: null,
  version: null,
  commit: sha(digit),
  attributes: {},
});

const input = (commits: readonly Commit[], given: Partial<SuspectInput> = {}): SuspectInput => ({
  commits,
  failingFrames: [{ path: PATH, line: 21, function: 'login' }],
  blamed: [],
  errorText: "Cannot read properties of undefined (reading 'value')",
  resources: [],
  queries: [],
  service: 'portal',
  symptom: 'errors',
  onsetMs: ONSET_MS,
  deployments: [deployed(40, 'b'), deployed(20, 'c')],
  ...given,
});
const gone = (commits: readonly Commit[], given: Partial<SuspectInput> = {}) =>
  [...takenBack(readCommits(commits), input(commits, given))].map((id) => id.charAt(0)).sort();

const bad = commit('b', 60, `-${GUARD}`);
const other = '+log(token);';

describe('Commits that were taken back', () => {
  it('are those whose revert names them, in full or short, and ran before the onset', () => {
    for (const id of [sha('b'), 'bbbbbbb', 'BBBBBBBBBB'])
      assert.deepEqual(gone([bad, commit('c', 25, other, `Revert "Simplify login"\n\nThis reverts commit ${id}.`)]), ['b'], id);
    assert.deepEqual(gone([bad, commit('c', 25, other, 'Read login again\n\nSee commit bbbbbbb.')]), []);
  });

  it('are those of which a later commit does the exact opposite, and that commit where little time lay between', () => {
    assert.deepEqual(gone([bad, commit('c', 25, `+${GUARD}`)]), ['b', 'c']);
    assert.deepEqual(gone([commit('b', 9_000, `-${GUARD}`), commit('c', 25, `+${GUARD}`)]), ['b']);
    assert.deepEqual(gone([bad, commit('c', 25, `+${GUARD} // again`)]), []);
  });

  it('are none whose revert ran after the onset, was never deployed or never pushed', () => {
    const revert = commit('c', 25, other, `This reverts commit ${sha('b')}.`);
    assert.deepEqual(gone([bad, revert], { deployments: [deployed(40, 'b'), deployed(-5, 'c')] }), []);
    assert.deepEqual(gone([bad, revert], { deployments: [deployed(40, 'b')] }), []);
    assert.deepEqual(gone([bad, revert], { carriers: new Map([[sha('c'), null]]) }), []);
    assert.deepEqual(gone([bad, revert], { deployments: [], unpushed: new Set([sha('c')]) }), []);
    assert.deepEqual(gone([bad, revert], { deployments: [] }), ['b']);
  });

  it('are not those that a commit before them names, nor what was brought in anew', () => {
    const revert = commit('c', 25, other, `This reverts commit ${sha('b')}.`);
    assert.deepEqual(gone([commit('b', 10, `-${GUARD}`), revert], { deployments: [] }), []);
    assert.deepEqual(gone([bad, commit('c', 25, `+${GUARD}`), commit('d', 12, `-${GUARD}`)], { deployments: [] }), ['b', 'c']);
  });

  it('are no suspects', () => {
    const revert = commit('c', 25, other, `This reverts commit ${sha('b')}.`);
    assert.ok(rankSuspects(input([bad])).some((suspect) => suspect.sha === sha('b') && suspect.score > 0.5));
    assert.ok(!rankSuspects(input([bad, revert])).some((suspect) => suspect.sha === sha('b')));
  });
});
