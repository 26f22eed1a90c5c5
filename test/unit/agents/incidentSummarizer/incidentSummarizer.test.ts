import assert from 'node:assert/strict';
import { incidentSummarizer } from '../../../../src/agents/incidentSummarizer/incidentSummarizer';
import { caseFile } from '../../../fakes/agentCase';

const file = caseFile();
const say = (...sentences: { text: string; evidence: string[] }[]) => incidentSummarizer.accept({ sentences }, file);
const good = { text: 'Orders of shop fail.', evidence: ['E2'] };
const also = { text: 'Commit a1b2c3d took a check away.', evidence: ['E3'] };

describe('the summarizer', () => {
  it('gives the envelope that code found with the words of the model', () => {
    const { output, faults } = say(good, also);
    assert.deepEqual(faults, []);
    assert.deepEqual(output, {
      title: 'Orders fail',
      severity: 'high',
      primarySymptom: file.incident.primarySymptom,
      blastRadius: ['shop', 'web'],
      affectedServices: ['shop', 'web'],
      summary: 'Orders of shop fail [E2]. Commit a1b2c3d took a check away [E3].',
    });
  });

  it('says what is to blame where the model does not, and nothing more where nothing is', () => {
    const other = { text: 'The shop logs an error.', evidence: ['E3'] };
    assert.match(
      say(good, other).output?.summary ?? '',
      /^Orders of shop fail \[E2\]\. The shop logs an error \[E3\]\. Most likely commit a1b2c3d/,
    );
    const open = incidentSummarizer.accept({ sentences: [good, other] }, caseFile({ verdict: 'inconclusive', rootCauseCommit: null }));
    assert.equal(open.output?.summary, 'Orders of shop fail [E2]. The shop logs an error [E3].');
  });

  it('wants two sentences at least', () => {
    assert.equal(say(good).output, null);
    assert.equal(say(good, { text: 'Nobody knows.', evidence: [] }).output, null);
  });

  it('has the same envelope without a model', () => assert.equal(incidentSummarizer.fallback(file).severity, 'high'));
});
