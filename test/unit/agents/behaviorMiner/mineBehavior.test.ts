import assert from 'node:assert/strict';
import fc from 'fast-check';
import { mineBehavior } from '../../../../src/agents/behaviorMiner/mineBehavior';
import { deed, times } from '../../../fakes/behavior';

describe('mineBehavior', () => {
  it('finds nothing in nothing', () => assert.deepEqual(mineBehavior([]), { preferences: [], patterns: [] }));

  it('counts what was accepted, rejected and done of each kind, most welcome first', () => {
    const { preferences } = mineBehavior([
      ...times(3),
      ...times(1, { deed: 'reject' }),
      ...times(4, { deed: 'reject', subject: 'recommendation', kind: 'slo' }),
      ...times(1, { deed: 'accept', subject: 'recommendation', kind: 'slo' }),
    ]);
    assert.deepEqual(
      preferences.map(({ subject, kind, accepted, rejected, executed }) => [subject, kind, accepted, rejected, executed]),
      [
        ['step', 'open_code', 0, 1, 3],
        ['recommendation', 'slo', 1, 4, 0],
      ],
    );
    assert.ok(Math.abs(preferences[0]!.score - 4 / 6) < 1e-9 && Math.abs(preferences[1]!.score - 2 / 7) < 1e-9);
  });

  it('finds what is mostly done in incidents of a type', () => {
    const { patterns } = mineBehavior([
      ...times(4, { title: 'a' }).map((one, index) => ({ ...one, title: `Open ${'abcd'[index]}.js` })),
      deed({ kind: 'contact', title: 'Ask' }),
      ...times(2, { incidentType: 'latency_regression', kind: 'contact', title: 'Ask them' }),
    ]);
    assert.deepEqual(
      patterns.map(({ id, kind, incidentType, what, count, of }) => [id, kind, incidentType, what, count, of]),
      [['P1', 'first_action', 'error_burst', 'open_code', 4, 5]],
    );
    assert.equal(patterns[0]?.text, 'In error burst incidents you mostly choose "open code": 4 of 5 times.');
  });

  it('finds the same thing done again, whatever numbers it has', () => {
    const titles = ['Roll back shop to 1.1.0', 'Roll back shop to 1.2.0', 'roll back shop to 2.0.1'];
    const records = titles.map((title, index) =>
      deed({ title, atMs: index, kind: `k${index}`, incidentType: `t${index}`, deed: 'accept' }),
    );
    const [pattern] = mineBehavior(records).patterns;
    assert.deepEqual([pattern?.kind, pattern?.what, pattern?.count], ['repeated_title', 'roll back shop to 2.0.1', 3]);
  });

  it('takes no judgement of a cause for a habit', () => {
    const judged = times(4, { deed: 'accept', subject: 'hypothesis', kind: 'code_change', title: 'Commit a1b2c3d broke shop' });
    assert.deepEqual(mineBehavior(judged).patterns, []);
  });

  it('finds what is refused', () => {
    const { patterns } = mineBehavior([...times(3, { deed: 'reject', kind: 'contact' }), deed({ deed: 'accept', kind: 'contact' })]);
    assert.deepEqual(
      patterns.map(({ kind, what, count, of }) => [kind, what, count, of]),
      [['refused_kind', 'contact', 3, 4]],
    );
  });

  it('takes nothing for a habit that was done twice, or as often as something else', () => {
    assert.deepEqual(mineBehavior(times(2)).patterns, []);
    const mixed = [...times(3), ...times(3, { kind: 'contact' })].map((one, index) => ({ ...one, title: `${'abcdef'[index]}` }));
    assert.deepEqual(mineBehavior(mixed).patterns, []);
  });

  it('does not depend on the order of the records', () => {
    const record = fc.record({
      atMs: fc.integer({ min: 0, max: 9 }),
      deed: fc.constantFrom('accept' as const, 'reject' as const, 'execute' as const),
      subject: fc.constantFrom('step' as const, 'recommendation' as const),
      kind: fc.constantFrom('a', 'b'),
      title: fc.constantFrom('x 1', 'y'),
      incidentType: fc.constantFrom('t', 'u'),
      service: fc.constant(null),
    });
    fc.assert(
      fc.property(fc.array(record), (records) => {
        const counts = (list: typeof records) =>
          mineBehavior(list)
            .preferences.map(({ kind, subject, score }) => `${subject} ${kind} ${score}`)
            .sort();
        assert.deepEqual(counts([...records].reverse()), counts(records));
        for (const { count, of } of mineBehavior(records).patterns) assert.ok(count >= 3 && count <= of);
      }),
    );
  });
});
