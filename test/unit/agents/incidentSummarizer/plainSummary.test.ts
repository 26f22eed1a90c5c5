import assert from 'node:assert/strict';
import { plainSummary } from '../../../../src/agents/incidentSummarizer/plainSummary';
import { textFaults } from '../../../../src/agents/textQuality';
import { caseFile, hypothesis } from '../../../fakes/agentCase';

const other = (kind: string, title: string, given = {}) => hypothesis({ kind, title, commit: null, location: null, ...given });

describe('plainSummary', () => {
  it('says what happens, to whom, why, and how sure that is', () => {
    assert.equal(
      plainSummary(caseFile()),
      "Since 12:00 UTC, shop: TypeError: Cannot read properties of undefined (reading 'tier'); error rate of shop rose from 0.2 % to 40 % [E1]. " +
        'web is affected too. Most likely commit a1b2c3d “Tidy prices” is to blame: the check that customer.plan exists was removed; confidence is high [E3, E2].',
    );
  });

  it('says what is missing where that matters', () => {
    assert.match(
      plainSummary(caseFile({ hypotheses: [hypothesis({ confidence: 0.5 })] })),
      /confidence is medium \[E3, E2\]\. Missing: an error with a stack trace\.$/,
    );
  });

  it('blames no commit that code does not blame', () => {
    assert.match(plainSummary(caseFile({ rootCauseCommit: null })), /The best lead is commit a1b2c3d “Tidy prices”, too weak to blame/);
  });

  it('names other causes, an open one, and none', () => {
    const flag = caseFile({
      verdict: 'configuration',
      rootCauseCommit: null,
      hypotheses: [other('feature_flag', 'Feature flag fast_prices: off->on')],
    });
    assert.match(plainSummary(flag), /Most likely cause, with high confidence: Feature flag fast_prices: off->on \[/);
    const open = caseFile({ verdict: 'inconclusive', rootCauseCommit: null, hypotheses: [other('unknown', 'Something in shop')] });
    assert.match(plainSummary(open), /The cause is not settled; the best lead, with high confidence: Something in shop \[/);
    const well = caseFile({ verdict: 'healthy', rootCauseCommit: null, hypotheses: [other('healthy', 'Nothing is wrong: all is calm')] });
    assert.match(plainSummary(well), /\. Nothing is wrong: all is calm \[E3, E2\]\.$/);
    assert.match(plainSummary(caseFile({ hypotheses: [] })), /Nothing was found that explains it\.$/);
  });

  it('gives the numbers of the alert and what was seen a sentence each, and says no message twice', () => {
    const { incident, findings } = caseFile();
    const primarySymptom = 'shop fails: no space left; Share of failing requests of shop rose from 0 % to 49 %';
    const text = plainSummary(
      caseFile({
        verdict: 'infrastructure',
        rootCauseCommit: null,
        incident: { ...incident, primarySymptom, blastRadius: ['shop', 'web', 'app'] },
        findings: { ...findings, alertWords: 'share of failing requests of shop rose from 0 % to 49 %' },
        hypotheses: [other('resource_exhaustion', 'shop has run out of storage: no space left')],
      }),
    );
    assert.equal(
      text,
      'Since 12:00 UTC, shop fails: no space left. Share of failing requests of shop rose from 0 % to 49 % [E1]. ' +
        'web and app are affected too. Most likely cause, with high confidence: shop has run out of storage [E3, E2].',
    );
  });

  it('says that only the place is known, where it is', () => {
    const hypotheses = [other('localised_fault', 'It begins in shop: errors begin there')];
    const file = caseFile({ verdict: 'inconclusive', rootCauseCommit: null, hypotheses });
    assert.match(plainSummary(file), /The trouble begins in shop: errors begin there \[E3, E2\]\. Why is not known yet\.$/);
    const again = [other('localised_fault', "It begins in shop: TypeError: Cannot read properties of undefined (reading 'tier')")];
    assert.match(
      plainSummary(caseFile({ verdict: 'inconclusive', rootCauseCommit: null, hypotheses: again })),
      /The trouble begins in shop \[E3, E2\]\. Why is not known yet\.$/,
    );
  });

  it('begins with a capital where only the alert tells', () => {
    const { incident } = caseFile();
    const summary = plainSummary(caseFile({ incident: { ...incident, primarySymptom: '', startedAt: null } }));
    assert.match(summary, /^An alert fired/);
  });

  it('marks the words of the alert as such', () => {
    const file = caseFile();
    const said = caseFile({ incident: { ...file.incident, primarySymptom: file.alert?.summary ?? '' } });
    assert.match(plainSummary(said), /^The alert says: More than 5 % of orders fail/);
  });

  it('is itself fit to be shown', () => {
    assert.deepEqual(textFaults(plainSummary(caseFile()), { kind: 'sentences', known: '', links: [] }), []);
  });
});
