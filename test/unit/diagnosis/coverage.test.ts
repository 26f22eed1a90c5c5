import assert from 'node:assert/strict';
import fc from 'fast-check';
import { coverageOf } from '../../../src/diagnosis/coverage';
import { type SourceReading, sharedReading, sourceNames, sourcesRead, unread } from '../../../src/diagnosis/sources';

const COMMIT = { kind: 'code_change', commit: 'a'.repeat(40) };
const claims = ['code_change', 'dependency_outage', 'resource_exhaustion', 'localised_fault', 'unknown', 'healthy'].map((kind) => ({
  kind,
  commit: kind === 'code_change' ? COMMIT.commit : null,
}));
const reading = fc.oneof(
  fc.constantFrom<SourceReading>(unread('absent'), unread('failed')),
  fc.double({ min: 0, max: 1, noNaN: true }).map(sharedReading),
);
const anySources = fc.record(
  Object.fromEntries(sourceNames.map((name) => [name, reading])) as Record<(typeof sourceNames)[number], typeof reading>,
);

describe('coverageOf', () => {
  it('costs nothing where all was read, whatever it said', () => {
    for (const claim of claims)
      assert.deepEqual(coverageOf(claim, sourcesRead()), {
        name: 'coverage',
        value: 1,
        reason: 'all that such a claim draws on was read',
      });
  });

  it('never rises when a source is taken away, and stays above 0', () => {
    fc.assert(
      fc.property(fc.constantFrom(...claims), anySources, fc.constantFrom(...sourceNames), (claim, sources, name) => {
        const before = coverageOf(claim, sources).value;
        const after = coverageOf(claim, { ...sources, [name]: unread('absent') }).value;
        assert.ok(after <= before && after > 0 && before <= 1, `${before} ${after}`);
      }),
    );
  });

  it('says which source is missing: not answered, empty at all times, or read in part', () => {
    const reason = (sources: Parameters<typeof sourcesRead>[0]) => coverageOf(COMMIT, sourcesRead(sources)).reason;
    assert.equal(reason({ logs: unread('failed') }), 'logs could not be read, so this is less sure');
    assert.equal(reason({ logs: unread('absent') }), 'there are no logs to read, so this is less sure');
    assert.equal(
      reason({ logs: sharedReading(0.5), spans: unread('failed') }),
      'spans could not be read; logs were read in part only, so this is less sure',
    );
  });

  it('asks of a claim only what it draws on', () => {
    const noCalls = sourcesRead({ calls: unread('absent') });
    const noLogs = sourcesRead({ logs: unread('absent') });
    const covered = (kind: string, sources: typeof noLogs) => coverageOf({ kind, commit: null }, sources).value;
    assert.ok(covered('localised_fault', noCalls) < 0.8);
    assert.equal(covered('resource_exhaustion', noCalls), 1);
    assert.equal(covered('localised_fault', noLogs), 1);
    assert.ok(covered('healthy', noLogs) < 1 && coverageOf(COMMIT, noLogs).value < 1);
  });
});
