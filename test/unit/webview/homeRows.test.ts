import assert from 'node:assert/strict';
import { choosableEnvs, homeRows, isTroubled } from '../../../webview/homeRows';
import { homeSnapshots, report, service } from '../../fixtures/homeSnapshots';

const { busy, quiet, first } = homeSnapshots;

describe('the rows of Home', () => {
  it('keep the order of the survey, with the services of alerts first', () => {
    const services = [service({ service: 'worst', state: 'failing' }), service({ service: 'checkout', state: 'normal' })];
    const rows = homeRows({ ...busy, survey: { ...busy.survey, report: report({ services }) } }, null);
    assert.deepEqual(
      rows.services.map(({ service: name, state }) => [name, state]),
      [
        ['checkout', 'alerting'],
        ['worst', 'failing'],
      ],
    );
  });

  it('take an alert for that of a service only in its own environment, and a warning for none', () => {
    const services = [service({ service: 'checkout', env: 'staging' }), service({ service: 'catalog', env: 'staging' })];
    const rows = homeRows({ ...busy, survey: { ...busy.survey, report: report({ services }) } }, null);
    assert.deepEqual(
      rows.services.map(({ state }) => state),
      ['normal', 'normal'],
    );
  });

  it('are those of one environment, with alerts that name none', () => {
    const items = [...busy.alerts.items, { ...busy.alerts.items[0]!, key: 'monitor:3', env: null }];
    const rows = homeRows({ ...busy, alerts: { ...busy.alerts, items } }, 'staging');
    assert.deepEqual(
      rows.alerts.map(({ key }) => key),
      ['monitor:2', 'monitor:3'],
    );
    assert.deepEqual([...new Set([...rows.services, ...rows.ongoing, ...rows.over].map(({ env }) => env))], ['staging']);
  });

  it('tell what goes on from what is over', () => {
    const { ongoing, over } = homeRows(busy, null);
    assert.deepEqual([ongoing.map(({ id }) => id), over.map(({ id }) => id)], [['A1', 'A2', 'A3'], ['A4']]);
  });

  it('are none before the first survey', () => {
    assert.deepEqual(homeRows(first, null), { alerts: [], ongoing: [], over: [], services: [] });
  });

  it('offer environments only where there is a choice', () => {
    assert.deepEqual([choosableEnvs(busy), choosableEnvs(quiet), choosableEnvs(first)], [['prod', 'staging'], [], []]);
  });

  it('are troubled unless they are as usual, new, or merely unusual', () => {
    const states = ['alerting', 'failing', 'silent', 'degraded', 'unusual', 'normal', 'unknown'] as const;
    assert.deepEqual(
      states.filter((state) => isTroubled({ ...service({ service: 'x' }), state })),
      ['alerting', 'failing', 'silent', 'degraded'],
    );
  });
});
