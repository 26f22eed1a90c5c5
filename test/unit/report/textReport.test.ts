import assert from 'node:assert/strict';
import fc from 'fast-check';
import { detailLine } from '../../../src/domain/detailWords';
import type { Investigation } from '../../../src/domain/investigation';
import { partialReport, textReport } from '../../../src/report/textReport';
import { details, watching } from '../../fixtures/panelSnapshots';
import { shopInvestigation } from '../../fixtures/shopInvestigation';

const expected = `Checkout errors above 5 %
severity high · service checkout · error burst · since 20 Jun 2026, 13:42 UTC

Verdict     code: a change to the code caused it
Commit      c7d21aa  Apply vouchers to the total (Ann)
Symptom     38 % of requests to checkout fail since 13:42
Affected    checkout, web

Hypotheses
  1. Commit c7d21aa makes POST /checkout throw
     confidence 86 % (high) · code change · service checkout · commit c7d21aa
     at       checkout/src/total.js:42 in computeTotal
     open     /shop/checkout/src/total.js:45 (the line was moved)
     for      E1  112 spans fail with TypeError
     for      E2  checkout 1.4.2 was deployed at 13:40
     against  E3  CPU did not change
     missing  No test run of the commit was found.

Suspect commits
  * c7d21aa  90 %  Apply vouchers to the total
      Ann, 20 Jun 2026, 12:00 UTC
      It changed the failing line.
      It was deployed 2 min before.
  - aaaaaaa  20 %  Tidy up
      Bo, 19 Jun 2026, 12:00 UTC

Evidence
  E1   error      112 spans fail with TypeError
       query  service:checkout status:error
       link   https://app.datadoghq.com/apm/traces?query=x
       TypeError: Cannot read properties of undefined (reading 'rate')
         at computeTotal (/srv/checkout/src/total.js:42)  → checkout/src/total.js:45
         at anonymous code (/srv/checkout/src/app.js)
  E2   change     checkout 1.4.2 was deployed at 13:40
  E3   metric     CPU did not change
       query  avg:cpu{*}

Next steps
  1. Roll back checkout to 1.4.1 (5 min)
     It ran without this error.

Once it is over
  - Test checkout without a voucher
    No test covers it.

Could not be looked at
  - Datadog refused to show logs: the application key needs the permission "logs_read_data".

Investigated in 1.8 s with 12 API calls.
`;

describe('textReport', () => {
  it('tells everything that a person needs, best explanation first', () => {
    assert.equal(textReport(shopInvestigation), expected);
  });

  it('blames no commit when none is to blame, and leaves out what there is none of', () => {
    const nothing: Investigation = {
      ...shopInvestigation,
      verdict: 'inconclusive',
      rootCauseCommit: null,
      hypotheses: [],
      suspectCommits: [],
      evidence: [],
      steps: [],
      recommendations: [],
      problems: [],
    };
    const report = textReport(nothing);
    assert.match(report, /Verdict {5}inconclusive: the evidence does not settle it\nCommit {6}none is named\n/);
    assert.doesNotMatch(report, /Hypotheses|Suspect|Evidence|Next steps|Once it is over|Could not/);
  });

  it('says of each forecast when its threshold is crossed, with the interval, and whether it drops', () => {
    const [forecast] = watching.found.forecasts!;
    const report = textReport({ ...shopInvestigation, forecasts: [{ ...forecast!, breachLatestInSec: 3000, isDrop: true }] });
    assert.match(
      report,
      /\nForecasts\n {2}F1 {3}Memory of checkout crosses 580 MB in 33 min, between 19 and 50 min; anomaly score 41 of 100 \(unusual\); a drop: .*; by built-in model\n/,
    );
  });

  for (const detail of Object.values(details))
    it(`has one line for a ${detail.kind}`, () => {
      const [fact] = shopInvestigation.evidence;
      const plain = textReport(shopInvestigation).split('\n');
      const lines = textReport({ ...shopInvestigation, evidence: [{ ...fact!, detail }, ...shopInvestigation.evidence.slice(1)] }).split(
        '\n',
      );
      assert.equal(lines.length, plain.length + 1);
      assert.equal(lines.find((line) => line.startsWith('       detail '))?.slice(14, 300), detailLine(detail).slice(0, 286));
    });

  it('names a commit that no repository knows by its id alone', () => {
    const report = textReport({ ...shopInvestigation, suspectCommits: [] });
    assert.match(report, /Commit {6}c7d21aa\n/);
  });

  it('says how many suspect commits it leaves out', () => {
    const [first] = shopInvestigation.suspectCommits;
    const suspectCommits = Array.from({ length: 8 }, () => first!);
    assert.match(textReport({ ...shopInvestigation, suspectCommits }), /and 3 others/);
  });

  it('tells a fact and a gap once, though two hypotheses rest on it, and asks instead of naming the gap that it asks about', () => {
    const [best] = shopInvestigation.hypotheses;
    const nextQuery = { title: 'Find out who called it', source: 'person', query: '', link: null } as const;
    const second = { ...best!, id: 'H2', title: 'Another one', missing: [...best!.missing, 'who called it'], nextQuery };
    const report = textReport({ ...shopInvestigation, hypotheses: [best!, second] });
    assert.match(
      report,
      /2\. Another one\n.*\n.*\n.*\n {5}for {6}E1, E2, as above\n {5}against {2}E3, as above\n {5}next {5}Find out who called it\n/,
    );
    assert.equal(report.split('No test run of the commit was found.').length, 2);
  });

  it('says of a step what to run and where', () => {
    const step = { ...shopInvestigation.steps[0]!, action: 'run_query' as const, evidence: ['E3'], link: 'https://x.example' };
    assert.match(textReport({ ...shopInvestigation, steps: [step] }), /\n {5}query {2}avg:cpu\{\*\}\n {5}link {3}https:\/\/x\.example\n/);
  });

  it('tells the symptom in the summary only, where there is one', () => {
    assert.doesNotMatch(textReport({ ...shopInvestigation, summary: 'Orders fail.' }), /\nSymptom/);
  });

  it('lets no control character of telemetry, commits or files reach the terminal, and no line break', () => {
    const lines = textReport(shopInvestigation).split('\n').length;
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('a', ' ', '\n', '\r', '\u001b', '[', '2', 'J', ']', '\u0007', '\u009b', '\u202e', '<') }),
        (text) => {
          const hostile = JSON.parse(JSON.stringify(shopInvestigation), (key, value) => {
            const isTelemetry = ['title', 'summary', 'message', 'author', 'file', 'path', 'service', 'primarySymptom', 'query'].includes(
              key,
            );
            return isTelemetry && typeof value === 'string' && value !== '' ? `${value}${text}` : value;
          });
          const report = textReport(hostile);
          // biome-ignore lint/suspicious/noControlCharactersInRegex: their absence is what is tested
          assert.doesNotMatch(report, /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e]/);
          assert.equal(report.split('\n').length, lines);
        },
      ),
    );
  });
});

describe('partialReport', () => {
  it('keeps what was found before the run ended, and what could not be looked at', () => {
    const { evidence } = shopInvestigation;
    const text = partialReport({ evidence, problems: ['Logs were refused.'] });
    assert.match(text, /^Found before it ended\n {2}E1 {3}error/);
    assert.match(text, /Could not be looked at\n {2}- Logs were refused\./);
  });

  it('says nothing when nothing was found', () => {
    assert.equal(partialReport({ problems: ['No keys.'] }), '');
  });
});
