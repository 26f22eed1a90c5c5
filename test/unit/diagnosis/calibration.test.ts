import assert from 'node:assert/strict';
import fc from 'fast-check';
import { calibrationGroup, calibrationGroups, createCalibration, type Outcome } from '../../../src/diagnosis/calibration';
import { calibrationFigures } from '../../../src/diagnosis/calibrationError';
import { calibrationPriors } from '../../../src/diagnosis/calibrationPriors';

const NOTHING = { outcomes: { commit: [], cause: [], place: [], healthy: [] } };
const value = fc.double({ min: 0, max: 1, noNaN: true });
const share = fc.double({ min: 0.1, max: 1, noNaN: true });
const outcomes = fc.array(fc.record({ group: fc.constantFrom(...calibrationGroups), raw: value, coverage: share, isRight: fc.boolean() }), {
  maxLength: 60,
});
const many = (count: number, outcome: Omit<Outcome, 'coverage'>) => new Array<Outcome>(count).fill({ coverage: 1, ...outcome });

describe('createCalibration', () => {
  it('never falls with the raw confidence within a group, and stays between 0 and 1', () => {
    fc.assert(
      fc.property(outcomes, fc.constantFrom(...calibrationGroups), value, value, (recorded, group, a, b) => {
        for (const priors of [NOTHING, calibrationPriors]) {
          const calibrate = createCalibration(priors, recorded);
          const [low, high] = [calibrate(group, Math.min(a, b)).confidence, calibrate(group, Math.max(a, b)).confidence];
          assert.ok(low >= 0 && high <= 1 && low <= high + 1e-12, `${low} ${high}`);
        }
      }),
    );
  });

  it('says what it was told where no outcome is known', () => {
    assert.deepEqual(createCalibration(NOTHING)('cause', 0.4), { confidence: 0.4, outcomes: 0, right: 0.4 });
  });

  it('comes to what happens when it happens often', () => {
    const recorded = [
      ...many(400, { group: 'cause', raw: 0.5, isRight: true }),
      ...many(100, { group: 'cause', raw: 0.5, isRight: false }),
    ];
    const { confidence, outcomes: known, right } = createCalibration(calibrationPriors, recorded)('cause', 0.5);
    assert.ok(Math.abs(confidence - 0.8) < 0.03, `${confidence}`);
    assert.ok(known >= 500 && Math.abs(right - 0.8) < 0.05);
  });

  it('keeps groups apart, the more the more is known of them', () => {
    const commits = many(60, { group: 'commit', raw: 0.6, isRight: true });
    const one = createCalibration(NOTHING, [...commits, { group: 'healthy', raw: 0.6, coverage: 1, isRight: false }]);
    const several = createCalibration(NOTHING, [...commits, ...many(20, { group: 'healthy', raw: 0.6, isRight: false })]);
    const healthy = [one, several].map((calibrate) => calibrate('healthy', 0.6).confidence);
    assert.ok(healthy[0]! > 0.7 && healthy[1]! < 0.4, healthy.join());
    assert.ok(several('commit', 0.6).confidence > 0.9);
  });

  it('learns a group that it knows nothing of from all others', () => {
    const calibrate = createCalibration(NOTHING, many(30, { group: 'cause', raw: 0.4, isRight: true }));
    assert.ok(calibrate('place', 0.4).confidence > 0.9);
    assert.equal(calibrate('place', 0.4).outcomes, 30);
  });

  it('takes a claim that could be checked in part for that part of a trial', () => {
    const recorded = many(200, { group: 'cause', raw: 0.5, isRight: true }).map((outcome, at) => ({
      ...outcome,
      coverage: 0.8,
      isRight: at % 5 > 0,
    }));
    const { confidence } = createCalibration(NOTHING, recorded)('cause', 0.5);
    assert.ok(confidence > 0.97, `right as often as it could be: ${confidence}`);
  });

  it('falls to nothing below the lowest outcome, of which nothing is known', () => {
    const calibrate = createCalibration(NOTHING, many(40, { group: 'cause', raw: 0.6, isRight: true }));
    const [lowest, half, none] = [0.6, 0.3, 0].map((raw) => calibrate('cause', raw).confidence);
    assert.ok(lowest! > 0.9);
    assert.ok(Math.abs(half! - lowest! / 2) < 0.01);
    assert.equal(none, 0);
  });

  it('lets the word of a person weigh little once, more each time, and in the end all', () => {
    const after = (times: number) =>
      createCalibration(calibrationPriors, many(times, { group: 'commit', raw: 0.6, isRight: false }))('commit', 0.6).confidence;
    const [never, once, often, always] = [0, 1, 10, 60].map(after);
    assert.ok(never! - once! < 0.1, `${never} ${once}`);
    assert.ok(once! > often! && often! < 0.7 && always! < 0.3, `${once} ${often} ${always}`);
  });

  it('does not take one outcome for a law', () => {
    const mixed: Outcome[] = [0.2, 0.4, 0.6, 0.8].map((raw, at) => ({ group: 'cause', raw, coverage: 1, isRight: at % 2 === 0 }));
    const { confidence } = createCalibration(NOTHING, [...mixed, { group: 'cause', raw: 0.95, coverage: 1, isRight: true }])('cause', 0.95);
    assert.ok(confidence > 0.5 && confidence < 0.75, `${confidence}`);
  });

  it('makes confidences that are too low, or too high, fit', () => {
    for (const [raw, often] of [
      [0.3, 8],
      [0.9, 3],
    ] as const) {
      const recorded: Outcome[] = Array.from({ length: 100 }, (_, at) => ({ group: 'cause', raw, coverage: 1, isRight: at % 10 < often }));
      const calibrate = createCalibration(NOTHING, recorded);
      const said = recorded.map(({ isRight }) => ({ confidence: calibrate('cause', raw).confidence, isRight }));
      assert.ok((calibrationFigures(said)?.ece ?? 1) < 0.02);
    }
  });
});

describe('calibrationPriors', () => {
  it('hold counts that can be, of each group', () => {
    for (const group of calibrationGroups)
      for (const { raw, right, of } of calibrationPriors.outcomes[group])
        assert.ok(raw >= 0 && raw <= 1 && right >= 0 && right <= of && of > 0);
  });
});

describe('calibrationGroup', () => {
  it('goes by what is claimed', () => {
    assert.equal(calibrationGroup({ kind: 'code_change', commit: 'a'.repeat(40) }), 'commit');
    assert.equal(calibrationGroup({ kind: 'code_defect', commit: null }), 'cause');
    assert.equal(calibrationGroup({ kind: 'dependency_outage', commit: null }), 'cause');
    assert.equal(calibrationGroup({ kind: 'localised_fault', commit: null }), 'place');
    assert.equal(calibrationGroup({ kind: 'unknown', commit: null }), 'place');
    assert.equal(calibrationGroup({ kind: 'healthy', commit: null }), 'healthy');
  });
});
