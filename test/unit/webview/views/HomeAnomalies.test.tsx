import assert from 'node:assert/strict';
import { useDom } from '../../../fakes/render';
import { renderHome } from '../../../fakes/renderHome';
import { anomaly, homeSnapshots, report } from '../../../fixtures/homeSnapshots';

const { busy, quiet, first, byHand, young, noData } = homeSnapshots;

describe('the anomalies of Home', () => {
  useDom();

  it('say what, how far from what is usual, since when, how sure, and why', async () => {
    const home = await renderHome(busy);
    const card = home.get('article[aria-label="Error rate of checkout, higher than usual"]');
    const text = (card.textContent ?? '').replace(/\s+/g, ' ');
    assert.match(text, /checkout Error rate.*score 98.*49 %.*usually 0\.2 % \(\+48\.8 points\)/);
    assert.match(text, /since \d\d:\d\d, for .*31 times the usual spread above what is usual\./);
    assert.match(
      card.querySelector('svg')?.getAttribute('aria-label') ?? '',
      /Error rate of checkout: 49 % at its farthest, usually 0.2 %/,
    );
  });

  it('lead to the investigation, the page and the query', async () => {
    const home = await renderHome(busy);
    await home.click('vscode-button[title="Investigate storefront"]');
    await home.click('vscode-toolbar-button[title="Open Latency p95 of storefront in Datadog"]');
    await home.click('vscode-toolbar-button[title="Copy query for Latency p95 of storefront"]');
    assert.deepEqual(home.posted.slice(1), [
      { name: 'investigateService', params: { id: 'A2' } },
      { name: 'openAnomaly', params: { id: 'A2' } },
      { name: 'copyQuery', params: { id: 'A2' } },
    ]);
  });

  it('offer no page where there is none', async () => {
    const home = await renderHome(busy);
    const card = home.get('article', 'recommendations-and-cross-selling-engine');
    assert.equal(card.querySelector('[title$="in Datadog"]'), null);
  });

  it('are the six most urgent first, and all on request, since one fault makes many', async () => {
    const anomalies = Array.from({ length: 9 }, (_, at) => anomaly({ id: `A${at}`, service: `s${at}` }));
    const home = await renderHome({ ...busy, survey: { ...busy.survey, report: report({ anomalies }) } });
    assert.equal(home.all('article').length, 6);
    await home.click('vscode-button', 'Show all 9 anomalies');
    assert.equal(home.all('article').length, 9);
  });

  it('are folded away when they are over, with their length', async () => {
    const home = await renderHome(busy);
    assert.match(home.get('details').textContent ?? '', /1 anomaly over by now.*payments.*29 min long/s);
    assert.equal((home.get('details') as HTMLDetailsElement).open, false);
  });

  it('are none in words that say how much was looked at', async () => {
    assert.match((await renderHome(quiet)).text(), /Nothing unusual in the last 4 hours; 2 services, 36 series looked at\./);
    const over = report({ anomalies: [anomaly({ endedMs: 5 })] });
    assert.match((await renderHome({ ...quiet, survey: { ...quiet.survey, report: over } })).text(), /Nothing unusual now; 6 services/);
  });

  it('are unknown rather than none while there is too little history, no service, or no survey', async () => {
    assert.match((await renderHome(young)).text(), /No service has enough history yet/);
    assert.match((await renderHome(noData)).text(), /There is no service whose metrics could be looked at/);
    assert.match((await renderHome(first)).text(), /Looking for what is not as usual/);
    const home = await renderHome(byHand);
    await home.click('vscode-button', 'Look now');
    assert.deepEqual(home.posted.at(-1), { name: 'refresh', params: {} });
  });
});
