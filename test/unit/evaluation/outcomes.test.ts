import assert from 'node:assert/strict';
import { outcomeOf } from '../../../src/evaluation/outcomes';
import { sampleInvestigation } from '../../fakes/sampleInvestigation';

describe('outcomeOf', () => {
  it('keeps what the formula gave and what became of it', () => {
    const found = sampleInvestigation('/repo');
    const raw = {
      ...found,
      hypotheses: [
        {
          ...found.hypotheses[0]!,
          rawConfidence: 0.4,
          isVerified: true,
          evidenceClass: 'decisive' as const,
          confidenceFactors: [{ name: 'coverage', value: 0.9, reason: '' }],
        },
      ],
    };
    assert.deepEqual(outcomeOf('net', 'c01', { isRight: true }, raw), {
      set: 'net',
      case: 'c01',
      isIncomplete: false,
      group: 'commit',
      raw: 0.4,
      coverage: 0.9,
      isRight: true,
      bounds: { isVerified: true, evidenceClass: 'decisive' },
    });
    assert.equal(outcomeOf('net', 'c01', { isRight: true }, raw, true)?.isIncomplete, true);
  });

  it('has nothing to keep of a case that failed or was not judged', () => {
    assert.equal(outcomeOf('net', 'c01', {}, null), null);
    assert.equal(outcomeOf('net', 'c01', {}, sampleInvestigation('/repo')), null);
    assert.equal(outcomeOf('net', 'c01', { isRight: false }, { ...sampleInvestigation('/repo'), hypotheses: [] }), null);
  });
});
