import assert from 'node:assert/strict';
import { calibrationFigures } from '../../../src/diagnosis/calibrationError';
import { crossValidated, figuresBySet, fitted, priorsText, summedOutcomes } from '../../../src/evaluation/fit';
import type { SetOutcome } from '../../../src/evaluation/outcomes';

/** Outcomes whose raw confidence is half of how often they come true. */
function timid(count: number, set = 'net'): SetOutcome[] {
  return Array.from({ length: count }, (_, at) => {
    const raw = at % 2 === 0 ? 0.2 : 0.4;
    const isRight = at % 10 < (at % 2 === 0 ? 4 : 8);
    return {
      set,
      case: `c${String(at).padStart(3, '0')}`,
      isIncomplete: false,
      group: 'cause',
      raw,
      coverage: 1,
      isRight,
      bounds: { isVerified: true },
    };
  });
}

describe('summedOutcomes', () => {
  it('counts outcomes by group in steps of raw confidence, the right ones a little less than whole', () => {
    const one = { set: 'net', case: 'c01', isIncomplete: false, coverage: 1, bounds: {} } as const;
    const { commit, healthy, cause } = summedOutcomes([
      { ...one, group: 'commit', raw: 0.51, isRight: true },
      { ...one, group: 'commit', raw: 0.49, isRight: false },
      { ...one, group: 'commit', raw: 0.1, isRight: false },
      { ...one, group: 'healthy', raw: 0.7, isRight: true },
    ]);
    assert.deepEqual(
      commit.map(({ raw, of }) => [raw, of]),
      [
        [0.1, 1],
        [0.5, 2],
      ],
    );
    assert.ok(commit[1]!.right < 1 && commit[1]!.right > 0.9);
    assert.equal(healthy.length, 1);
    assert.deepEqual(cause, []);
  });
});

describe('fitted', () => {
  it('says about as often as it comes true', () => {
    const outcomes = timid(200);
    const before = calibrationFigures(outcomes.map(({ raw, isRight }) => ({ confidence: raw, isRight })));
    const after = calibrationFigures(fitted(outcomes));
    assert.ok((after?.ece ?? 1) < 0.04 && (before?.ece ?? 0) > 0.2, `${before?.ece} ${after?.ece}`);
    assert.ok((after?.brier ?? 1) < (before?.brier ?? 0));
  });

  it('holds back what was not verified', () => {
    const sure = timid(100).map((outcome) => ({ ...outcome, isRight: true, bounds: { isVerified: false } }));
    assert.ok(fitted(sure).every(({ confidence }) => confidence === 0.8));
  });
});

describe('crossValidated', () => {
  it('says something of every outcome once, learned from others only', () => {
    const outcomes = timid(60);
    const unseen = crossValidated(outcomes, 10);
    assert.equal(unseen.length, outcomes.length);
    assert.equal(unseen.filter(({ isRight }) => isRight).length, outcomes.filter(({ isRight }) => isRight).length);
    const lonely = timid(1).map((outcome) => ({ ...outcome, isRight: true }));
    assert.equal(crossValidated(lonely, 2)[0]?.confidence, 0.2, 'nothing to learn from leaves the raw confidence');
  });

  it('learns nothing of a case from an incomplete copy of it', () => {
    const outcomes = timid(60);
    const copies = outcomes.map((outcome) => ({ ...outcome, isIncomplete: true, coverage: 0.5 }));
    const unseen = crossValidated([...outcomes, ...copies], 10);
    assert.deepEqual([...new Set(unseen.map(({ set }) => set))].sort(), ['net', 'net incomplete']);
    const lonely = timid(1).map((outcome) => ({ ...outcome, isRight: true }));
    const both = crossValidated([...lonely, ...lonely.map((outcome) => ({ ...outcome, isIncomplete: true, coverage: 0.5 }))], 2);
    assert.deepEqual(
      both.map(({ confidence }) => confidence),
      [0.2, 0.1],
      'neither was learned from the other',
    );
  });

  it('does not hang on the order of the outcomes', () => {
    const outcomes = timid(40);
    assert.deepEqual(crossValidated([...outcomes].reverse(), 5), crossValidated(outcomes, 5));
  });
});

describe('figuresBySet', () => {
  it('tells each set by itself, then all together', () => {
    const said = fitted([...timid(10), ...timid(20, 'code')]);
    assert.deepEqual(
      figuresBySet(said).map(([name, { hypotheses }]) => [name, hypotheses]),
      [
        ['code', 20],
        ['net', 10],
        ['all', 30],
      ],
    );
    assert.deepEqual(figuresBySet([]), []);
  });
});

describe('priorsText', () => {
  it('writes a module that says the same', () => {
    const outcomes = timid(20);
    const figures = calibrationFigures(fitted(outcomes))!;
    const priors = { fittedOn: '2026-01-02', source: "it's made up", before: figures, after: figures, crossValidated: figures };
    const text = priorsText({ ...priors, outcomes: summedOutcomes(outcomes) });
    const read = new Function(`return ${/= (\{[\s\S]*\});/.exec(text)?.[1]}`)();
    assert.equal(read.source, "it's made up");
    assert.deepEqual(read.outcomes, summedOutcomes(outcomes));
    assert.equal(read.after.hypotheses, 20);
    assert.match(text, /^import type \{ CalibrationPriors \} from '\.\/calibration';\n/);
  });
});
