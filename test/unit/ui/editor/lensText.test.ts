import assert from 'node:assert/strict';
import fc from 'fast-check';
import manifest from '../../../../package.nls.json';
import type { FunctionLoad } from '../../../../src/ui/editor/functionLoad';
import { changeWords, combine, isNotable, lensText, lensTooltip, placeholders } from '../../../../src/ui/editor/lensText';
import { settingDefaults } from '../../../../src/ui/settings';
import { load } from '../../../fakes/hotPaths';

const nowMs = 10_000_000;
const template = settingDefaults['aidog.codeLens.template'];
const measured: FunctionLoad = {
  service: 'checkout',
  env: 'prod',
  isEntry: true,
  now: load({ requests: 120, errors: 3 }),
  beforeP95Ms: 298,
  weekAgoP95Ms: null,
  basis: 'metrics',
  sampleSize: 40,
  windowWords: '1h',
  takenAtMs: nowMs - 120_000,
  lastSeenMs: nowMs - 180_000,
  isQuiet: false,
  isStale: false,
  subject: null,
};
const failing = (errors: number): FunctionLoad => ({
  ...measured,
  isEntry: false,
  now: load({ requests: 0, errors, p50Ms: null, p95Ms: null, p99Ms: null }),
});

describe('the text of a lens', () => {
  const texts: [string, Partial<FunctionLoad>, string][] = [
    ['says latency, change, errors and where from', {}, 'p95 412 ms ▲38 % · 2.5 % err · prod 1h'],
    ['points down when it became faster', { beforeP95Ms: 824 }, 'p95 412 ms ▼50 % · 2.5 % err · prod 1h'],
    ['keeps quiet about changes below five percent', { beforeP95Ms: 400 }, 'p95 412 ms · 2.5 % err · prod 1h'],
    ['keeps quiet about a change from an unknown baseline', { beforeP95Ms: null }, 'p95 412 ms · 2.5 % err · prod 1h'],
    ['keeps quiet about a change from nothing', { beforeP95Ms: 0 }, 'p95 412 ms · 2.5 % err · prod 1h'],
    ['leaves out errors when there are none', { now: load({ errors: 0 }), beforeP95Ms: null }, 'p95 412 ms · prod 1h'],
    ['counts errors where no requests were seen', { now: load({ requests: 0, errors: 3, p95Ms: null }) }, '3 err · prod 1h'],
    ['never shows more errors than requests', { now: load({ requests: 12, errors: 500, p95Ms: null }) }, '100 % err · prod 1h'],
    ['names the requests where nothing else is known', { now: load({ errors: 0, p95Ms: null }) }, '1,200 req · prod 1h'],
    ['leaves out an environment that has no name', { env: null }, 'p95 412 ms ▲38 % · 2.5 % err · 1h'],
    ['says that there were no requests', { isQuiet: true }, 'no requests · prod 1h'],
    ['says how old the numbers are when they are old', { isStale: true }, 'p95 412 ms ▲38 % · 2.5 % err · prod 1h · as of 2 min. ago'],
  ];
  for (const [title, changes, expected] of texts) {
    it(title, () => assert.equal(lensText({ ...measured, ...changes }, template, nowMs), expected));
  }

  it('draws no icon that a service or environment asks for', () => {
    const hostile = { ...measured, service: '$(flame)\ncart', env: '$(bug)' };
    assert.equal(lensText(hostile, '{requests} {service} {env}', nowMs), '120 req \\$(flame) cart \\$(bug)');
  });

  it('fills every placeholder in, which are those that the setting lists', () => {
    for (const name of placeholders) {
      assert.ok(manifest['setting.codeLensTemplate'].includes(`\`{${name}}\``), `{${name}} is not described`);
      assert.ok(!lensText({ ...measured, weekAgoP95Ms: 100 }, `{requests} {${name}}`, nowMs).includes('{'), name);
    }
  });

  it('leaves what is no placeholder as it is', () => {
    assert.equal(lensText(measured, '{requests}: {constructor} · {p95', nowMs), '120 req: {constructor} · {p95');
  });

  it('is one line without empty parts, whatever the template', () => {
    const piece = fc.oneof(fc.constantFrom(...placeholders.map((name) => `{${name}}`), ' · ', '·', '{', '}', '\n'), fc.string());
    fc.assert(
      fc.property(fc.array(piece), fc.boolean(), (pieces, isStale) => {
        const text = lensText({ ...measured, isStale }, pieces.join(''), nowMs);
        assert.ok(!text.includes('\n') && !/(^|·) *·/u.test(text), text);
      }),
    );
  });

  it('replaces no placeholder by what another one was filled with', () => {
    assert.equal(lensText({ ...measured, service: '{env}' }, '{requests} {service}', nowMs), '120 req {env}');
  });
});

describe('a change', () => {
  it('has a direction and a size, or is not worth a word', () => {
    assert.deepEqual(
      [changeWords(150, 100), changeWords(50, 100), changeWords(104, 100), changeWords(null, 100), changeWords(5, null)],
      ['▲50 %', '▼50 %', '', '', ''],
    );
  });
});

describe('the places of one function', () => {
  it('are added up, with the latency of the slowest and the age of the oldest', () => {
    const slow = { ...measured, service: 'cart', now: load({ requests: 5, errors: 0, p95Ms: 900 }), takenAtMs: 5, lastSeenMs: null };
    const all = combine([measured, slow]);
    assert.deepEqual(
      [all?.service, all?.now.requests, all?.now.errors, all?.now.p95Ms, all?.takenAtMs, all?.lastSeenMs, all?.sampleSize],
      ['checkout, cart', 125, 3, 900, 5, measured.lastSeenMs, 80],
    );
  });

  it('count an error once that entered and came out of the same function', () => {
    assert.deepEqual([combine([measured, failing(2)])?.now.errors, combine([measured, failing(9)])?.now.errors], [3, 9]);
    assert.deepEqual(combine([failing(2), failing(4)])?.now, load({ requests: 0, errors: 6, p50Ms: null, p95Ms: null, p99Ms: null }));
  });

  it('are quiet only when all are, and none together say nothing', () => {
    const quiet = { ...measured, isQuiet: true, now: load({ requests: 0, errors: 0 }) };
    assert.deepEqual([combine([quiet, measured])?.isQuiet, combine([quiet])?.isQuiet, combine([])], [false, true, null]);
  });
});

describe('the tooltip of a lens', () => {
  it('says in whole sentences what was measured, against what, on which sample and how fresh it is', () => {
    assert.equal(
      lensTooltip({ ...measured, weekAgoP95Ms: 824 }, nowMs),
      [
        '120 requests, 3 errors in checkout',
        'Latency: median 80 ms, p95 412 ms, p99 900 ms',
        'p95 +38 % against the same time a day ago',
        'p95 -50 % against the same time a week ago',
        'Counted over all requests; places from 40 spans',
        'As of 2 min. ago',
        'Last seen 3 min. ago',
      ].join('\n'),
    );
  });

  it('names the investigation that it comes from', () => {
    const text = lensTooltip({ ...measured, subject: 'Checkout\nfails', basis: 'spans', lastSeenMs: null }, nowMs);
    assert.match(text, /against before the incident\nRead off a sample of 40 spans\nSeen in the investigation of "Checkout fails"$/);
  });
});

describe('a function', () => {
  it('is notable with errors or when its latency changed', () => {
    const calm = { ...measured, now: load({ errors: 0 }), beforeP95Ms: 400, weekAgoP95Ms: null };
    assert.deepEqual(
      [isNotable(measured, 50), isNotable(calm, 20), isNotable(calm, 3), isNotable({ ...calm, weekAgoP95Ms: 100 }, 20)],
      [true, false, true, true],
    );
  });
});
