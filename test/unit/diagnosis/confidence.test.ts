import assert from 'node:assert/strict';
import fc from 'fast-check';
import { type ConfidenceInput, confidenceOf, type EvidenceClass, weightOf } from '../../../src/diagnosis/confidence';

const best: ConfidenceInput = {
  evidenceClass: 'decisive',
  strength: 1,
  strengthReason: 'seen',
  independentKinds: 3,
  isPathVerified: true,
  elsewhere: null,
  rival: 0,
  contradictions: 0,
};
const classes: readonly EvidenceClass[] = ['decisive', 'mechanism', 'localised', 'association', 'timing', 'absence'];

describe('confidenceOf', () => {
  it('is the product of its factors', () => {
    const { confidence, factors } = confidenceOf({ ...best, strength: 0.8, independentKinds: 2, rival: 0.5, contradictions: 1 });
    assert.deepEqual(
      factors.map((factor) => factor.name),
      ['evidence class', 'strength', 'independence', 'path', 'alternatives'],
    );
    const product = factors.reduce((all, factor) => all * factor.value, 1);
    assert.ok(Math.abs(product - confidence) < 0.002);
    assert.ok(factors.every((factor) => factor.reason !== ''));
  });

  it('never lets agreement turn timing into proof', () => {
    assert.ok(confidenceOf({ ...best, evidenceClass: 'timing', independentKinds: 9 }).confidence <= 0.35);
    assert.ok(confidenceOf({ ...best, evidenceClass: 'association' }).confidence <= 0.6);
    assert.ok(confidenceOf(best).confidence > 0.95);
  });

  it('falls with every weakness', () => {
    const full = confidenceOf(best).confidence;
    const weaker: Partial<ConfidenceInput>[] = [
      { strength: 0.5 },
      { independentKinds: 1 },
      { isPathVerified: null },
      { isPathVerified: false },
      { rival: 0.9 },
      { elsewhere: 'db' },
      { contradictions: 2 },
    ];
    for (const weakness of weaker) assert.ok(confidenceOf({ ...best, ...weakness }).confidence < full, JSON.stringify(weakness));
    assert.ok(confidenceOf({ ...best, isPathVerified: false }).confidence < confidenceOf({ ...best, isPathVerified: null }).confidence);
  });

  it('stays between 0 and its cap for all inputs', () => {
    const number = fc.double({ min: -2, max: 5, noNaN: true });
    fc.assert(
      fc.property(
        fc.constantFrom(...classes),
        number,
        number,
        fc.integer({ min: -1, max: 9 }),
        fc.nat(9),
        (evidenceClass, strength, rival, kinds, contradictions) => {
          const { confidence } = confidenceOf({ ...best, evidenceClass, strength, rival, independentKinds: kinds, contradictions });
          assert.ok(confidence >= 0 && confidence <= weightOf({ evidenceClass, strength: 1 }) + 1e-9);
        },
      ),
    );
  });

  it('orders the classes', () => {
    const weights = classes.map((evidenceClass) => weightOf({ evidenceClass, strength: 1 }));
    assert.deepEqual(
      weights,
      [...weights].sort((a, b) => b - a),
    );
  });

  it('never rises with contradictions, rivals or fewer kinds of evidence', () => {
    const number = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(
        fc.constantFrom(...classes),
        number,
        number,
        number,
        fc.nat(4),
        fc.nat(4),
        (evidenceClass, strength, rival, more, kinds, n) => {
          const one: ConfidenceInput = { ...best, evidenceClass, strength, rival, independentKinds: kinds, contradictions: n };
          const said = confidenceOf(one).confidence;
          assert.ok(confidenceOf({ ...one, contradictions: n + 1 }).confidence <= said);
          assert.ok(confidenceOf({ ...one, rival: Math.min(1, rival + more) }).confidence <= said);
          assert.ok(confidenceOf({ ...one, independentKinds: kinds + 1 }).confidence >= said);
        },
      ),
    );
  });

  it('never falls with strength or with what is known of the path', () => {
    const number = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(fc.constantFrom(...classes), number, number, number, (evidenceClass, strength, more, rival) => {
        const one: ConfidenceInput = { ...best, evidenceClass, strength, rival };
        const said = confidenceOf(one).confidence;
        assert.ok(confidenceOf({ ...one, strength: Math.min(1, strength + more) }).confidence >= said);
        const [unknown, none] = [null, false].map((isPathVerified) => confidenceOf({ ...one, isPathVerified }).confidence) as [
          number,
          number,
        ];
        assert.ok(none <= unknown && unknown <= said);
        assert.ok(confidenceOf({ ...one, elsewhere: 'db' }).confidence <= said);
      }),
    );
  });

  it('says where the signs point instead', () => {
    const { factors } = confidenceOf({ ...best, elsewhere: 'db' });
    assert.match(factors.find(({ name }) => name === 'path')?.reason ?? '', /lead there, but the signs point at db$/);
  });
});
