import assert from 'node:assert/strict';
import type { EventQuery } from '../../../../src/domain/ports';
import { readTraces } from '../../../../src/investigation/perceive/traceWave';
import { Run } from '../../../../src/investigation/run';
import { createRun, gathered } from '../../../fakes/gathered';
import { many, ONSET_MS, request } from '../../../fakes/incidents';
import type { FakeTelemetry } from '../../../fakes/telemetry';

const QUIET_MS = ONSET_MS - 3_000_000;
const answer = <T>(items: readonly T[]) => ({ query: 'q', items });
const ofShop = <T extends { service: string }>(spans: readonly T[]) => spans.filter((span) => span.service === 'shop');

describe('readTraces', () => {
  const quiet = many(20, QUIET_MS, (id, at) => request(id, at, null));
  const loud = many(20, ONSET_MS, (id, at) => request(id, at, { 'error.type': 'E' }));
  const read = gathered({
    errorSpans: answer(ofShop(loud)),
    spans: answer(ofShop(loud)),
    quietSpans: answer(ofShop(quiet)),
  });

  it('fetches a few whole traces of both times in one call', async () => {
    const run = createRun({ spans: [...quiet, ...loud] });
    const traces = await readTraces(read, run);
    const asked = (run.deps.telemetry as FakeTelemetry).asked.map(({ question }) => question as EventQuery);
    assert.equal(asked.length, 1);
    assert.match(asked[0]?.query ?? '', /^trace_id:\(.+ OR .+\)$/);
    assert.ok((asked[0]?.query.split(' OR ').length ?? 99) <= 24);
    assert.ok(traces.during.some((trace) => trace.nodes.some((node) => node.span.service === 'web')));
    assert.ok(traces.before.some((trace) => trace.nodes.some((node) => node.span.service === 'web')));
  });

  it('says so when traces are longer than one answer', async () => {
    const long = Array.from({ length: 1000 }, (_, at) => ({ ...loud[0]!, spanId: `long${at}` }));
    const run = createRun({ spans: long });
    await readTraces(read, run);
    assert.match(run.problems.join(), /^Traces were read up to 1,000 spans/);
    const short = createRun({ spans: [...quiet, ...loud] });
    await readTraces(read, short);
    assert.deepEqual(short.problems, []);
  });

  it('keeps the sampled spans when the whole traces cannot be read', async () => {
    const traces = await readTraces(read, createRun({}));
    assert.equal(traces.during.length, 20);
    assert.equal(traces.before.length, 20);
  });

  it('leaves whole traces out when retries have used up the calls, and says so', async () => {
    const { deps } = createRun({ spans: [...quiet, ...loud] });
    const telemetry = deps.telemetry as FakeTelemetry;
    let calls = 0;
    const run = new Run({ ...deps, telemetry: { ...telemetry, apiCalls: () => calls } }, () => undefined, new AbortController().signal);
    calls = 15;
    const traces = await readTraces(read, run);
    assert.equal(telemetry.asked.length, 0);
    assert.equal(traces.during.length, 20);
    assert.match(run.problems[0] ?? '', /^Whole traces were not read: an investigation makes 15 calls at most/);
  });

  it('asks for the spans of any service when the alerting one has none', async () => {
    const run = createRun({ spans: many(3, ONSET_MS, (id, at) => request(id, at, null)) });
    const traces = await readTraces(gathered(), run);
    const [asked] = (run.deps.telemetry as FakeTelemetry).asked.map(({ question }) => question as EventQuery);
    assert.equal(asked?.query, 'env:prod');
    assert.equal(traces.during.length, 3);
  });

  it('takes traces of each shape, and of both times as many as one answer holds', async () => {
    const rare = request('rare', QUIET_MS, null).map((span) => ({ ...span, resource: `${span.resource}/rare` }));
    const run = createRun({ spans: [...quiet, ...loud, ...rare] });
    const frequent = many(200, QUIET_MS, (id, at) => request(`f${id}`, at, null));
    await readTraces({ ...read, quietSpans: answer([...ofShop(frequent), ...ofShop(rare)]) }, run);
    const [asked] = (run.deps.telemetry as FakeTelemetry).asked.map(({ question }) => question as EventQuery);
    assert.ok(asked?.query.includes(rare[0]?.traceId ?? '?'));
    assert.ok(loud.some(({ traceId }) => asked?.query.includes(traceId)));
  });

  it('asks for fewer traces when each has many spans', async () => {
    const large = Array.from({ length: 20 }, (_, at) =>
      Array.from({ length: 60 }, (__, span) => ({ ...(loud[0] as (typeof loud)[0]), traceId: `t${at}`, spanId: `${at}.${span}` })),
    ).flat();
    const run = createRun({ spans: large });
    await readTraces(gathered({ spans: answer(large) }), run);
    const [asked] = (run.deps.telemetry as FakeTelemetry).asked.map(({ question }) => question as EventQuery);
    assert.equal(asked?.query.split(' OR ').length, 5);
  });

  it('asks for nothing when no service is known', async () => {
    const run = createRun({});
    const found = gathered();
    assert.deepEqual(await readTraces({ ...found, opening: { ...found.opening, service: null } }, run), { during: [], before: [] });
    assert.equal((run.deps.telemetry as FakeTelemetry).asked.length, 0);
  });
});
