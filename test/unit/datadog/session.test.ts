import assert from 'node:assert/strict';
import { createDatadogTelemetry } from '../../../src/datadog/telemetry';
import { AppError } from '../../../src/domain/errors';
import type { Telemetry } from '../../../src/domain/ports';
import { type Answer, type ScriptedServer, sendJson, startScriptedServer } from '../../fakes/scriptedServer';

const told: string[] = [];
const quiet = { info: (message: string) => void told.push(message), error: () => {} };
const never = new AbortController().signal;
const window = { fromMs: 1_760_000_000_000, toMs: 1_760_000_600_000 };
const anyLogs = { query: '*', window, limit: 10 };

describe('the Datadog adapter on a bad network', () => {
  const servers: ScriptedServer[] = [];
  afterEach(async () => {
    for (const server of servers.splice(0)) await server.close();
  });

  async function against(answer: Answer, timeoutSec = 5): Promise<{ telemetry: Telemetry; server: ScriptedServer }> {
    const server = await startScriptedServer(answer);
    servers.push(server);
    return { server, telemetry: open(server.url, timeoutSec) };
  }

  function open(baseUrl: string, timeoutSec = 5): Telemetry {
    const retry = { firstRetryMs: 1, maxPauseMs: 1500 };
    return createDatadogTelemetry({ site: 'datadoghq.com', baseUrl, apiKey: 'api', appKey: 'app', timeoutSec, log: quiet, retry });
  }

  async function failure(work: Promise<unknown>): Promise<AppError> {
    const error = await work.then(
      () => assert.fail('it should have failed'),
      (thrown: unknown) => thrown,
    );
    assert.ok(error instanceof AppError, `not a sentence for a person: ${error}`);
    return error;
  }

  it('asks again after a 429 once the reset that Datadog names has passed', async () => {
    const { telemetry, server } = await against((response, _, number) =>
      number === 0 ? sendJson(response, { errors: ['Too many'] }, 429, { 'x-ratelimit-reset': '1' }) : sendJson(response, { data: [] }),
    );
    assert.deepEqual(await telemetry.searchLogs(anyLogs, never), []);
    assert.equal(server.requests.length, 2);
    assert.equal(telemetry.apiCalls(), 2);
    assert.match(told.join('\n'), /again in 1000 ms/);
  });

  it('does not wait for a far reset but says when to try again', async () => {
    const { telemetry, server } = await against((response) =>
      sendJson(response, { errors: ['Too many'] }, 429, { 'x-ratelimit-reset': '1800', 'x-ratelimit-remaining': '0' }),
    );
    const error = await failure(telemetry.searchLogs(anyLogs, never));
    assert.equal(error.kind, 'rate_limited');
    assert.match(error.message, /1800 s/);
    assert.equal(server.requests.length, 1);
  });

  it('gives up with the rate limit when 429 goes on for long', async () => {
    const { telemetry, server } = await against((response) => sendJson(response, { errors: ['Too many'] }, 429));
    assert.equal((await failure(telemetry.searchLogs(anyLogs, never))).kind, 'rate_limited');
    assert.equal(server.requests.length, 4);
  });

  it('spends no call on an operation whose budget is known to be used up', async () => {
    const { telemetry, server } = await against((response) =>
      sendJson(response, { data: [] }, 200, { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '600' }),
    );
    await telemetry.searchLogs(anyLogs, never);
    const error = await failure(telemetry.searchLogs({ ...anyLogs, query: 'other' }, never));
    assert.match(error.message, /limiting requests. Try again in (599|600) s/);
    assert.equal(server.requests.length, 1);
    await telemetry.searchSpans(anyLogs, never);
    assert.equal(server.requests.length, 2, 'another operation has its own budget');
  });

  it('recovers from passing 5xx and broken connections', async () => {
    const { telemetry, server } = await against((response, _, number) => {
      if (number === 0) response.writeHead(502, { 'content-type': 'text/html' }).end('<html>Bad gateway</html>');
      else if (number === 1) response.destroy();
      else sendJson(response, { data: [] });
    });
    assert.deepEqual(await telemetry.searchLogs(anyLogs, never), []);
    assert.equal(server.requests.length, 3);
  });

  it('follows no redirection, which would carry the keys elsewhere', async () => {
    const { server: elsewhere } = await against((response) => sendJson(response, { data: [] }));
    const { telemetry } = await against((response) => response.writeHead(307, { location: `${elsewhere.url}/api` }).end());
    const error = await failure(telemetry.searchLogs(anyLogs, never));
    assert.equal(error.kind, 'not_found');
    assert.match(error.message, /Check the Datadog site, and the address/);
    assert.equal(elsewhere.requests.length, 0);
  });

  it('names the status when 5xx stays, without showing the HTML that came with it', async () => {
    const { telemetry } = await against((response) => response.writeHead(503).end('<html><script>alert(1)</script></html>'));
    const error = await failure(telemetry.searchLogs(anyLogs, never));
    assert.equal(error.kind, 'server');
    assert.match(error.message, /status 503/);
    assert.doesNotMatch(error.message, /script/);
  });

  it('says that a server which hangs did not answer in time', async () => {
    const { telemetry, server } = await against(() => {}, 0.05);
    const error = await failure(telemetry.searchLogs(anyLogs, never));
    assert.match(error.message, /did not answer within 0.05 s/);
    assert.equal(server.requests.length, 1);
  });

  it('says so when a body keeps ending early', async () => {
    const { telemetry, server } = await against((response) => {
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': '1000' });
      response.write('{"data": [', () => response.destroy());
    });
    assert.equal((await failure(telemetry.searchLogs(anyLogs, never))).kind, 'bad_answer');
    assert.equal(server.requests.length, 4);
  });

  it('does not take half a JSON text, or the page of a proxy, for an empty answer', async () => {
    for (const body of ['{"data": [{"id": "1", "attr', '<html>Please log in</html>']) {
      const { telemetry } = await against((response) => response.writeHead(200, { 'content-type': 'application/json' }).end(body));
      const error = await failure(telemetry.searchLogs(anyLogs, never));
      assert.equal(error.kind, 'bad_answer');
      assert.match(error.message, /request for logs that cannot be read/);
    }
  });

  it('says that an answer of another shape cannot be read', async () => {
    const { telemetry } = await against((response) => sendJson(response, [{ nonsense: true }]));
    assert.equal((await failure(telemetry.listMonitors({}, never))).kind, 'bad_answer');
  });

  it('names the address that cannot be reached', async () => {
    const { server } = await against(() => {});
    await server.close();
    const error = await failure(open(server.url).searchLogs(anyLogs, never));
    assert.equal(error.kind, 'unreachable');
    assert.ok(error.message.includes(new URL(server.url).host));
  });

  it('stops at once when cancelled while it waits for an answer', async () => {
    const controller = new AbortController();
    const { telemetry, server } = await against(() => controller.abort(new Error('enough')));
    await assert.rejects(telemetry.searchLogs(anyLogs, controller.signal), /enough/);
    assert.equal(server.requests.length, 1);
  });

  it('stops at once when cancelled while it sleeps before a retry', async () => {
    const controller = new AbortController();
    const { telemetry, server } = await against((response) => {
      sendJson(response, { errors: [] }, 429, { 'x-ratelimit-reset': '1.4' });
      setTimeout(() => controller.abort(new Error('enough')), 50);
    });
    await assert.rejects(telemetry.searchLogs(anyLogs, controller.signal), /enough/);
    assert.equal(server.requests.length, 1);
  });

  it('sends nothing when cancelled before', async () => {
    const { telemetry, server } = await against((response) => sendJson(response, { data: [] }));
    await assert.rejects(telemetry.searchLogs(anyLogs, AbortSignal.abort(new Error('too late'))), /too late/);
    assert.equal(server.requests.length, 0);
  });

  it('keeps no more than six requests on the wire', async () => {
    let open = 0;
    let most = 0;
    const { telemetry } = await against((response) => {
      open += 1;
      most = Math.max(most, open);
      setTimeout(() => {
        open -= 1;
        sendJson(response, { data: [] });
      }, 20);
    });
    await Promise.all(Array.from({ length: 20 }, (_, at) => telemetry.searchLogs({ ...anyLogs, query: `q${at}` }, never)));
    assert.equal(most, 6);
    assert.equal(telemetry.apiCalls(), 20);
  });

  it('asks once for what was asked before or is being asked', async () => {
    const { telemetry, server } = await against((response) => sendJson(response, { data: [] }));
    await Promise.all([telemetry.searchLogs(anyLogs, never), telemetry.searchLogs(anyLogs, never)]);
    await telemetry.searchLogs(anyLogs, never);
    assert.equal(server.requests.length, 1);
    await telemetry.searchLogs({ ...anyLogs, limit: 11 }, never);
    assert.equal(server.requests.length, 2);
  });

  it('asks anew for the state of monitors', async () => {
    const { telemetry, server } = await against((response) => sendJson(response, []));
    await telemetry.listMonitors({}, never);
    await telemetry.listMonitors({}, never);
    assert.equal(server.requests.length, 2);
  });

  it('asks again for what failed', async () => {
    const { telemetry, server } = await against((response, _, number) =>
      number === 0 ? sendJson(response, { errors: ['bad query'] }, 400) : sendJson(response, { data: [] }),
    );
    assert.match((await failure(telemetry.searchLogs(anyLogs, never))).message, /does not accept the query: bad query/);
    await telemetry.searchLogs(anyLogs, never);
    assert.equal(server.requests.length, 2);
  });

  describe('when Datadog refuses', () => {
    const forbidden: Answer = (response) => sendJson(response, { errors: ['Forbidden'] }, 403);

    it('says that the keys are wrong when the first call is refused', async () => {
      const { telemetry } = await against(forbidden);
      const error = await failure(telemetry.searchLogs(anyLogs, never));
      assert.match(error.message, /does not accept these keys/);
    });

    it('says that the keys are wrong for a 401', async () => {
      const { telemetry } = await against((response) => sendJson(response, { errors: ['Unauthorized'] }, 401));
      assert.match((await failure(telemetry.listMonitors({}, never))).message, /does not accept these keys/);
    });

    it('names the permission when Datadog says that it is one', async () => {
      const errors = ['Forbidden', 'Failed permission authorization checks'];
      const { telemetry } = await against((response) => sendJson(response, { errors }, 403));
      const cases: [() => Promise<unknown>, string][] = [
        [() => telemetry.searchLogs(anyLogs, never), 'logs_read_data'],
        [() => telemetry.searchSpans(anyLogs, never), 'apm_read'],
        [() => telemetry.searchErrors(anyLogs, never), 'error_tracking_read'],
        [() => telemetry.searchChanges(window, never), 'events_read'],
        [() => telemetry.queryMetrics(['avg:a{*}'], window, never), 'timeseries_query'],
        [() => telemetry.listMonitors({}, never), 'monitors_read'],
        [() => telemetry.listMetrics(window.fromMs, never), 'metrics_read'],
        [() => telemetry.listDependencies(window, 'prod', never), 'apm_service_catalog_read'],
      ];
      for (const [work, permission] of cases) {
        const error = await failure(work());
        assert.equal(error.kind, 'forbidden');
        assert.ok(error.message.includes(`"${permission}"`), error.message);
      }
    });

    it('takes a bare refusal for a missing permission once the keys have worked', async () => {
      const { telemetry } = await against((response, { path }) =>
        path.includes('spans')
          ? sendJson(response, { errors: [{ status: '403', title: 'Forbidden' }] }, 403)
          : sendJson(response, { data: [] }),
      );
      await telemetry.searchLogs(anyLogs, never);
      assert.match((await failure(telemetry.searchSpans(anyLogs, never))).message, /permission "apm_read"/);
    });

    it('keeps the changes that events tell when the deployments are refused', async () => {
      const attributes = {
        timestamp: '2026-01-01T00:00:00Z',
        message: '',
        tags: ['source:deployment', 'service:a'],
        attributes: { title: 'x' },
      };
      const { telemetry } = await against((response, { path }) =>
        path.includes('dora')
          ? sendJson(response, { errors: ['Forbidden'] }, 403)
          : sendJson(response, { data: [{ id: '1', type: 'event', attributes }] }),
      );
      assert.equal((await telemetry.searchChanges(window, never)).length, 1);
    });
  });

  it('says that a monitor does not exist', async () => {
    const { telemetry } = await against((response) => sendJson(response, { errors: ['Monitor not found'] }, 404));
    const error = await failure(telemetry.getMonitor(42, never));
    assert.equal(error.kind, 'not_found');
    assert.match(error.message, /no monitor 42/);
  });

  it('says what to check when the address leads nowhere', async () => {
    const { telemetry } = await against((response) => sendJson(response, { errors: ['Not found'] }, 404));
    assert.match((await failure(telemetry.searchLogs(anyLogs, never))).message, /has no address for logs/);
  });

  describe('checking access', () => {
    it('tries the API key and then something that needs the application key', async () => {
      const { telemetry, server } = await against((response, { path }) =>
        sendJson(response, path.includes('validate') ? { valid: true } : []),
      );
      await telemetry.checkAccess(never);
      assert.deepEqual(
        server.requests.map(({ path, headers }) => [path, headers['dd-api-key'], headers['dd-application-key']]),
        [
          ['/api/v1/validate', 'api', undefined],
          ['/api/v1/monitor', 'api', 'app'],
        ],
      );
    });

    it('rejects when only the application key is wrong', async () => {
      const { telemetry } = await against((response, { path }) =>
        path.includes('validate') ? sendJson(response, { valid: true }) : sendJson(response, { errors: ['Forbidden'] }, 403),
      );
      assert.match((await failure(telemetry.checkAccess(never))).message, /does not accept these keys/);
    });
  });
});
