import assert from 'node:assert/strict';
import type { Forecast } from '../../../../src/domain/forecast';
import type { ForecastActuals } from '../../../../src/domain/forecastActuals';
import { renderPanel, useDom } from '../../../fakes/render';
import { doneCode, doneExternal, failed, NOW_MS, starting, watching } from '../../../fixtures/panelSnapshots';

const forecast = doneCode.found.forecasts?.[0] as Forecast;
const show = (changes: Partial<Forecast>) =>
  renderPanel({ ...doneCode, found: { ...doneCode.found, forecasts: [{ ...forecast, ...changes }] } }, { tab: 'forecast' });

describe('the forecast', () => {
  useDom();

  it('gives the summary, the breach, the anomaly score and the forecaster', async () => {
    const panel = await show({});
    const text = panel.get('[role=tabpanel]').textContent ?? '';
    for (const part of [
      'Memory grows steadily',
      'crosses 580 MB in 33 min, 19 min at the earliest, perhaps not within 1 h',
      '41 of 100',
      'unusual',
      '1 h',
      'built-in model AIDog forecaster, 2.6 M parameters',
    ])
      assert.ok(text.includes(part), `${part} in ${text}`);
  });

  for (const [score, word] of [
    [71, 'anomalous'],
    [70, 'unusual'],
    [40, 'as expected'],
  ] as const)
    it(`calls an anomaly score of ${score} ${word}`, async () => {
      assert.equal((await show({ anomalyScore: score })).get('.stats .badge').textContent, word);
    });

  for (const [changes, words] of [
    [{ threshold: null, breachInSec: null }, 'Thresholdnone is set'],
    [{ breachInSec: null, breachEarliestInSec: null }, 'Thresholddoes not cross 580 MB within 1 h'],
    [{ breachInSec: 0 }, 'Thresholdis above 580 MB already'],
    [{ breachEarliestInSec: 1200, breachLatestInSec: 3000 }, 'Thresholdcrosses 580 MB in 33 min, between 20 and 50 min'],
  ] as const)
    it(`says "${words}"`, async () => {
      assert.ok((await show(changes)).get('.stats').textContent?.startsWith(words));
    });

  it('flags a drop by a badge of its own, which takes the place of "as expected"', async () => {
    const badges = async (changes: Partial<Forecast>) => (await show(changes)).all('.stats .badge').map(({ textContent }) => textContent);
    assert.deepEqual(await badges({ isDrop: true, anomalyScore: 3 }), ['drop']);
    assert.deepEqual(await badges({ isDrop: true, anomalyScore: 90 }), ['anomalous', 'drop']);
  });

  it('says which forecaster answered, and why it was the fallback', async () => {
    const panel = await show({ answeredBy: 'statistical', model: 'statistical: local mean, because the history is short' });
    assert.match(panel.get('.stats').textContent ?? '', /Forecasterstatistical methods local mean, because the history is short$/);
  });

  it('warns of a short history, and draws nothing where there is none', async () => {
    const short = await show({ history: forecast.history.slice(-7) });
    assert.match(short.get('.notice').textContent ?? '', /^The series has only 7 values/);
    assert.equal(short.all('canvas').length, 1);
    const empty = await show({ history: [[0, null]] });
    assert.match(empty.get('.notice').textContent ?? '', /no values to predict from/);
    assert.equal(empty.all('canvas').length, 0);
  });

  it('marks in the list of series those that are remarkable', async () => {
    const panel = await renderPanel(watching, { tab: 'forecast' });
    assert.deepEqual(
      panel.all('vscode-option').map(({ textContent }) => textContent?.trim()),
      [
        'Memory of checkout (crosses in 33 min)',
        'Errors of checkout (anomalous, beyond its threshold)',
        'web · requests of express.request (drop, crosses in 36 min)',
        'coupons · p95 latency of express.request',
      ],
    );
    assert.match(panel.text(), /3 of 4 series are anomalous, dropping or crossing a threshold/);
  });

  it('describes the chart and gives the numbers as a table', async () => {
    const panel = await show({});
    assert.match(panel.get('canvas').getAttribute('aria-label') ?? '', /^At .* the median is 610 MB; in eight of ten cases/);
    const rows = panel.all('.data-table tbody tr').map(({ textContent }) => textContent);
    assert.equal(rows.length, 13);
    assert.match(rows[0] ?? '', /535 MB542 MB550 MB$/);
    assert.match(rows.at(-1) ?? '', /576 MB610 MB650 MB$/);
  });

  it('shows another series when it is chosen, and remembers it', async () => {
    const panel = await renderPanel(doneCode, { tab: 'forecast' });
    const select = panel.get('vscode-single-select') as HTMLElement & { value: string };
    await panel.act(() => {
      select.value = 'F2';
      select.dispatchEvent(new window.Event('change'));
    });
    assert.match(panel.text(), /The error rate stays between 5\.9\/s and 7\.6\/s/);
    assert.equal((panel.saved() as { forecastId: string }).forecastId, 'F2');
  });

  it('shows the first series when the remembered one is gone', async () => {
    const saved = { runId: doneCode.runId, tab: 'forecast', scroll: {}, evidenceKind: null, forecastId: 'F9', chartIndex: 0 };
    assert.match((await renderPanel(doneCode, { saved })).text(), /Memory grows steadily/);
  });

  it('survives a forecast without steps', async () => {
    const panel = await show({ history: [], median: [], p10: [], p90: [] });
    assert.match(panel.text(), /No step is predicted\./);
  });

  it('draws what came since, says whether it was predicted, and puts it into the table', async () => {
    const panel = await renderPanel(watching, { tab: 'forecast' });
    assert.match(
      panel.get('.actuals').textContent ?? '',
      /^13 of 15 new points are inside the band; 2 above it\. Last looked at \d\d:35:12; this goes on/,
    );
    assert.ok(panel.all('.legend li', 'since then').length === 1);
    const [head, first] = [panel.get('.data-table thead').textContent, panel.all('.data-table tbody tr')[0]?.textContent];
    assert.match(head ?? '', /Came$/);
    assert.match(first ?? '', /550 MB54\d MB$/);
    assert.match(panel.all('.data-table tbody tr').at(-1)?.textContent ?? '', /–$/);
  });

  it('says that it is looking, that a look failed, and that the forecast is over', async () => {
    const say = async (actuals: ForecastActuals) =>
      (await renderPanel({ ...watching, actuals: { F1: actuals } }, { tab: 'forecast' })).get('.actuals').textContent ?? '';
    assert.match(await say({ points: [], readAtMs: null, problem: null }), /^No new point has come yet\. Looking for new values…/);
    assert.match(
      await say({ points: [], readAtMs: NOW_MS, problem: 'Datadog did not answer.' }),
      /The last look failed: Datadog did not answer\./,
    );
    assert.match(await say({ points: [], readAtMs: NOW_MS + 7_200_000, problem: null }), /the forecast is over\.$/);
  });

  it('tells the host which forecast is in view, and when none is any more', async () => {
    const panel = await renderPanel(watching, { tab: 'forecast' });
    const watched = () =>
      panel.posted.flatMap(({ name, params }) => (name === 'watchForecast' ? [(params as { id: string | null }).id] : []));
    assert.deepEqual(watched(), ['F1']);
    await panel.send('snapshot', { ...watching, actuals: {} });
    assert.deepEqual(watched(), ['F1']);
    const select = panel.get('vscode-single-select') as HTMLElement & { value: string };
    await panel.act(() => {
      select.value = 'F3';
      select.dispatchEvent(new window.Event('change'));
    });
    assert.deepEqual(watched(), ['F1', null, 'F3']);
    await panel.click('#tab-steps');
    assert.deepEqual(watched(), ['F1', null, 'F3', null]);
  });

  it('asks the host anew when the run has ended', async () => {
    const panel = await renderPanel({ ...watching, status: 'running' }, { tab: 'forecast' });
    await panel.send('snapshot', watching);
    assert.deepEqual(
      panel.posted.filter(({ name }) => name === 'watchForecast').map(({ params }) => params),
      [{ id: 'F1' }, { id: null }, { id: 'F1' }],
    );
  });

  it('says that forecasting failed, and why', async () => {
    const trace = [{ at: '', stage: 'perceive' as const, agent: 'signals.forecast', ms: 1, ok: false, note: 'The model file is broken.' }];
    const panel = await renderPanel({ ...doneExternal, found: { ...doneExternal.found, trace } }, { tab: 'forecast' });
    assert.match(panel.text(), /The forecast failed: The model file is broken\./);
    assert.match((await renderPanel(failed, { tab: 'forecast' })).text(), /ended before anything was forecast/);
  });

  it('says what it waits for, and why there is nothing', async () => {
    assert.match((await renderPanel(starting, { tab: 'forecast' })).text(), /Forecasting…/);
    assert.match((await renderPanel(doneExternal, { tab: 'forecast' })).text(), /no metric of this incident has enough history/);
  });
});
