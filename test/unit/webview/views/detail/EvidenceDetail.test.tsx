import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { EvidenceDetail as Detail } from '../../../../../src/domain/evidenceDetail';
import { render, useDom } from '../../../../fakes/render';
import { details, hostileDetails, longPath } from '../../../../fixtures/panelSnapshots';

const show = (detail: Detail) =>
  render(async () => {
    const { EvidenceDetail } = await import('../../../../../webview/views/detail/EvidenceDetail');
    return <EvidenceDetail detail={detail} />;
  });
const styleOf = (element: Element | undefined, name: string) => (element as HTMLElement | undefined)?.style.getPropertyValue(name);

describe('a message pattern', () => {
  useDom();

  it('shows its text with what varies as chips, which are read out as words', async () => {
    const page = await show(details.logPattern);
    assert.equal(
      page.get('.template code').textContent?.startsWith('could not price cart *any value for customer *any value: Cannot'),
      true,
    );
    assert.equal(page.all('.wildcard').length, 3);
  });

  it('says how it changed, what it is known to mean, and when it was seen', async () => {
    const page = await show(details.logPattern);
    assert.deepEqual(
      page.all('.badge').map(({ textContent }) => textContent),
      ['Message: bursting', 'Key event: null dereference'],
    );
    assert.match(page.text(), /first seen \d\d:01:00, last \d\d:19:56/);
  });

  it('puts how often it was logged before and during beside each other, on one scale', async () => {
    const page = await show({ ...details.logPattern, before: 25, during: 100 });
    assert.equal(page.get('.bar-rows').textContent, 'before25during100');
    assert.deepEqual(
      page.all('.bar-rows .bar-fill').map((bar) => styleOf(bar, '--share')),
      ['25%', '100%'],
    );
  });

  it('says one time where it was seen once, and none where it was not', async () => {
    assert.match((await show({ ...details.logPattern, lastMs: details.logPattern.firstMs })).text(), /seen at \d\d:01:00/);
    assert.doesNotMatch((await show({ ...details.logPattern, change: 'vanished', firstMs: null, lastMs: null })).text(), /seen/);
  });

  it('gives an example unless that is the pattern itself', async () => {
    assert.match((await show(details.logPattern)).get('details').textContent ?? '', /An example.*81f2/);
    assert.equal((await show({ ...details.logPattern, example: details.logPattern.template })).all('details').length, 0);
  });

  it('folds a text of many characters', async () => {
    const page = await show({ ...details.logPattern, template: `${'word <*> '.repeat(200)}end` });
    assert.ok((page.get('.template code').textContent ?? '').length < 1500);
    await page.click('.template .link-button', 'Show all 1,803 characters');
    assert.match(page.get('.template code').textContent ?? '', /end$/);
    await page.click('.template .link-button', 'Show less');
  });
});

describe('a critical path', () => {
  useDom();

  it('places each hop in time, with its own time as a part of its bar', async () => {
    const page = await show({
      ...details.criticalPath,
      totalMs: 1000,
      hops: [{ service: 'a', operation: 'o', startMs: 250, durationMs: 500, selfMs: 125, isError: false }],
    });
    const track = page.get('.hop-track');
    assert.deepEqual(
      ['--from', '--length', '--self'].map((name) => styleOf(track, name)),
      ['25%', '50%', '25%'],
    );
    assert.equal(track.getAttribute('aria-hidden'), 'true');
  });

  it('says the same in words', async () => {
    const page = await show(details.criticalPath);
    assert.match(page.all('.hop')[2]?.textContent ?? '', /^inventory reserveItemsstarts at 96 ms, takes 240 ms, own time 205 ms$/);
    assert.match(page.text(), /^5 hops in 2\.1 s/);
  });

  it('marks the hop that failed, and gives long names whole on hover', async () => {
    const page = await show(details.criticalPath);
    assert.deepEqual(
      page.all('.hop', 'failed').map(({ textContent }) => textContent?.slice(0, 8)),
      ['checkout'],
    );
    assert.equal(page.all('.hop-name')[4]?.title, 'api.cards.example · POST /v2/charges with a name that does not end soon');
  });

  it('gives each service one colour', async () => {
    const page = await show(longPath);
    await page.click('.link-button', 'Show all 34 hops');
    const colours = page.all('.hop-track').map(({ className }) => className);
    assert.equal(colours[0], colours[8]);
    assert.notEqual(colours[0], colours[1]);
  });

  it('shows at first the twelve hops that matter, failed ones among them, in the order of time', async () => {
    const page = await show(longPath);
    const rows = () => page.all('.hop').map(({ textContent }) => Number(/step (\d+)/.exec(textContent ?? '')?.[1]));
    assert.equal(rows().length, 12);
    assert.ok(rows().includes(33));
    assert.deepEqual(
      rows(),
      rows().toSorted((a, b) => a - b),
    );
    await page.click('.link-button', 'Show all 34 hops');
    assert.equal(rows().length, 34);
    assert.equal(page.get('.link-button').getAttribute('aria-expanded'), 'true');
  });

  it('stays within its track whatever the clocks said', async () => {
    const skewed = { service: 'a', operation: 'o', startMs: -50, durationMs: 9000, selfMs: Number.NaN, isError: false };
    const page = await show({ ...details.criticalPath, totalMs: 1000, hops: [skewed, { ...skewed, startMs: 900 }] });
    const at = (index: number) =>
      ['--from', '--length', '--self'].map((name) => Number.parseFloat(styleOf(page.all('.hop-track')[index], name) ?? ''));
    assert.deepEqual(
      [at(0), at(1)?.map(Math.round)],
      [
        [0, 100, 0],
        [90, 10, 0],
      ],
    );
  });
});

describe('a pattern of calls', () => {
  useDom();

  it('says who calls whom, how often and how long', async () => {
    const page = await show(details.tracePattern);
    assert.equal(page.get('.badge').textContent, 'Pattern: N+1 calls');
    assert.equal(
      page.get('.call-shape').textContent,
      'checkout POST /checkoutcalls 214 × 1.9 s in allpostgres · SELECT * FROM prices WHERE sku = ?',
    );
  });

  it('says how many calls reach the end of retries below retries', async () => {
    const page = await show({ ...details.tracePattern, pattern: 'retry storm', reached: 27 });
    assert.match(page.text(), /27 calls reach the end of the chain for one request\.$/);
  });

  it('does without a trace', async () => {
    assert.doesNotMatch((await show({ ...details.tracePattern, traceId: null })).text(), /trace /);
  });
});

describe('a comparison of operations', () => {
  useDom();

  it('has two bars for each on one scale, and the share of the slow-down', async () => {
    const page = await show(details.operationComparison);
    assert.deepEqual(
      page.all('.comparison li').map(({ textContent }) => textContent),
      [
        'payments authorize78 % of the slow-downnormal180 msslow1.7 s',
        'checkout priceCart17 % of the slow-downnormal22 msslow290 ms',
        'inventory reserveItems3 % of the slow-downnormal205 msslow240 ms',
      ],
    );
    const shares = page.all('.bar-fill').map((bar) => Math.round(Number.parseFloat(styleOf(bar, '--share') ?? '')));
    assert.deepEqual(shares, [11, 100, 1, 17, 12, 14]);
  });

  it('folds many operations', async () => {
    const [row] = details.operationComparison.rows;
    const rows = Array.from({ length: 9 }, (_, index) => ({ ...row, operation: `operation ${index}` }));
    const page = await show({ kind: 'operationComparison', rows });
    assert.equal(page.all('.comparison li').length, 6);
    await page.click('.link-button', 'Show all 9 operations');
    assert.equal(page.all('.comparison li').length, 9);
  });

  it('survives having no rows', async () => {
    assert.equal((await show({ kind: 'operationComparison', rows: [] })).text(), '');
  });
});

describe('series that move together', () => {
  useDom();

  it('have a bar to the right for the same way and to the left for the other, and words for which is first', async () => {
    const page = await show(details.movingTogether);
    assert.deepEqual(
      page.all('.moving-row').map(({ textContent }) => textContent),
      [
        'web · errors of express.requestcorrelation 0.97moves 1 min after',
        'checkout · p95 latency of express.requestcorrelation 0.71moves at the same time',
        'payments · requests of http.clientcorrelation -0.88moves the other way 2 min before',
      ],
    );
    const [first, , last] = page.all('.moving-track');
    assert.deepEqual([styleOf(first, '--from'), styleOf(first, '--length')], ['50%', '48.5%']);
    assert.deepEqual([styleOf(last, '--from'), styleOf(last, '--length')], ['6%', '44%']);
  });
});

describe('a detail of a later version', () => {
  useDom();

  it('is left out', async () => {
    assert.equal((await show({ kind: 'hologram' } as never)).container.children.length, 0);
  });
});

describe('details that outsiders wrote to deceive', () => {
  useDom();

  for (const detail of hostileDetails)
    it(`stay text: ${detail.kind}`, async () => {
      const page = await show(detail);
      assert.equal(page.container.querySelectorAll('script, img, a, iframe').length, 0);
      assert.equal(page.all('.detail').length, 1);
    });

  it('keep every bar within its track, whatever the numbers are', async () => {
    const numbers = [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, -1, 0, 1e-300, 0.5, 1e300];
    const sample = fc.sample(
      fc.tuple(fc.constantFrom(...numbers), fc.constantFrom(...numbers), fc.constantFrom(...numbers), fc.constantFrom(...numbers)),
      40,
    );
    const path = (totalMs: number): Detail => ({
      ...details.criticalPath,
      totalMs,
      hops: sample
        .slice(0, 12)
        .map(([startMs, durationMs, selfMs]) => ({ service: 'a', operation: 'o', startMs, durationMs, selfMs, isError: false })),
    });
    for (const totalMs of numbers) {
      const page = await show(path(totalMs));
      for (const track of page.all('.hop-track')) {
        const [from, length, self] = ['--from', '--length', '--self'].map((name) => Number.parseFloat(styleOf(track, name) ?? ''));
        assert.ok(from! >= 0 && length! >= 0 && from! + length! <= 100.001 && self! >= 0 && self! <= 100, `${from} ${length} ${self}`);
      }
    }
  });
});
