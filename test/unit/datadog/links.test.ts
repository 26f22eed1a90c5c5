import assert from 'node:assert/strict';
import { pageFor, siteOf } from '../../../src/datadog/links';

const window = { fromMs: 1000, toMs: 2000 };

describe('pageFor', () => {
  it('uses the host that each site has its pages on', () => {
    const host = (site: string) => new URL(pageFor(site, { kind: 'monitor', id: 1 })).host;
    assert.deepEqual(
      ['datadoghq.com', 'datadoghq.eu', 'us3.datadoghq.com', 'ap1.datadoghq.com', 'ddog-gov.com', 'us2.ddog-gov.com'].map(host),
      ['app.datadoghq.com', 'app.datadoghq.eu', 'us3.datadoghq.com', 'ap1.datadoghq.com', 'app.ddog-gov.com', 'us2.ddog-gov.com'],
    );
  });

  it('opens each kind of evidence where it can be looked at, in its time', () => {
    const page = (target: Parameters<typeof pageFor>[1]) => pageFor('datadoghq.com', target);
    assert.equal(page({ kind: 'monitor', id: 7 }), 'https://app.datadoghq.com/monitors/7');
    assert.equal(
      page({ kind: 'logs', query: 'service:a b&c', window }),
      'https://app.datadoghq.com/logs?query=service%3Aa+b%26c&from_ts=1000&to_ts=2000&live=false',
    );
    assert.match(page({ kind: 'spans', query: '@a:1', window }), /\/apm\/traces\?query=%40a%3A1&start=1000&end=2000/);
    assert.match(page({ kind: 'metric', query: 'avg:a{*}', window }), /\/metric\/explorer\?exp_query=avg%3Aa%7B\*%7D&start=1000&end=2000/);
    assert.equal(page({ kind: 'issue', id: 'ab-1' }), 'https://app.datadoghq.com/error-tracking/issue/ab-1');
  });

  it('does not let an id leave its place in the address', () => {
    assert.equal(
      pageFor('datadoghq.com', { kind: 'trace', traceId: '../../x?y#z' }),
      'https://app.datadoghq.com/apm/trace/..%2F..%2Fx%3Fy%23z',
    );
  });
});

describe('siteOf', () => {
  it('knows the site behind an API address of Datadog, and no other', () => {
    assert.equal(siteOf('https://api.datadoghq.eu'), 'datadoghq.eu');
    assert.equal(siteOf('https://api.us3.datadoghq.com/'), 'us3.datadoghq.com');
    for (const other of ['http://127.0.0.1:8126', 'https://datadoghq.com.evil.example', 'https://evildatadoghq.com', 'nonsense'])
      assert.equal(siteOf(other), null);
  });
});
