import assert from 'node:assert/strict';
import type { CodeHit } from '../../../src/domain/evidence';
import { combine, type FunctionLoad, lensText, lensTooltip } from '../../../src/ui/codeLensText';
import { settingDefaults } from '../../../src/ui/settings';

const load: FunctionLoad = { service: 'checkout', requests: 120, errors: 3, p95Ms: 412, baselineP95Ms: 298 };
const template = settingDefaults['aidog.codeLens.template'];
const hit = (changes: Partial<CodeHit>): CodeHit => ({
  location: { file: 'a.js', line: 1, function: null },
  workspace: null,
  resource: null,
  service: 'checkout',
  requests: 0,
  errors: 0,
  p95Ms: null,
  baselineP95Ms: null,
  ...changes,
});

describe('the text of a lens', () => {
  const texts: [string, Partial<FunctionLoad>, string][] = [
    ['says latency, change, errors and sample size', {}, 'p95 412 ms ▲38 % · 2.5 % err · 120 req'],
    ['points down when it became faster', { baselineP95Ms: 824 }, 'p95 412 ms ▼50 % · 2.5 % err · 120 req'],
    ['keeps quiet about changes below five percent', { baselineP95Ms: 400 }, 'p95 412 ms · 2.5 % err · 120 req'],
    ['keeps quiet about a change from an unknown baseline', { baselineP95Ms: null }, 'p95 412 ms · 2.5 % err · 120 req'],
    ['keeps quiet about a change from nothing', { baselineP95Ms: 0 }, 'p95 412 ms · 2.5 % err · 120 req'],
    ['leaves out errors when there are none', { errors: 0, baselineP95Ms: null }, 'p95 412 ms · 120 req'],
    ['counts errors where no requests were seen', { requests: 0, p95Ms: null }, '3 err'],
    ['never shows more errors than requests', { errors: 500, p95Ms: null }, '100 % err · 120 req'],
  ];
  for (const [title, changes, expected] of texts) {
    it(title, () => assert.equal(lensText({ ...load, ...changes }, template), expected));
  }

  it('draws no icon that the name of a service asks for', () => {
    assert.equal(lensText({ ...load, service: '$(flame)\ncart' }, '{service}'), '\\$(flame) cart');
  });

  it('follows the template of the settings and leaves unknown names as they are', () => {
    assert.equal(lensText(load, '{service}: {requests} · {constructor}'), 'checkout: 120 req · {constructor}');
  });

  it('sums what hit one function, with the latency of the slowest', () => {
    const hits = [
      hit({ requests: 10, errors: 1, p95Ms: 50, baselineP95Ms: 40 }),
      hit({ requests: 5, p95Ms: 90, baselineP95Ms: 30, service: 'cart' }),
      hit({ errors: 2 }),
    ];
    assert.deepEqual(combine(hits), { service: 'checkout, cart', requests: 15, errors: 3, p95Ms: 90, baselineP95Ms: 30 });
  });

  it('has a tooltip in whole words', () => {
    assert.equal(lensTooltip(load, 'Checkout fails'), '120 requests, 3 errors in checkout\nSeen in the investigation of "Checkout fails"');
  });
});
