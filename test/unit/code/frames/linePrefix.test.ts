import assert from 'node:assert/strict';
import fc from 'fast-check';
import { prefixLength } from '../../../../src/code/frames/linePrefix';

const rest = (line: string) => line.slice(prefixLength(line));

describe('What stands before a line', () => {
  const prefixes = [
    '> ',
    '>> ',
    '> > ',
    '```',
    '> ```',
    'web-1  | ',
    'shop_web_1 | ',
    '2026-11-21T02:03:43Z ',
    '2026-11-21T02:03:43.123456789Z stderr F ',
    '2026-11-21 02:03:43,123 ERROR ',
    '2026-11-21 02:03:43.123+01:00 [main] ',
    '2026/11/21 02:03:43 ',
    '02:03:43.123 [error] ',
    '[2026-11-21 02:03:43] ',
    '[21-Nov-2026 02:03:43 UTC] ',
    '[ERROR] ',
    'ERROR: ',
    'Nov 21 02:03:43 host-1 shop[123]: ',
    'web-1  | 2026-11-21T02:03:43Z ERROR ',
    '2026-11-21 02:03:43 UTC ',
  ];
  for (const prefix of prefixes) {
    it(`is taken off, but for the indentation: ${prefix}`, () => {
      for (const line of ['TypeError: boom', '    at f (/srv/a.js:1:2)', '\tat a.B.c(B.java:1)', '  File "/a.py", line 1, in f'])
        assert.equal(rest(`${prefix}${line}`), line);
    });
  }

  const whole = [
    '',
    '    at f (/srv/a.js:1:2)',
    '  | Traceback (most recent call last):',
    '[AggregateError: all failed] {',
    '[native code]',
    '[2]</Bar@http://a.b/c.js:1:2',
    '[Previous line repeated 995 more times]',
    'error: relation "carts" does not exist',
    'Error: x',
    'ERROR',
    '12 | const a = 1',
    '  12 |   code',
    '>>>',
    'May I have a word',
    'Nov 21 02:03:43 host',
    '2026-11-21 and so on',
    '12:30 started',
    "/srv/app.rb:3:in `f'",
    'a|b',
  ];
  for (const line of whole) {
    it(`is nothing here: ${line}`, () => assert.equal(rest(line), line === '>>>' ? '' : line));
  }

  it('is never longer than the line, whatever stands there', () => {
    const part = fc.oneof(fc.constantFrom(...prefixes, '> ', '[', ']', ' ', '|', '12:00:00', '2026-'), fc.string({ maxLength: 6 }));
    fc.assert(
      fc.property(fc.array(part, { maxLength: 20 }), (parts) => {
        const line = parts.join('');
        const length = prefixLength(line);
        assert.ok(length >= 0 && length <= line.length);
      }),
    );
  });
});
