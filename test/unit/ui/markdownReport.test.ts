import assert from 'node:assert/strict';
import fc from 'fast-check';
import { escapeMarkdown, markdownReport } from '../../../src/ui/markdownReport';
import { beginSnapshot, failSnapshot } from '../../../src/ui/snapshotState';
import { sampleInvestigation } from '../../fakes/sampleInvestigation';
import { details, watching } from '../../fixtures/panelSnapshots';

const begun = beginSnapshot('run', 'Checkout', 0);
const done = { ...begun, status: 'done' as const, found: sampleInvestigation('/w') };

describe('the report as Markdown', () => {
  it('says outcome, hypotheses, evidence and steps', () => {
    const report = markdownReport(done);
    assert.match(report, /^# Checkout fails\n\n- Outcome: code change\n- Service: checkout\n/);
    assert.match(report, /## Hypotheses\n\n1\. 82 %: A change to total\\\(\\\) throws `src\/cart\.js:3` commit `aaaaaaa` \(E1\)/);
    assert.match(
      report,
      /- \*\*E1\*\* TypeError in total\\\(\\\) \(datadog `service:checkout status:error`\) \[open\]\(https:\/\/app\.datadoghq\.com\/logs\?query=x\)/,
    );
    assert.match(report, /## Steps\n\n1\. Look/);
  });

  it('says what was forecast, and what could be drawn of a fact', () => {
    const [evidence] = done.found.evidence;
    const forecasts = watching.found.forecasts?.slice(2, 3);
    const report = markdownReport({
      ...done,
      found: { ...done.found, evidence: [{ ...evidence!, detail: details.tracePattern }], forecasts },
    });
    assert.match(report, /\n {2}\\?- N\\\+1 calls&#58; checkout POST .*, 214 times, 1\.9 s in all\n/);
    assert.match(report, /## Forecasts\n\n- web · requests of express\.request falls below 400 requests in 36 min, 15 min at the earliest/);
  });

  it('is there for a run that failed early', () => {
    const report = markdownReport(failSnapshot(begun, new Error('boom'), 1));
    assert.match(report, /^# Checkout\n\n- Outcome: failed\n- Something in AIDog went wrong/);
    assert.doesNotMatch(report, /## /);
  });

  it('shows telemetry text as text: no link, no HTML, no mention, no heading', () => {
    const hostile = '[x](command:y) <script>alert(1)</script> @team https://evil.example\n# Heading ![i](https://evil.example/p.png)';
    const [hypothesis] = done.found.hypotheses;
    const report = markdownReport({
      ...done,
      found: { ...done.found, hypotheses: [{ ...hypothesis!, title: hostile }], problems: [hostile] },
    });
    assert.doesNotMatch(report, /(?<!\\)\]\(command|(?<!\\)<script|(?<!\\)@team|https:\/\/evil|\n# Heading/);
  });

  it('links only to web pages', () => {
    for (const link of ['command:x', 'javascript:alert(1)', 'https://x.example/)](command:y)']) {
      const [evidence] = done.found.evidence;
      const report = markdownReport({ ...done, found: { ...done.found, evidence: [{ ...evidence!, link }] } });
      assert.ok(!report.includes(link));
    }
  });

  it('keeps a query in its code span, whatever backticks it holds', () => {
    const [evidence] = done.found.evidence;
    const report = markdownReport({ ...done, found: { ...done.found, evidence: [{ ...evidence!, query: 'a ``b` [x](command:y)' }] } });
    assert.match(report, /``` a ``b` \[x\]\(command:y\) ```/);
  });
});

describe('escaping for Markdown', () => {
  it('leaves no character that could begin a construct', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const escaped = escapeMarkdown(text);
        assert.doesNotMatch(escaped.replace(/\\[\\`*_{}[\]()<>#+!|~@&-]|&#58;/g, ''), /[\\`*_[\]<>#|~@:\n]/);
      }),
    );
  });
});
