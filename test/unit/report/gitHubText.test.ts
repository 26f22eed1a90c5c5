import assert from 'node:assert/strict';
import fc from 'fast-check';
import { asCode, asLink, asText } from '../../../src/report/gitHubText';

/** What GitHub, and bots that read the source, act on. */
const actions: readonly [string, RegExp][] = [
  ['a mention', /(?:^|[^\w`])@\w/],
  ['a reference', /(?:^|[^&])#\d/],
  ['a reference by GH', /\bGH-\d/i],
  ['an address', /https?:\/\//i],
  ['a web address', /\bwww\.\w/i],
  ['a tag', /<[a-z/!]/i],
  ['a link', /\]\s*\(/],
  ['a picture', /!\[/],
  ['a formula', /\$[^$]/],
  ['code', /`/],
  ['emphasis', /[*_~]/],
  ['a row of a table', /\|/],
];

describe('text from elsewhere on GitHub', () => {
  it('is shown as written when it is plain', () => {
    assert.equal(
      asText("TypeError: Cannot read properties of undefined (reading 'tier')".replace(/[()]/g, '')),
      "TypeError: Cannot read properties of undefined reading 'tier'",
    );
  });

  for (const [name, hostile] of [
    ['mentions', 'ask @acme/oncall and @ada'],
    ['references', 'see #12, acme/shop#3 and GH-4'],
    ['closing keywords', 'fixes #1, Closes acme/shop#2, resolves https://github.com/a/b/issues/3'],
    ['links', '[click](https://evil.example) <https://evil.example> www.evil.example'],
    ['pictures that call home', '![x](https://evil.example/pixel.png)'],
    ['HTML', '<img src=x onerror=alert(1)><!-- hidden --><details open>'],
    ['formulas and code', '$x$ `rm -rf` ~~gone~~ **bold** _it_'],
    ['a table', 'a | b | c'],
  ] as const)
    it(`acts on nothing: ${name}`, () => {
      const shown = asText(hostile);
      for (const [what, pattern] of actions) assert.doesNotMatch(shown, pattern, what);
    });

  it('stays on one line, so that nothing begins one: no heading, list, quote, rule or command of a bot', () => {
    for (const hostile of ['# big', '- item', '1. item', '> quote', '---', '+ item', '/merge', '=== x', 'a\n/lgtm\n# b']) {
      const shown = asText(hostile);
      assert.doesNotMatch(shown, /\n/);
      assert.doesNotMatch(shown, /^(?:[-+>/=]|#\s|\d+[.)])/);
    }
  });

  it('cannot reorder or hide what a reviewer reads', () => {
    assert.equal(asText('safe\u202egnp.exe'), 'safe&#91;U+202E&#93;gnp.exe');
    assert.equal(asText('a\u200bb\u0007'), 'ab\u2407');
  });

  it('acts on nothing, whatever it is made of', () => {
    const parts = fc.constantFrom(
      '@a',
      '#1',
      'GH-2',
      'https://',
      'www.',
      '<b>',
      '](',
      '![',
      '$x$',
      '`',
      '**',
      '|',
      ' ',
      '\n',
      'fixes ',
      '&#64;',
      '&lt;',
      '\\',
      'x',
      '-',
    );
    fc.assert(
      fc.property(fc.array(parts, { maxLength: 40 }), (pieces) => {
        const shown = asText(pieces.join(''));
        for (const [what, pattern] of actions) assert.doesNotMatch(shown, pattern, what);
        assert.doesNotMatch(shown, /&(?!(?:amp|lt|gt|#\d+);)/);
      }),
    );
  });

  it('is cut when it is long', () => {
    assert.ok(asText('x'.repeat(100_000)).length < 400);
  });
});

describe('code from elsewhere on GitHub', () => {
  it('keeps a query as it can be repeated', () => {
    assert.equal(asCode('service:checkout @http.status_code:500'), '`service:checkout @http.status_code:500`');
  });

  it('cannot leave its fence, whatever backticks it has', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('`', 'a', ' ', '\n'), maxLength: 30 }), (text) => {
        const shown = asCode(text);
        if (shown === '(empty)') return assert.equal(text.trim(), '');
        const fence = /^`+/.exec(shown)?.[0] ?? '';
        const inner = shown.slice(fence.length, -fence.length);
        assert.ok(shown.endsWith(fence) && ![...inner.matchAll(/`+/g)].some(([run]) => run.length >= fence.length), shown);
        assert.doesNotMatch(shown, /\n/);
      }),
    );
  });

  it('closes nothing for who reads the source alone', () => {
    assert.doesNotMatch(asCode('fixes #1 closes GH-2'), /#\d|GH-\d/);
  });

  it('says when there is none', () => {
    assert.equal(asCode(' \n '), '(empty)');
  });
});

describe('a link to evidence on GitHub', () => {
  it('leads to a web page', () => {
    assert.equal(
      asLink('open', 'https://app.datadoghq.com/logs?query=service%3Ax'),
      '[open](https://app.datadoghq.com/logs?query=service%3Ax)',
    );
  });

  for (const address of [
    'javascript:alert(1)',
    'command:x',
    'file:///etc/passwd',
    'https://x.y/a)b',
    'https://x.y/a b',
    'https://x.y/"onclick',
    'https://',
    'x'.repeat(3000),
    null,
  ])
    it(`is only its words for ${String(address).slice(0, 40)}`, () => {
      assert.equal(asLink('open', address), 'open');
    });

  it('calls nobody in its address', () => {
    assert.equal(asLink('open', 'https://x.y/@team'), '[open](https://x.y/%40team)');
  });
});
