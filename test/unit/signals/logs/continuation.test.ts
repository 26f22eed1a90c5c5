import assert from 'node:assert/strict';
import fc from 'fast-check';
import { ContinuationTracker } from '../../../../src/signals/logs/continuation';

/** Which lines go on with the one before, as a text of `+` and `.`. */
function judged(text: string): string {
  const tracker = new ContinuationTracker();
  return text
    .split('\n')
    .map((line) => (tracker.isContinuation(line) ? '+' : '.'))
    .join('');
}

describe('ContinuationTracker', () => {
  it('joins the frames of Java with their causes', () => {
    const trace = [
      'java.lang.IllegalStateException: no',
      '\tat com.acme.Shop.buy(Shop.java:17)',
      '    at jdk.internal.reflect.Native.invoke0(Native Method)',
      '\t... 12 more',
      'Caused by: java.io.IOException: closed',
      '\tat com.acme.Net.read(Net.java:3)',
      'next message',
    ];
    assert.equal(judged(trace.join('\n')), '.+++++.');
  });

  it('joins those of JavaScript and .NET', () => {
    assert.equal(
      judged('TypeError: x\n    at buy (/srv/shop.js:1:2)\n    at /srv/a.js:3:4\n    at async Promise.all (index 0)\nnext'),
      '.+++.',
    );
    assert.equal(
      judged(
        'System.Exception: x\n   at Shop.Cart.Add(Item item) in /src/Cart.cs:line 12\n   --- End of inner exception stack trace ---\nnext',
      ),
      '.++.',
    );
  });

  it('joins those of Python, with the source below and the error at the end', () => {
    const trace = [
      'failed',
      'Traceback (most recent call last):',
      '  File "/srv/a.py", line 3, in buy',
      '    pay()',
      'ValueError: no',
      'next',
    ];
    assert.equal(judged(trace.join('\n')), '.++++.');
  });

  it('joins those of Go and Ruby', () => {
    assert.equal(judged('panic: no\ngoroutine 1 [running]:\nmain.buy(0x1)\n\t/srv/main.go:12 +0x1d\nnext message'), '.+++.');
    assert.equal(judged("boom (RuntimeError)\n\tfrom /srv/a.rb:3:in `buy'\nnext"), '.+.');
  });

  it('leaves messages alone that are indented or begin with "at"', () => {
    assert.equal(judged('one\n getTodayTotalDetailSteps = 3\n    indented words\nat the gate\n  at last it works\n\ttabbed'), '......');
    assert.equal(judged('Caused by rain\nTraceback of a parcel\ngoroutine pool is full\nSuppressed'), '....');
  });

  it('never fails and never waits, whatever the line', () => {
    const tracker = new ContinuationTracker();
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom(...' \tat(:)./"File,Caused by12') }),
        (line) => typeof tracker.isContinuation(line) === 'boolean',
      ),
    );
    for (const line of [
      `    at ${'a'.repeat(500_000)}`,
      `  File "${'x'.repeat(500_000)}`,
      ' '.repeat(500_000),
      `\t${'a/'.repeat(200_000)}`,
    ])
      assert.equal(tracker.isContinuation(line), false);
  });
});
