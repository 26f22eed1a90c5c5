import assert from 'node:assert/strict';
import fc from 'fast-check';
import { calibrateHypotheses } from '../../../src/diagnosis/calibrateHypotheses';
import type { CalibrationPriors } from '../../../src/diagnosis/calibration';
import { calibrationPriors } from '../../../src/diagnosis/calibrationPriors';
import { mostShown } from '../../../src/diagnosis/confidence';
import { isRival } from '../../../src/diagnosis/rivals';
import { confidenceWord } from '../../../src/domain/format';
import type { EvidenceClass, Hypothesis } from '../../../src/domain/hypothesis';

const figures = { brier: 0.123, ece: 0.05, meanConfidence: 0.7, right: 0.7, brierOfConstant: 0.2, hypotheses: 40 };
const priors: CalibrationPriors = {
  fittedOn: '2026-01-01',
  source: 'made up',
  before: figures,
  after: figures,
  crossValidated: figures,
  outcomes: { commit: [], cause: [{ raw: 0.3, right: 39, of: 40 }], place: [], healthy: [] },
};
const none: CalibrationPriors = { ...priors, outcomes: { ...priors.outcomes, cause: [] } };

function hypothesis(given: Partial<Hypothesis> = {}): Hypothesis {
  return {
    id: 'H1',
    title: '',
    service: 'shop',
    kind: 'dependency_outage',
    confidence: 0.3,
    rawConfidence: 0.3,
    isVerified: true,
    commit: null,
    location: null,
    workspace: null,
    evidenceFor: [],
    evidenceAgainst: [],
    missing: [],
    confidenceFactors: [{ name: 'evidence class', value: 0.85, reason: 'x' }],
    ...given,
  };
}

describe('calibrateHypotheses', () => {
  it('says what came true, keeps what the formula gave, and tells from how many outcomes', () => {
    const [one] = calibrateHypotheses([hypothesis()], priors);
    assert.equal(one?.rawConfidence, 0.3);
    assert.ok(one && one.confidence > 0.9);
    const factor = one.confidenceFactors.at(-1);
    assert.equal(factor?.name, 'calibration');
    assert.ok(Math.abs((factor?.value ?? 0) * 0.3 - one.confidence) < 0.001);
    assert.match(
      factor?.reason ?? '',
      /^calibrated from 40 outcomes: of those said like this, 98 % count as right; .* 5 % on average \(Brier score 0\.12\)$/,
    );
  });

  it('is never sure of a cause that is too weak for a verdict, and may be of where it began', () => {
    const known = {
      ...priors,
      outcomes: { ...priors.outcomes, cause: [{ raw: 0.2, right: 40, of: 40 }], place: [{ raw: 0.2, right: 40, of: 40 }] },
    };
    const [cause] = calibrateHypotheses([hypothesis({ rawConfidence: 0.2 })], known);
    const [place] = calibrateHypotheses([hypothesis({ rawConfidence: 0.2, kind: 'localised_fault' })], known);
    assert.equal(cause?.confidence, 0.5);
    assert.ok(place && place.confidence > 0.9);
  });

  it('leaves a commit as it is that was found not to blame, since outcomes only know those that were', () => {
    const [one] = calibrateHypotheses([hypothesis({ kind: 'code_change', commit: 'a'.repeat(40), isDoubted: true })], priors);
    assert.equal(one?.confidence, 0.3);
    assert.match(one?.confidenceFactors.at(-1)?.reason ?? '', /^no outcomes are known yet/);
  });

  it('is not highly confident without a verified path', () => {
    const [one] = calibrateHypotheses([hypothesis({ isVerified: false })], priors);
    assert.equal(one?.confidence, 0.8);
    assert.match(
      one?.confidenceFactors.at(-1)?.reason ?? '',
      /held back: its kind of evidence proves no more, or no causal path to it was verified$/,
    );
  });

  it('lets no outcome turn timing, or what merely remains, into proof', () => {
    for (const [evidenceClass, most] of [
      ['timing', 0.35],
      ['absence', 0.25],
    ] as const)
      assert.equal(calibrateHypotheses([hypothesis({ evidenceClass })], priors)[0]?.confidence, most);
  });

  it('never calls a claim highly likely that no mechanism and no place speaks for, however often such came true', () => {
    const [one] = calibrateHypotheses([hypothesis({ evidenceClass: 'association' })], priors);
    assert.ok(one && one.confidence > 0.6 && confidenceWord(one.confidence) === 'medium', `${one?.confidence}`);
    assert.match(one.confidenceFactors.at(-1)?.reason ?? '', /held back: its kind of evidence proves no more/);
  });

  it('is less sure by what was not read, and keeps what the formula gave', () => {
    const coverage = (value: number) => ({ confidenceFactors: [{ name: 'coverage', value, reason: 'x' }] });
    const [whole] = calibrateHypotheses([hypothesis(coverage(1))], priors);
    const [part] = calibrateHypotheses([hypothesis(coverage(0.8))], priors);
    assert.ok(Math.abs((part?.confidence ?? 0) - (whole?.confidence ?? 0) * 0.8) < 0.002);
    assert.equal(part?.rawConfidence, 0.3);
    const product = part.confidenceFactors.reduce((all, { value }) => all * value, 0.3);
    assert.ok(Math.abs(product - part.confidence) < 0.002, 'the factors still multiply to the confidence');
  });

  it('leaves out the admission that something else may be at work beside a sure hypothesis, and only there', () => {
    const two = [hypothesis(), hypothesis({ id: 'H2', kind: 'unknown', rawConfidence: 0.1 })];
    assert.deepEqual(
      calibrateHypotheses(two, priors).map(({ id }) => id),
      ['H1'],
    );
    assert.equal(calibrateHypotheses(two, none).length, 2);
  });

  it('gives two rivals no more than 1 together', () => {
    const two = [hypothesis(), hypothesis({ id: 'H2', kind: 'healthy' })];
    const [first, second] = calibrateHypotheses(two, priors);
    assert.ok(first && second && second.confidence <= 1 - first.confidence + 1e-9);
    assert.match(second.confidenceFactors.at(-1)?.reason ?? '', /what stands above it leaves no more$/);
  });

  it('gives several that exclude each other no more than 1 together', () => {
    const halves: CalibrationPriors = { ...priors, outcomes: { ...priors.outcomes, cause: [{ raw: 0.3, right: 20, of: 40 }] } };
    const three = ['shop', 'stock', 'bank'].map((service, at) => hypothesis({ id: `H${at + 1}`, service }));
    const shown = calibrateHypotheses(three, halves);
    assert.ok(shown.reduce((sum, { confidence }) => sum + confidence, 0) <= 1 + 1e-9);
    assert.ok((shown[1]?.confidence ?? 0) > 0.4);
  });

  it('lets the consequence of a cause be as likely as the cause', () => {
    const [first, second] = calibrateHypotheses([hypothesis(), hypothesis({ id: 'H2', kind: 'resource_exhaustion' })], priors);
    assert.equal(first?.confidence, second?.confidence);
  });

  it('takes outcomes of one’s own into account', () => {
    const recorded = new Array(200).fill({ group: 'cause', raw: 0.3, coverage: 1, isRight: false });
    const [without, withThem] = [calibrateHypotheses([hypothesis()], priors), calibrateHypotheses([hypothesis()], priors, recorded)];
    assert.ok((withThem[0]?.confidence ?? 1) < (without[0]?.confidence ?? 0) / 2);
  });

  it('leaves confidences as they are where no outcome is known, and says so', () => {
    const [one] = calibrateHypotheses([hypothesis()], none);
    assert.equal(one?.confidence, 0.3);
    assert.match(one?.confidenceFactors.at(-1)?.reason ?? '', /no outcomes are known yet/);
  });

  it('never says more than its class of evidence allows, nor more when less was read', () => {
    const share = fc.double({ min: 0, max: 1, noNaN: true });
    const shown = (raw: number, coverage: number, evidenceClass: EvidenceClass) =>
      calibrateHypotheses(
        [hypothesis({ rawConfidence: raw, evidenceClass, confidenceFactors: [{ name: 'coverage', value: coverage, reason: 'x' }] })],
        calibrationPriors,
      )[0]?.confidence ?? Number.NaN;
    fc.assert(
      fc.property(
        share,
        share,
        share,
        fc.constantFrom<EvidenceClass>('decisive', 'mechanism', 'localised', 'association', 'timing', 'absence'),
        (raw, one, other, evidenceClass) => {
          const [less, more] = [Math.min(one, other), Math.max(one, other)];
          assert.ok(shown(raw, more, evidenceClass) <= mostShown(evidenceClass) * more);
          assert.ok(shown(raw, less, evidenceClass) <= shown(raw, more, evidenceClass));
          assert.ok(shown(less, raw, evidenceClass) <= shown(more, raw, evidenceClass), 'and never falls with the raw confidence');
        },
      ),
    );
  });

  it('keeps the order, whatever the outcomes', () => {
    const one = fc.record({
      raw: fc.double({ min: 0, max: 1, noNaN: true }),
      kind: fc.constantFrom('code_change', 'resource_exhaustion', 'healthy', 'localised_fault', 'unknown'),
      service: fc.constantFrom('shop', 'db'),
      isVerified: fc.boolean(),
    });
    const outcome = fc.record({
      group: fc.constantFrom('cause' as const, 'place' as const, 'healthy' as const),
      raw: fc.double({ min: 0, max: 1, noNaN: true }),
      coverage: fc.double({ min: 0.1, max: 1, noNaN: true }),
      isRight: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(one, { maxLength: 6 }), fc.array(outcome, { maxLength: 20 }), (all, recorded) => {
        const sorted = [...all].sort((a, b) => b.raw - a.raw);
        const given = sorted.map(({ raw, ...rest }, at) => hypothesis({ id: `H${at + 1}`, rawConfidence: raw, ...rest }));
        const done = calibrateHypotheses(given, priors, recorded);
        assert.deepEqual(
          done.map(({ id }) => id),
          given.filter(({ kind }, at) => at === 0 || kind !== 'unknown' || (done[0]?.confidence ?? 0) <= 0.8).map(({ id }) => id),
        );
        done.forEach((lower, at) => {
          assert.ok(lower.confidence >= 0 && lower.confidence <= (lower.isVerified ? 1 : 0.8));
          for (const above of done.slice(0, at)) {
            assert.ok(lower.confidence <= above.confidence);
            if (isRival(above, lower)) assert.ok(above.confidence + lower.confidence <= 1 + 1e-9);
          }
        });
      }),
    );
  });
});
