import assert from 'node:assert/strict';
import { BLAME_BAR } from '../../../src/code/blame';
import type { SuspectInput } from '../../../src/code/suspectInput';
import { observedKinds } from '../../../src/code/suspectMechanisms';
import { rankSuspects } from '../../../src/code/suspects';
import type { SymptomKind } from '../../../src/code/symptomKinds';
import type { Commit } from '../../../src/domain/change';

const HOUR = 3_600_000;
const ONSET = Date.UTC(2026, 10, 20, 12);

const commit = (path: string, diff: string, hoursBefore = 1): Commit => ({
  sha: 'a'.repeat(40),
  repository: 'shop',
  author: 'Ada',
  timestampMs: ONSET - hoursBefore * HOUR,
  message: 'Change',
  files: [path],
  diff: `@@ ${path} @@\n${diff}\n`,
});

const input = (one: Commit, more: Partial<SuspectInput> = {}): SuspectInput => ({
  commits: [one],
  failingFrames: [],
  blamed: [],
  errorText: '',
  resources: [],
  queries: [],
  service: 'checkout',
  symptom: 'errors',
  onsetMs: ONSET,
  deployments: [],
  ...more,
});

const judge = (one: Commit, more: Partial<SuspectInput> = {}) => rankSuspects(input(one, more))[0]!;
const seen = (...kinds: SymptomKind[]) => ({ symptoms: new Set(kinds) });

const pool = commit('services/checkout/db.go', '-const maxConns = 50\n+const maxConns = 10');
const ttl = commit('services/checkout/cache.go', '-const priceTtl = 900\n+const priceTtl = 15');
const guard = commit('services/checkout/a.ts', '-  return user?.name;\n+  return user.name;');
const host = commit('services/checkout/a.yaml', '-  ledger_host: ledger.internal\n+  ledger_host: books.internal');

describe('How well a change explains what is seen', () => {
  it('is read from the errors where nobody says what is seen', () => {
    assert.deepEqual([...observedKinds(input(pool, { errorText: 'the pool is exhausted' }))].sort(), ['connections', 'errors']);
    assert.ok(observedKinds(input(pool, { errorText: 'ECONNREFUSED' })).has('upstream'));
  });

  it('is good for the symptom that it makes, weak for errors of another kind, poor for anything else', () => {
    const fitting = judge(pool, seen('connections')).score;
    const general = judge(pool, seen('data')).score;
    const other = judge(ttl, seen('data')).score;
    assert.ok(fitting > BLAME_BAR && BLAME_BAR > general && general > other, `${[fitting, general, other]}`);
    assert.deepEqual(judge(pool, seen('connections')).explains, ['errors', 'connections']);
  });

  it('is no reason to blame how connections are secured where a certificate expired', () => {
    const ciphers = commit('services/checkout/tls.go', '-\tMinVersion: tls.VersionTLS10,\n+\tMinVersion: tls.VersionTLS13,');
    assert.ok(judge(ciphers, seen('tls')).score > judge(ciphers, seen('tls', 'expired')).score + 0.2);
  });

  it('is better when a metric went from the old value to the new', () => {
    const levels = [{ metric: 'pool.max', before: 50, during: 10 }];
    const found = judge(pool, { ...seen('connections'), levels });
    assert.ok(found.isDirect && found.score > judge(pool, seen('connections')).score);
    assert.match(found.reasons[0]!, /pool\.max went from 50 to 10/);
    assert.ok(!judge(pool, { ...seen('connections'), levels: [{ metric: 'pool.max', before: 50, during: 40 }] }).isDirect);
  });

  it('is better when errors give up after the time that was set', () => {
    const timeout = commit('services/checkout/c.go', '-\tTimeout: 5 * time.Second,\n+\tTimeout: 300 * time.Millisecond,');
    const found = judge(timeout, { errorText: 'deadline exceeded after 300ms' });
    assert.ok(found.isDirect);
    assert.match(found.reasons[0]!, /the errors give up after 300ms/);
    assert.ok(!judge(timeout, { errorText: 'deadline exceeded after 900ms' }).isDirect);
  });

  it('is poor for a time limit that is hit because what is called became slow', () => {
    const limit = commit('services/checkout/stock.js', '-  timeout: 6000,\n+  timeout: 5000,');
    const errorText = 'timeout of 5000ms exceeded calling stock';
    const given = (beforeMs: number, duringMs: number) => judge(limit, { errorText, slowedCalls: [{ beforeMs, duringMs }] });
    for (const found of [given(280, 25_000), given(280, 4_950)]) {
      assert.ok(!found.isDirect && found.score < BLAME_BAR, `${found.score}`);
      assert.deepEqual(found.explains, []);
    }
    // A call that always took longer, and one that is still far from the limit, are no reason for it.
    for (const found of [given(5_500, 9_000), given(280, 900)]) assert.ok(found.isDirect && found.score > BLAME_BAR);
  });

  it('is none for a host that is not the one which the errors name', () => {
    const named = judge(host, { errorText: 'getaddrinfo ENOTFOUND books.internal' });
    const other = judge(host, { errorText: 'getaddrinfo ENOTFOUND api.bank.example' });
    assert.ok(named.isDirect && named.score > BLAME_BAR);
    assert.ok(other.score < BLAME_BAR / 2);
  });

  it('counts in a caller only by how it calls, in a callee only by what it answers', () => {
    const load = seen('load', 'cpu');
    assert.equal(judge(ttl, { ...load, role: 'caller' }).score, judge(ttl, load).score);
    assert.ok(judge(guard, { ...seen('crash'), role: 'caller' }).score < BLAME_BAR);
    assert.ok(judge(guard, { ...seen('crash'), role: 'callee' }).score < judge(guard, seen('crash')).score);
    const renamed = commit('services/checkout/A.java', '-    @JsonProperty("postCode")\n+    @JsonProperty("postal_code")');
    assert.equal(judge(renamed, { ...seen('data'), role: 'callee' }).score, judge(renamed, seen('data')).score);
  });

  it('fades less with time for what builds up', () => {
    const leak = commit('services/checkout/a.ts', '+const seen = new Map<string, Visit>();\n+seen.set(key, visit);', 24 * 5);
    const prompt = commit('services/checkout/a.ts', guard.diff.split('\n').slice(1).join('\n'), 24 * 5);
    const fresh = (one: Commit) => ({ ...one, timestampMs: ONSET - HOUR });
    const kept = (one: Commit, kind: SymptomKind) => judge(one, seen(kind)).score / judge(fresh(one), seen(kind)).score;
    assert.ok(kept(leak, 'memory') > kept(prompt, 'crash') + 0.1);
  });
});

describe('Whose code a commit changed', () => {
  const deployed = (service: string, sha: string) => ({
    timestampMs: ONSET - HOUR / 2,
    kind: 'deployment' as const,
    service,
    title: '',
    text: '',
    author: null,
    version: null,
    commit: sha,
    attributes: {},
  });

  it('is told by the deployment that is named after it, whatever folders are called', () => {
    const strange = commit('services/till/db.go', '-const maxConns = 50\n+const maxConns = 10');
    const own = judge(strange, { ...seen('connections'), deployments: [deployed('checkout', strange.sha)] });
    const others = judge(strange, { ...seen('connections'), deployments: [deployed('till', strange.sha)] });
    assert.ok(own.score > BLAME_BAR && others.score < BLAME_BAR);
  });
});
