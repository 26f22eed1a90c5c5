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

  it('says the summary, why, what was ruled out and checked, which runbooks fit, and who worded it', () => {
    const [best, ...others] = done.found.hypotheses;
    const [step, ...steps] = done.found.steps;
    const nextQuery = { title: 'Errors by version', source: 'spans', query: 'service:cart', link: null } as const;
    const hit = { id: 'K1', title: 'Cart fails', section: 'Roll back', path: 'runbooks/cart.md', root: '/w', line: 3 } as const;
    const report = markdownReport({
      ...done,
      found: {
        ...done.found,
        summary: 'Checkout fails for guests.',
        hypotheses: [{ ...best!, explanation: 'Guests have no voucher [E1].', nextQuery }, ...others],
        checks: [
          { type: 'crash_loop', isInteresting: true, summary: 'It restarts.', evidence: ['E1'], unchecked: ['disks of cart'] },
          { type: 'disk_space', isInteresting: false, summary: 'Nothing.', evidence: [], unchecked: ['disks of cart'] },
        ],
        ruledOut: [{ type: 'cpu_saturation', service: 'cart', reason: 'CPU is idle.', evidence: ['E1'] }],
        runbooks: [{ ...hit, origin: 'workspace', excerpt: '', score: 1, matched: [] }],
        steps: [{ ...step!, runbooks: ['K1', 'K9'] }, ...steps],
        usage: { ...done.found.usage, model: 'ollama:a' },
      },
    });
    assert.match(report, /\n- Worded by: ollama&#58;a\n\nCheckout fails for guests\.\n\n## Hypotheses/);
    assert.match(report, /\n {3}- Guests have no voucher \\\[E1\\\]\.\n {3}- Next: Errors by version `service:cart`\n/);
    assert.match(report, /## Ruled out\n\n- cpu saturation \(cart\): CPU is idle\. \(E1\)\n/);
    assert.match(report, /## Checks\n\n- crash loop: It restarts\. \(E1\)\n\n/);
    assert.match(report, /## Steps\n\n1\. .* \(K1\)\n/);
    assert.match(report, /## Runbooks\n\n- \*\*K1\*\* Cart fails › Roll back `runbooks\/cart\.md:3`\n/);
    assert.equal(report.split('disks of cart').length, 2);
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
      found: {
        ...done.found,
        hypotheses: [{ ...hypothesis!, title: hostile, explanation: hostile }],
        summary: hostile,
        problems: [hostile],
      },
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
