import assert from 'node:assert/strict';
import { missingPermission, noDatadogKeys, timedOut, wrongDatadogKeys } from '../../../../src/domain/errors';
import { accessChecks } from '../../../../src/investigation/setup/accessChecks';
import { setupFacts } from '../../../fakes/setupFacts';

const checked = (given: Parameters<typeof setupFacts>[0]) => {
  const checks = accessChecks(setupFacts(given));
  const [keys, site, permissions] = checks;
  assert.ok(keys && site && permissions);
  assert.deepEqual(
    checks.map(({ id }) => id),
    ['keys', 'site', 'permissions'],
  );
  return { keys, site, permissions };
};

describe('checks of the access to Datadog', () => {
  it('are content with keys that are accepted and may read everything', () => {
    const { keys, site, permissions } = checked({});
    assert.deepEqual([keys.status, site.status, permissions.status], ['ok', 'ok', 'ok']);
    assert.deepEqual([keys.fix, site.fix, permissions.fix], [null, null, null]);
    assert.equal(permissions.detail, 'It may read monitors, logs.');
  });

  it('lead to the keys where none are stored, with what the workspace says about the site', () => {
    const { keys, site, permissions } = checked({
      site: null,
      accessFailure: noDatadogKeys(),
      siteHints: [{ site: 'us5.datadoghq.com', where: '.env' }],
    });
    assert.deepEqual([keys.status, keys.fix?.kind], ['problem', 'configure']);
    assert.deepEqual([site.status, site.detail], ['unknown', '.env names the site us5.datadoghq.com.']);
    assert.equal(permissions.status, 'unknown');
    assert.equal(checked({ site: null }).site.detail, 'It is asked for with the keys.');
  });

  it('suspect the site where keys are refused, most of all where a file names another one', () => {
    const accessFailure = wrongDatadogKeys('datadoghq.eu');
    const { keys, site } = checked({ accessFailure });
    assert.deepEqual([keys.status, keys.fix?.kind], ['problem', 'configure']);
    assert.deepEqual([site.status, site.fix?.kind], ['problem', 'setting']);
    assert.match(site.detail, /^datadoghq\.eu does not know the keys/);
    const hinted = checked({ accessFailure, siteHints: [{ site: 'datadoghq.com', where: 'compose.yaml' }] }).site;
    assert.deepEqual([hinted.status, hinted.fix], ['problem', { kind: 'setting', title: 'Change the site', key: 'aidog.datadog.site' }]);
    assert.match(hinted.detail, /^AIDog asks datadoghq\.eu, but compose\.yaml names the site datadoghq\.com\./);
  });

  it('only warn of another site in a file while the keys are accepted, and not of the same one', () => {
    assert.equal(checked({ siteHints: [{ site: 'datadoghq.com', where: '.env' }] }).site.status, 'warning');
    assert.equal(checked({ siteHints: [{ site: 'datadoghq.eu', where: '.env' }] }).site.status, 'ok');
  });

  it('know nothing about keys while Datadog cannot be reached', () => {
    const { keys, site, permissions } = checked({ accessFailure: timedOut('Datadog', 20) });
    assert.deepEqual([keys.status, site.status, permissions.status], ['unknown', 'unknown', 'unknown']);
    assert.match(keys.detail, /did not answer within 20 s/);
    assert.equal(site.fix?.kind, 'setting');
  });

  it('name each permission that the application key lacks, with the page where it is given', () => {
    const probes = [
      { shows: 'logs', failure: missingPermission('logs_read_data', 'logs') },
      { shows: 'events', failure: null },
    ];
    const { keys, permissions } = checked({ probes });
    assert.equal(keys.status, 'ok');
    assert.deepEqual([permissions.status, permissions.detail], ['warning', 'The application key lacks logs_read_data (logs).']);
    assert.deepEqual(permissions.fix, {
      kind: 'page',
      title: 'Open the application keys in Datadog',
      url: 'https://app.datadoghq.eu/organization-settings/application-keys',
    });
    const regional = checked({ probes, site: 'us5.datadoghq.com' }).permissions.fix;
    assert.equal(regional?.kind === 'page' && regional.url, 'https://us5.datadoghq.com/organization-settings/application-keys');
  });

  it('call it a problem where monitors or spans may not be read', () => {
    const { keys, permissions } = checked({ accessFailure: missingPermission('monitors_read', 'monitors') });
    assert.deepEqual([keys.status, permissions.status], ['ok', 'problem']);
    const spans = [{ shows: 'spans', failure: missingPermission('apm_read', 'spans') }];
    assert.equal(checked({ probes: spans }).permissions.status, 'problem');
  });

  it('do not take a failure for a missing permission', () => {
    const { permissions } = checked({ probes: [{ shows: 'logs', failure: timedOut('Datadog', 20) }] });
    assert.equal(permissions.status, 'unknown');
    assert.match(permissions.detail, /did not answer/);
  });
});
