import assert from 'node:assert/strict';
import { plainSummary } from '../../../../src/agents/incidentSummarizer/plainSummary';
import { textFaults } from '../../../../src/agents/textQuality';
import { caseFile, hypothesis } from '../../../fakes/agentCase';

const other = (kind: string, title: string, given = {}) => hypothesis({ kind, title, commit: null, location: null, ...given });

describe('plainSummary', () => {
  it('says what happens, to whom, why, and how sure that is', () => {
    assert.equal(
      plainSummary(caseFile()),
      "Since 12:00 UTC: shop: TypeError: Cannot read properties of undefined (reading 'tier'); error rate of shop rose from 0.2 % to 40 %; web is affected too [E1]. " +
        'Most likely commit a1b2c3d “Tidy prices” is to blame: the check that customer.plan exists was removed; confidence is high [E3, E2].',
    );
  });

  it('says what is missing where that matters', () => {
    assert.match(
      plainSummary(caseFile({ hypotheses: [hypothesis({ confidence: 0.5 })] })),
      /confidence is medium \[E3, E2\]\. Not found: an error with a stack trace\.$/,
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
    assert.match(plainSummary(flag), /Most likely feature flag fast_prices: off->on; confidence is high/);
    const open = caseFile({ verdict: 'inconclusive', rootCauseCommit: null, hypotheses: [other('unknown', 'Something in shop')] });
    assert.match(plainSummary(open), /does not settle the cause; the best lead is: Something in shop \[/);
    const well = caseFile({ verdict: 'healthy', rootCauseCommit: null, hypotheses: [other('healthy', 'Nothing is wrong: all is calm')] });
    assert.match(plainSummary(well), /\. Nothing is wrong: all is calm \[E3, E2\]\.$/);
    assert.match(plainSummary(caseFile({ hypotheses: [] })), /Nothing was found that explains it\.$/);
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
