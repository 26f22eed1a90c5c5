import assert from 'node:assert/strict';
import type { Forecast } from '../../../../src/domain/forecast';
import { renderPanel, useDom } from '../../../fakes/render';
import { doneCode, doneExternal, starting } from '../../../fixtures/panelSnapshots';

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
      'Threshold of 580 MB',
      'crossed in 33 min',
      '41 of 100',
      'unusual',
      '1 h',
      'statistical (seasonal trend)',
    ])
      assert.ok(text.includes(part), `${part} in ${text}`);
  });

  for (const [score, word] of [
    [71, 'anomalous'],
    [70, 'unusual'],
    [40, 'as usual'],
  ] as const)
    it(`calls an anomaly score of ${score} ${word}`, async () => {
      assert.equal((await show({ anomalyScore: score })).get('.stats .badge').textContent, word);
    });

  for (const [changes, words] of [
    [{ threshold: null, breachInSec: null }, 'Thresholdnone is set'],
    [{ breachInSec: null }, 'Threshold of 580 MBnot crossed within the horizon'],
    [{ breachInSec: 0 }, 'Threshold of 580 MBcrossed already'],
  ] as const)
    it(`says "${words}"`, async () => {
      assert.ok((await show(changes)).get('.stats').textContent?.startsWith(words));
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

  it('says what it waits for, and why there is nothing', async () => {
    assert.match((await renderPanel(starting, { tab: 'forecast' })).text(), /Forecasting…/);
    assert.match((await renderPanel(doneExternal, { tab: 'forecast' })).text(), /no metric of this incident has enough history/);
  });
});
