import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Failure } from '../../../../src/ui/editor/failure';
import { evidenceCommand, failureHoverText, failureMessage, failureTarget } from '../../../../src/ui/editor/failureText';

const nowMs = 10_000_000;
const failure: Failure = {
  file: '/w/src/cart.js',
  line: 3,
  error: 'TypeError: x is undefined',
  count: 41,
  lastSeenMs: nowMs - 180_000,
  service: 'checkout',
  link: null,
  runId: 'run-1',
  cause: null,
  isCertain: true,
};
const cause = { title: 'A change to total() throws', confidence: 0.82 };

describe('what failed at a line', () => {
  it('is said with the error, its count and when it was last seen', () => {
    assert.equal(failureMessage(failure, nowMs), 'TypeError: x is undefined · 41 errors in checkout · last seen 3 min. ago');
  });

  it('begins with the cause that an investigation holds likely', () => {
    assert.match(
      failureMessage({ ...failure, cause }, nowMs),
      /^Likely cause \(82 %\): A change to total\(\) throws · TypeError: x is undefined · 41 /,
    );
    assert.equal(
      failureMessage({ ...failure, cause, error: null, count: 0, lastSeenMs: null }, nowMs),
      'Likely cause (82 %): A change to total() throws',
    );
  });

  it('is said without an error text too, and with a doubt where there is one', () => {
    assert.match(
      failureMessage({ ...failure, error: null, service: null }, nowMs),
      /^Errors came out of this line · 41 errors in an unknown service/,
    );
    assert.match(failureMessage({ ...failure, isCertain: false }, nowMs), /the line may be another one$/);
  });

  it('is one bounded line of plain text, whatever the error says', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 2000 }), (error) => {
        const message = failureMessage({ ...failure, error: `x${error}`, service: error }, nowMs);
        assert.ok(!/[\n\r\u202e]/u.test(message) && [...message].length < 700, message);
      }),
    );
  });
});

describe('the way to the evidence', () => {
  it('is the page of Datadog, else the panel, else nowhere', () => {
    assert.equal(failureTarget({ ...failure, link: 'https://app.datadoghq.com/apm/trace/1' })?.scheme, 'https');
    assert.equal(failureTarget(failure)?.scheme, 'command');
    assert.equal(failureTarget({ ...failure, link: 'command:evil', runId: null }), null);
  });

  it('carries its arguments encoded, so that they end no link and start no other', () => {
    const command = evidenceCommand('run-1', '/w/a) [x](command:evil) <b>.js');
    assert.doesNotMatch(command.slice('command:'.length), /[\s()[\]<>:]/u);
    assert.deepEqual(JSON.parse(decodeURIComponent(command.split('?')[1]!)), [{ runId: 'run-1', file: '/w/a) [x](command:evil) <b>.js' }]);
  });
});

describe('the hover', () => {
  it('says the same and leads to panel and Datadog; only our own command may run', () => {
    const hover = failureHoverText({ ...failure, link: 'https://app.datadoghq.com/x?a=(b)' }, nowMs);
    assert.match(hover.value, /^\*\*TypeError&#58; x is undefined\*\*\n\n41 errors in checkout\n\nlast seen 3 min. ago\n\n/);
    assert.match(hover.value, /\[Show the evidence\]\(command:aidog\.showEvidence\?[^()\s]+\) · \[Open in Datadog\]\(https:[^()\s]+\)$/);
    assert.deepEqual([hover.isTrusted, hover.supportHtml], [{ enabledCommands: ['aidog.showEvidence'] }, false]);
  });

  it('has no way to a page that is none', () => {
    assert.doesNotMatch(failureHoverText({ ...failure, link: 'vscode://evil', runId: null }, nowMs).value, /\]\(/);
  });

  it('makes no Markdown of what an error says', () => {
    const piece = fc.oneof(
      fc.constantFrom('[a](command:evil)', '![x](http://e)', '<img src=x>', '`', '**', '\n\n# ', 'https://evil', '$(x)'),
      fc.string(),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 8 }), (pieces) => {
        const hostile = pieces.join('');
        const { value } = failureHoverText({ ...failure, error: `E${hostile}`, service: `s${hostile}`, runId: null }, nowMs);
        assert.doesNotMatch(value, /(^|[^\\])[[<`]/u);
        assert.doesNotMatch(value, /https?:\/\//u);
      }),
    );
  });
});
