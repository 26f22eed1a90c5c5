import assert from 'node:assert/strict';
import { AppError, rateLimited, serverFailed, timedOut, wrongDatadogKeys } from '../../../../src/domain/errors';
import type { SurveyProgress } from '../../../../src/domain/survey';
import { type SurveyDeps, surveyServices } from '../../../../src/investigation/home/surveyServices';
import type { FakeTelemetry } from '../../../fakes/telemetry';
import { createTracedTelemetry, MINUTE_MS, SURVEY_NOW_MS, steadily, stepping, type TracedService } from '../../../fakes/tracedServices';

const log = { info: () => undefined, error: () => undefined };

function survey(
  telemetry: FakeTelemetry,
  {
    env = null as string | null,
    signal = new AbortController().signal,
    ...deps
  }: Partial<SurveyDeps> & { env?: string | null; signal?: AbortSignal } = {},
) {
  const clock = { nowMs: () => SURVEY_NOW_MS };
  return surveyServices(
    { env, hours: 4 },
    { telemetry, clock, log, onProgress: () => undefined, pause: async () => undefined, ...deps },
    signal,
  );
}

const shop: readonly TracedService[] = [
  { service: 'catalog', env: 'prod', requestsPerMin: steadily(600) },
  { service: 'checkout', env: 'prod', errorShare: stepping(0.002, 0.5, 12) },
  { service: 'payments', env: 'prod', p95Ms: stepping(60, 900, 20) },
  { service: 'checkout', env: 'staging' },
];

describe('a survey of services', () => {
  it('says how each stands, the worst first, with what is usual', async () => {
    const { services, envs, problems, window, takenAtMs } = await survey(createTracedTelemetry(shop));
    assert.deepEqual(
      services.map(({ id, service, env, state, usualBasis }) => [id, service, env, state, usualBasis]),
      [
        ['S1', 'checkout', 'prod', 'failing', 'the day before'],
        ['S2', 'payments', 'prod', 'degraded', 'the day before'],
        ['S3', 'catalog', 'prod', 'normal', 'the day before'],
        ['S4', 'checkout', 'staging', 'normal', 'the day before'],
      ],
    );
    assert.deepEqual([envs, problems, takenAtMs], [['prod', 'staging'], [], SURVEY_NOW_MS]);
    assert.equal(window.toMs, SURVEY_NOW_MS - 30_000);
    assert.equal(services[2]?.link, 'https://example.test/spans');
  });

  it('finds what is unusual, since when and how far, with the query that shows it', async () => {
    const { anomalies, seriesCount } = await survey(createTracedTelemetry(shop));
    assert.deepEqual(
      anomalies.map(({ id, service, env, signal, direction, endedMs }) => [id, service, env, signal, direction, endedMs]),
      [
        ['A1', 'checkout', 'prod', 'errors', 'above', null],
        ['A2', 'payments', 'prod', 'latency', 'above', null],
      ],
    );
    const [errors, latency] = anomalies;
    assert.ok(Math.abs((errors?.beganMs ?? 0) - (SURVEY_NOW_MS - 12 * MINUTE_MS)) <= MINUTE_MS);
    assert.ok((errors?.value ?? 0) > 0.45 && (errors?.expected ?? 1) < 0.01);
    assert.ok((latency?.value ?? 0) > 850 && (latency?.expected ?? 0) < 70);
    assert.match(errors?.query ?? '', /^sum:trace\.express\.request\.errors\{env:prod,service:checkout\}/);
    assert.equal(errors?.link, 'https://example.test/metric');
    assert.ok((errors?.points.length ?? 0) > 100 && (errors?.points.length ?? 0) <= 120);
    assert.ok(Math.max(...(errors?.points ?? []).map(([, value]) => value ?? 0)) > 0.45);
    assert.equal(seriesCount, 12);
  });

  it('finds requests that stay away altogether', async () => {
    const { services, anomalies } = await survey(
      createTracedTelemetry([{ service: 'checkout', requestsPerMin: (minutesAgo) => (minutesAgo <= 15 ? 0 : 120) }]),
    );
    assert.equal(services[0]?.state, 'silent');
    assert.deepEqual(
      anomalies.map(({ signal, direction, value }) => [signal, direction, value]),
      [['traffic', 'below', 0]],
    );
  });

  it('finds nothing where all is quiet, and says how much was looked at', async () => {
    const quiet = Array.from({ length: 5 }, (_, at) => ({ service: `s${at}`, requestsPerMin: steadily(100 + at, 0.1) }));
    const { anomalies, services, seriesCount } = await survey(createTracedTelemetry(quiet));
    assert.deepEqual([anomalies, services.length, seriesCount], [[], 5, 15]);
    assert.ok(services.every(({ state }) => state === 'normal'));
  });

  it('does not take for news what happens every day at this time', async () => {
    const nightly = (minutesAgo: number) => (minutesAgo % 1440 <= 40 ? 900 : 60);
    assert.deepEqual((await survey(createTracedTelemetry([{ service: 'reports', p95Ms: nightly }]))).anomalies, []);
  });

  it('keeps what is over, after what goes on', async () => {
    const earlier = (minutesAgo: number) => (minutesAgo > 100 && minutesAgo <= 130 ? 900 : 60);
    const { anomalies } = await survey(
      createTracedTelemetry([
        { service: 'payments', p95Ms: earlier },
        { service: 'checkout', p95Ms: stepping(60, 900, 10) },
      ]),
    );
    assert.deepEqual(
      anomalies.map(({ service, endedMs }) => [service, endedMs === null]),
      [
        ['checkout', true],
        ['payments', false],
      ],
    );
    assert.ok(Math.abs((anomalies[1]?.endedMs ?? 0) - (SURVEY_NOW_MS - 100 * MINUTE_MS)) <= 2 * MINUTE_MS);
  });

  it('leaves out what was over before the hours that are watched', async () => {
    const longAgo = (minutesAgo: number) => (minutesAgo > 260 && minutesAgo <= 290 ? 900 : 60);
    assert.deepEqual((await survey(createTracedTelemetry([{ service: 'payments', p95Ms: longAgo }]))).anomalies, []);
  });

  it('asks three times, for one environment only when one is named', async () => {
    const telemetry = createTracedTelemetry(shop);
    const { services, env, apiCalls } = await survey(telemetry, { env: 'staging' });
    assert.deepEqual([services.map(({ service }) => service), env, apiCalls], [['checkout'], 'staging', 3]);
    assert.deepEqual(
      telemetry.asked.map(({ method }) => method),
      ['listMetrics', 'queryMetrics', 'queryMetrics'],
    );
  });

  it('picks an environment out of the answers when no query can hold its name', async () => {
    const odd = [...shop, { service: 'odd', env: 'my env' }];
    assert.deepEqual(
      (await survey(createTracedTelemetry(odd), { env: 'my env' })).services.map(({ service }) => service),
      ['odd'],
    );
  });

  it('has nothing to say of an account that traces nothing, after two calls', async () => {
    const telemetry = createTracedTelemetry([], { metrics: ['system.cpu.user'] });
    const { services, anomalies, seriesCount, problems } = await survey(telemetry);
    assert.deepEqual([services, anomalies, seriesCount, problems], [[], [], 0, []]);
    assert.ok(telemetry.asked.length <= 2);
  });

  it('looks at the operations most like entries, and says what it left out', async () => {
    const metrics = Array.from({ length: 30 }, (_, at) => `trace.op${at}.query.hits`);
    const telemetry = createTracedTelemetry(shop, { metrics: [...metrics, 'trace.express.request.hits'] });
    const { services, problems } = await survey(telemetry);
    assert.equal(services.length, 4);
    assert.match(problems[0] ?? '', /^Of 31 traced operations the 16 /);
  });

  it('looks at the busiest of very many services, and says so', async () => {
    const crowd = Array.from({ length: 230 }, (_, at) => ({
      service: `s${at}`,
      requestsPerMin: (minutesAgo: number) => (minutesAgo < 25 ? 300 - at : 0),
    }));
    const { services, problems } = await survey(createTracedTelemetry(crowd));
    assert.equal(services.length, 200);
    assert.ok(services.every(({ service }) => Number(service.slice(1)) < 200));
    assert.match(problems[0] ?? '', /^Of 230 services the 200 with the most requests/);
  });

  it('tells how far it is, never less than before', async () => {
    const told: SurveyProgress[] = [];
    await survey(createTracedTelemetry(shop), { onProgress: (progress) => told.push(progress) });
    const shares = told.map(({ share }) => share);
    assert.deepEqual(
      shares,
      shares.toSorted((a, b) => a - b),
    );
    assert.ok(shares.every((share) => share >= 0 && share < 1));
    assert.match(told.at(-1)?.doing ?? '', /^Looking at \w+ \(4 of 4\)$/);
  });

  it('lets others have a turn after each service', async () => {
    let turns = 0;
    const pause = async () => {
      turns += 1;
    };
    await survey(createTracedTelemetry(shop), { pause });
    assert.equal(turns, 4);
  });
});

describe('a survey that meets faults', () => {
  it('tries common operations when the names cannot be listed', async () => {
    const faults = { listMetrics: rateLimited('Datadog', 30) };
    const { services, problems } = await survey(createTracedTelemetry(shop, { faults }));
    assert.deepEqual([services.length, problems], [4, ['Datadog is limiting requests. Try again in 30 s.']]);
  });

  it('does without the day before', async () => {
    let asked = 0;
    const fail = (method: string) => {
      asked += method === 'queryMetrics' ? 1 : 0;
      if (asked === 2) throw timedOut('Datadog', 20);
    };
    const { services, problems, anomalies } = await survey(createTracedTelemetry(shop, { before: fail }));
    assert.deepEqual(
      services.map(({ usualBasis }) => usualBasis),
      services.map(() => 'earlier today'),
    );
    assert.equal(anomalies.length, 2);
    assert.match(problems[0] ?? '', /did not answer within 20 s/);
  });

  for (const error of [serverFailed('Datadog', 503), rateLimited('Datadog', null), timedOut('Datadog', 20)])
    it(`fails with the sentence of the newest hours: ${error.message}`, async () => {
      await assert.rejects(survey(createTracedTelemetry(shop, { faults: { queryMetrics: error } })), error);
    });

  it('fails with the keys rather than to try on without any', async () => {
    const error = wrongDatadogKeys('datadoghq.eu');
    await assert.rejects(survey(createTracedTelemetry(shop, { faults: { listMetrics: error, queryMetrics: error } })), error);
    const none = new AppError('configuration', 'No keys.');
    const telemetry = createTracedTelemetry(shop, { faults: { listMetrics: none } });
    await assert.rejects(survey(telemetry), none);
    assert.equal(telemetry.asked.length, 1);
  });

  it('does not hide a fault of its own', async () => {
    await assert.rejects(survey(createTracedTelemetry(shop, { faults: { listMetrics: new TypeError('x is no function') } })), TypeError);
  });

  it('stops at once when it is called off, while it asks and while it looks', async () => {
    for (const stopAt of ['queryMetrics', 'look']) {
      const controller = new AbortController();
      const reason = new AppError('cancelled', 'Enough.');
      const telemetry = createTracedTelemetry(shop, {
        before: (method) => method === stopAt && controller.abort(reason),
      });
      const pause = async () => void (stopAt === 'look' && controller.abort(reason));
      await assert.rejects(survey(telemetry, { signal: controller.signal, pause }), reason);
    }
  });
});
