import assert from 'node:assert/strict';
import { AppError } from '../../../../src/domain/errors';
import { homeSnapshot } from '../../../../src/ui/home/homeSnapshot';
import type { SurveyState } from '../../../../src/ui/home/surveys';
import type { IncidentsState } from '../../../../src/ui/incidents';
import { sampleIncident } from '../../../fakes/sampleInvestigation';
import { report } from '../../../fixtures/homeSnapshots';

const incidents = (changes: Partial<IncidentsState> = {}): IncidentsState => ({ kind: 'ready', items: [], problem: null, ...changes });
const survey = (changes: Partial<SurveyState> = {}): SurveyState => ({
  kind: 'ready',
  report: report(),
  progress: null,
  problem: null,
  ...changes,
});

describe('the snapshot of Home', () => {
  it('lists alerts as the tree has them, without what the page must not have', () => {
    const open = { ...sampleIncident(7, { state: 'Warn', triggeredAtMs: 5, tags: ['env:prod', 'service:a'] }), link: 'https://x.test/7' };
    const { alerts } = homeSnapshot(incidents({ items: [open] }), survey());
    assert.deepEqual(alerts.items, [
      { key: open.key, title: open.title, service: open.service, env: 'prod', state: 'Warn', sinceMs: 5, hasLink: true },
    ]);
  });

  it('offers no link that is no web page', () => {
    const open = { ...sampleIncident(7), link: 'command:evil' };
    assert.equal(homeSnapshot(incidents({ items: [open] }), survey()).alerts.items[0]?.hasLink, false);
  });

  it('says whether there are keys, once anybody looked', () => {
    const unknown = survey({ kind: 'unknown', report: null });
    assert.equal(homeSnapshot(incidents({ kind: 'unknown' }), unknown).account, 'unknown');
    assert.equal(homeSnapshot(incidents({ kind: 'unconfigured' }), unknown).account, 'missing');
    assert.equal(homeSnapshot(incidents({ kind: 'unknown' }), survey({ kind: 'unconfigured' })).account, 'missing');
    assert.equal(homeSnapshot(incidents(), unknown).account, 'present');
  });

  it('keeps showing alerts while another look is under way, and says why one failed', () => {
    const items = [sampleIncident(1)];
    assert.equal(homeSnapshot(incidents({ kind: 'loading', items }), survey()).alerts.status, 'ready');
    assert.equal(homeSnapshot(incidents({ kind: 'loading' }), survey()).alerts.status, 'waiting');
    const problem = { kind: 'rate_limited' as const, error: new AppError('rate_limited', 'Slow down.') };
    const { alerts } = homeSnapshot(incidents({ kind: 'failed', items, problem }), survey());
    assert.deepEqual([alerts.status, alerts.problem, alerts.items.length], ['failed', 'Slow down.', 1]);
  });

  it('carries the survey as it stands', () => {
    const progress = { doing: 'Reading', share: 0.2 };
    assert.deepEqual(homeSnapshot(incidents(), survey({ kind: 'running', progress })).survey, {
      status: 'running',
      progress,
      report: report(),
      problem: null,
    });
    assert.equal(homeSnapshot(incidents(), survey({ kind: 'unknown' })).survey.status, 'waiting');
    assert.equal(homeSnapshot(incidents(), survey({ kind: 'failed', problem: 'No.' })).survey.problem, 'No.');
  });

  it('is JSON, so that it can cross to the page', () => {
    const snapshot = homeSnapshot(incidents({ items: [sampleIncident(1)] }), survey());
    assert.deepEqual(JSON.parse(JSON.stringify(snapshot)), snapshot);
  });
});
