import assert from 'node:assert/strict';
import { join } from 'node:path';
import { createDatadogTelemetry } from '../../../src/datadog/telemetry';
import { AppError } from '../../../src/domain/errors';
import type { Telemetry } from '../../../src/domain/ports';
import { surveyServicesOnce } from '../../../src/engine/home';
import { readRecording } from '../../../src/recording/readRecording';
import { apiRoutes } from '../../../src/sandbox/api/apiRoutes';
import { createFixedClock } from '../../../src/sandbox/clock';
import { loadRecording } from '../../../src/sandbox/loadRecording';
import { type Sandbox, startSandbox } from '../../../src/sandbox/server';
import { type ScriptedServer, sendJson, startScriptedServer } from '../../fakes/scriptedServer';
import { createTracedTelemetry, SURVEY_NOW_MS, steadily } from '../../fakes/tracedServices';

const log = { info: () => undefined, error: () => undefined };
const never = new AbortController().signal;
const recordings = join(__dirname, '..', '..', '..', 'media', 'demo', 'recordings');
const retry = { maxRetries: 1, firstRetryMs: 1, maxPauseMs: 50 };

const connect = (url: string, timeoutSec = 20) =>
  createDatadogTelemetry({ site: 'datadoghq.eu', baseUrl: url, apiKey: 'api', appKey: 'app', timeoutSec, log, retry });

const survey = (telemetry: Telemetry, nowMs: number, { env = null as string | null, signal = never } = {}) =>
  surveyServicesOnce({ env, hours: 4 }, { telemetry, log, onProgress: () => undefined, clock: { nowMs: () => nowMs } }, signal);

describe('a survey of the demo shop', () => {
  let sandbox: Sandbox;

  // Datadog's client takes seconds to load when the machine is busy.
  before(async function () {
    this.timeout(120_000);
    await import('../../../src/datadog/client');
  });
  afterEach(() => sandbox.close());

  const surveyOf = async (id: string) => {
    const recording = await readRecording(join(recordings, id));
    sandbox = await startSandbox({
      routes: apiRoutes,
      clock: createFixedClock(recording.nowMs),
      retention: { maxAgeMs: Number.POSITIVE_INFINITY },
      apiKey: 'api',
      appKey: 'app',
    });
    loadRecording(sandbox.store, recording);
    return survey(connect(sandbox.url), recording.nowMs);
  };

  for (const [id, service, signal] of [
    ['throwing-path', 'checkout', 'errors'],
    ['acquirer-outage', 'payments', 'errors'],
    ['n-plus-one', 'catalog', 'latency'],
  ] as const)
    it(`sees in ${id} that ${signal} of ${service} are not as usual, in three calls`, async () => {
      const { services, anomalies, apiCalls, problems, envs } = await surveyOf(id);
      const found = anomalies.filter((one) => one.service === service && one.signal === signal);
      assert.deepEqual(
        found.map(({ endedMs }) => endedMs),
        [null],
      );
      const [ours] = services.filter((one) => one.service === service);
      assert.notEqual(ours?.state, 'normal');
      assert.deepEqual([services.length, apiCalls, problems, envs], [4, 3, [], ['demo']]);
    });
});

describe('surveys one after the other', () => {
  const shop = () => createTracedTelemetry([{ service: 'catalog', env: 'prod' }]);

  it('cost no call within a minute, and are made anew after it', async () => {
    const telemetry = shop();
    const first = await survey(telemetry, SURVEY_NOW_MS);
    assert.equal(await survey(telemetry, SURVEY_NOW_MS + 59_000), first);
    assert.equal(telemetry.asked.length, 3);
    assert.notEqual(await survey(telemetry, SURVEY_NOW_MS + 61_000), first);
    assert.equal(telemetry.asked.length, 6);
  });

  it('are told apart by environment and account', async () => {
    const telemetry = shop();
    await survey(telemetry, SURVEY_NOW_MS);
    assert.equal((await survey(telemetry, SURVEY_NOW_MS, { env: 'prod' })).env, 'prod');
    await survey(shop(), SURVEY_NOW_MS);
    assert.equal(telemetry.asked.length, 6);
  });

  it('are made anew at once when something could not be looked at', async () => {
    const telemetry = createTracedTelemetry([{ service: 'catalog', requestsPerMin: steadily(90) }], {
      faults: { listMetrics: new AppError('rate_limited', 'Slow down.') },
    });
    await survey(telemetry, SURVEY_NOW_MS);
    assert.deepEqual((await survey(telemetry, SURVEY_NOW_MS)).problems, ['Slow down.']);
    assert.equal(telemetry.asked.length, 6);
  });
});

describe('a survey over a bad line', () => {
  let server: ScriptedServer;

  afterEach(() => server.close());

  it('says that Datadog limits requests, after it has tried again', async () => {
    server = await startScriptedServer((response) => sendJson(response, { errors: ['rate limit'] }, 429));
    await assert.rejects(survey(connect(server.url), SURVEY_NOW_MS), /is limiting requests/);
  });

  it('says that Datadog failed', async () => {
    server = await startScriptedServer((response) => sendJson(response, { errors: [] }, 503));
    await assert.rejects(survey(connect(server.url), SURVEY_NOW_MS), /failed with status 503/);
  });

  it('says that Datadog did not answer, and ends at once when it is called off', async () => {
    server = await startScriptedServer(() => undefined);
    await assert.rejects(survey(connect(server.url, 0.05), SURVEY_NOW_MS), /did not answer within/);
    const controller = new AbortController();
    const asked = survey(connect(server.url), SURVEY_NOW_MS, { signal: controller.signal });
    setImmediate(() => controller.abort(new AppError('cancelled', 'Enough.')));
    await assert.rejects(asked, /Enough/);
  });
});
