import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { FixReason } from '../../../src/domain/fix';
import { boundedReason, pullRequestBody, type TestNote } from '../../../src/report/pullRequestBody';
import { committedContents, reverted, sampleFix, samplePush, sampleReason } from '../../fakes/sampleFix';

const passed: TestNote = { verdict: 'passed', command: 'npm test', exitCode: 0 };
const fix = sampleFix({ contents: committedContents(), push: samplePush });
const withReason = (changes: Partial<FixReason>) => pullRequestBody({ ...fix, reason: sampleReason(changes) }, passed);

describe('the body of the pull request', () => {
  it('carries verdict, confidence, evidence with links, forecast, test result and rollback note', () => {
    assert.equal(
      pullRequestBody(fix, passed),
      `This reverts commit ${reverted}, Round totals, the suspected cause of the incident **Checkout fails**.

| | |
|---|---|
| Verdict | a change to the code caused it |
| Confidence | 82 % (high) |
| Hypothesis | A change to total&#40;&#41; throws |
| Place | \`src/cart.js:3\` |
| Service | checkout |
| Since | 1 Nov 2026, 10:00 UTC |
| Alert | [open in Datadog](https://app.datadoghq.com/monitors/1) |
| Branch begins at | origin/main (aaaaaaa) |

## Evidence for it

- **E1** TypeError in total&#40;&#41; (datadog \`service:checkout @http.status_code:500\`) [open](https://app.datadoghq.com/logs?query=x)

## Evidence against it

- **E2** payments answers as before (datadog)

## Not checked

- Whether guests fail too

## Forecast without a change

- Failed orders: 4 orders/s in 1 h (80 % between 2 orders/s and 7.5 orders/s); it reaches 2 orders/s in 15 min

## Changed files

- \`src/cart.js\` modified

## Tests

\`npm test\` passed (exit code 0) on exactly this change.

## Rollback

- To take this back, revert it: \`git revert ${'c'.repeat(40)}\`. That brings back fef1cf7 in checkout.
- No data is changed by this commit itself. Check whether the reverted change migrated data or configuration that must go back with it.

---
Drafted with AIDog. The evidence was gathered by queries that can be repeated; a person pressed every button.
`,
    );
  });

  it('says honestly how the tests ended', () => {
    const line = (tests: Partial<TestNote>) => /## Tests\n\n(.*)/.exec(pullRequestBody(fix, { ...passed, ...tests }))?.[1];
    assert.equal(line({ verdict: 'failed', exitCode: 2 }), '`npm test` **failed** with exit code 2.');
    assert.equal(line({ verdict: 'outdated' }), '`npm test` ended with exit code 0, but files were changed after that run.');
    assert.equal(line({ verdict: 'unfinished', exitCode: null }), '`npm test` was stopped before it ended.');
    assert.equal(line({ verdict: 'not run', command: null, exitCode: null }), 'No tests were run before this was pushed.');
  });

  it('warns of what undoing a merge means', () => {
    const body = pullRequestBody({ ...fix, patch: { ...fix.patch, isMerge: true } }, passed);
    assert.match(body, /\(a merge, undone against its first parent\)/);
    assert.match(body, /revert this revert first/);
  });

  it('leaves out what is not known', () => {
    const body = withReason({
      evidenceFor: [],
      evidenceAgainst: [],
      unchecked: [],
      forecasts: [],
      service: null,
      place: null,
      link: null,
      startedAt: null,
    });
    assert.deepEqual(
      [...body.matchAll(/^## (.*)$/gm)].map(([, title]) => title),
      ['Changed files', 'Tests', 'Rollback'],
    );
    assert.doesNotMatch(body, /null|undefined/);
  });

  it('tells when a forecast does not reach its threshold, is beyond it, or has none', () => {
    const [forecast] = sampleReason().forecasts;
    const of = (changes: object) => /- Failed orders.*/.exec(withReason({ forecasts: [{ ...forecast!, ...changes }] }))?.[0] ?? '';
    assert.match(of({ breachInSec: null }), /; it does not reach 2 orders\/s within that time$/);
    assert.match(of({ breachInSec: 0 }), /; it is beyond 2 orders\/s already$/);
    assert.match(of({ threshold: null, unit: null }), /4 in 1 h \(80 % between 2 and 7\.5\)$/);
  });

  it('names renamed files by both names, and many by their number', () => {
    const file = { path: 'b.js', previousPath: 'a|`x`.js', status: 'renamed' as const };
    const many = Array.from({ length: 60 }, (_, at) => ({ ...file, path: `${at}.js`, previousPath: null }));
    assert.match(
      pullRequestBody({ ...fix, contents: committedContents({ files: [file] }) }, passed),
      /- `b\.js` renamed \(was `` a\|`x`\.js ``\)/,
    );
    assert.match(pullRequestBody({ ...fix, contents: committedContents({ files: many }) }, passed), /- and 10 more/);
  });

  it('does nothing on GitHub that telemetry, commits or paths ask for', () => {
    const hostile = 'fixes #1 @acme/team <img src=x> [a](https://evil.example) |\n/merge\n# x `y` $z$ www.evil.example GH-2';
    const evidence = { id: hostile, summary: hostile, source: hostile, query: hostile, link: 'javascript:alert(1)' };
    const reason: FixReason = {
      ...sampleReason(),
      ...{ incident: hostile, service: hostile, hypothesis: hostile, place: hostile, startedAt: hostile, link: `https://x.y/${hostile}` },
      ...{ evidenceFor: [evidence], evidenceAgainst: [evidence], unchecked: [hostile] },
      forecasts: [{ ...sampleReason().forecasts[0]!, title: hostile, unit: hostile }],
    };
    const files = [{ path: hostile, previousPath: null, status: 'added' as const }];
    const all = {
      ...fix,
      reason,
      patch: { ...fix.patch, title: hostile },
      start: { ...fix.start, name: hostile },
      contents: committedContents({ files }),
    };
    const body = pullRequestBody(all, { ...passed, command: hostile });
    const outsideCode = body.replace(/``.*?``/g, '');
    assert.doesNotMatch(outsideCode, /(?:^|[^\w`])@\w|<img|\]\(https:\/\/evil|https?:\/\/|www\.\w|\$z/);
    assert.doesNotMatch(body, /[^&]#\d|GH-\d|^\/merge|^# x|javascript:/m);
    const rows = body.split('\n').filter((line) => line.startsWith('| '));
    for (const row of rows) assert.equal(row.replaceAll('\\|', '').split('|').length, 4, row);
  });

  it('stays within what GitHub takes, whatever an investigation found', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', minLength: 200, maxLength: 400 }), (text) => {
        const evidence = { id: 'E', summary: text, source: text, query: text, link: null };
        const body = withReason({ evidenceFor: Array(200).fill(evidence), unchecked: Array(200).fill(text) });
        assert.ok(body.length <= 60_000);
      }),
      { numRuns: 20 },
    );
  });

  it('is made of a reason that is bounded when it is kept', () => {
    const [evidence] = sampleReason().evidenceFor;
    const bounded = boundedReason(sampleReason({ evidenceFor: Array(500).fill(evidence), unchecked: Array(500).fill('x') }));
    assert.deepEqual([bounded.evidenceFor.length, bounded.unchecked.length], [20, 20]);
  });
});
