import assert from 'node:assert/strict';
import { missingPermission, wrongDatadogKeys } from '../../../../src/domain/errors';
import type { SetupCheck } from '../../../../src/domain/setupCheck';
import { diagnoseSetup, type SetupQuestion } from '../../../../src/investigation/setup/diagnoseSetup';
import { SETUP_NOW_MS, SETUP_SHA, taggedSpan } from '../../../fakes/setupFacts';
import { series } from '../../../fakes/spans';
import { createFakeTelemetry, type Method, type World } from '../../../fakes/telemetry';
import { createMemoryRepository } from '../../code/memoryRepository';

const { signal } = new AbortController();
const startSec = SETUP_NOW_MS / 1000 - 600;
const world: World = {
  spans: [taggedSpan({ name: 'web.request' })],
  series: [series([1, 0, 0, 0], { startSec, metric: 'trace.web.request.hits', tags: ['service:shop'] })],
};

function question(given: Partial<SetupQuestion> = {}): SetupQuestion {
  const files = { 'services/checkout/index.js': '', '.env.example': 'DD_SITE=datadoghq.com\n' };
  return {
    telemetry: createFakeTelemetry(world),
    site: 'datadoghq.com',
    environmentHints: [],
    env: null,
    hasFolder: true,
    repositories: [createMemoryRepository({ now: files, trees: { [SETUP_SHA]: files } })],
    repositoryProblems: [],
    clock: { nowMs: () => SETUP_NOW_MS },
    ...given,
  };
}

const byId = (checks: readonly SetupCheck[]) => Object.fromEntries(checks.map((check) => [check.id, check]));
const faulty = (faults: Partial<Record<Method, unknown>>) => createFakeTelemetry(world, { faults });

describe('the diagnosis of a setup', () => {
  it('looks at everything once, in the order in which it is mended, with at most 13 calls', async () => {
    const telemetry = createFakeTelemetry(world);
    const checks = await diagnoseSetup(question({ telemetry }), signal);
    assert.deepEqual(
      checks.map(({ id }) => id),
      ['keys', 'site', 'permissions', 'timeRange', 'sampling', 'gitTags', 'codeOrigin', 'repository', 'serviceLink', 'commit'],
    );
    assert.ok(telemetry.apiCalls() <= 13, `${telemetry.apiCalls()} calls`);
    const { keys, site, timeRange, gitTags, codeOrigin, commit, sampling } = byId(checks);
    assert.deepEqual(
      [keys, site, timeRange, gitTags, codeOrigin, commit, sampling].map((check) => check?.status),
      ['ok', 'ok', 'ok', 'ok', 'ok', 'ok', 'ok'],
    );
  });

  it('reads the site that files of the workspace and the environment name', async () => {
    const inFile = byId(await diagnoseSetup(question({ site: 'datadoghq.eu' }), signal));
    assert.match(inFile.site?.detail ?? '', /\.env\.example names the site datadoghq\.com/);
    const environmentHints = [{ site: 'us3.datadoghq.com', where: 'DD_SITE' }];
    const inEnvironment = byId(await diagnoseSetup(question({ repositories: [], environmentHints }), signal));
    assert.match(inEnvironment.site?.detail ?? '', /DD_SITE names the site us3\.datadoghq\.com/);
  });

  it('says without keys what can be said without them, and asks nobody', async () => {
    const checks = byId(await diagnoseSetup(question({ telemetry: null, site: null }), signal));
    assert.deepEqual([checks.keys?.status, checks.keys?.fix?.kind], ['problem', 'configure']);
    assert.deepEqual([checks.timeRange?.status, checks.gitTags?.status, checks.repository?.status], ['unknown', 'unknown', 'ok']);
  });

  it('turns what fails into a check and goes on with the rest', async () => {
    const refused = byId(await diagnoseSetup(question({ telemetry: faulty({ checkAccess: wrongDatadogKeys('datadoghq.com') }) }), signal));
    assert.equal(refused.keys?.status, 'problem');
    const blind = byId(
      await diagnoseSetup(question({ telemetry: faulty({ searchSpans: missingPermission('apm_read', 'spans') }) }), signal),
    );
    assert.deepEqual([blind.permissions?.status, blind.timeRange?.status, blind.repository?.status], ['problem', 'unknown', 'ok']);
    const uncounted = byId(await diagnoseSetup(question({ telemetry: faulty({ queryMetrics: new Error('down') }) }), signal));
    assert.deepEqual([uncounted.sampling?.status, uncounted.gitTags?.status], ['unknown', 'ok']);
  });

  it('looks a day back where the last hour has no span', async () => {
    const telemetry = createFakeTelemetry({ spans: [taggedSpan({ startMs: SETUP_NOW_MS - 5 * 3_600_000 })] });
    const { timeRange } = byId(await diagnoseSetup(question({ telemetry }), signal));
    assert.equal(timeRange?.status, 'warning');
    assert.equal(telemetry.asked.filter(({ method }) => method === 'searchSpans').length, 2);
  });

  it('searches the environment that is set, as text', async () => {
    const telemetry = createFakeTelemetry(world);
    await diagnoseSetup(question({ telemetry, env: 'prod OR *' }), signal);
    const queries = telemetry.asked.filter(({ method }) => method === 'searchSpans').map(({ question: asked }) => JSON.stringify(asked));
    assert.ok(queries.every((query) => query.includes('env:') && !query.includes('env:prod OR *')));
  });

  it('finds a commit missing that no repository has', async () => {
    const spans = [taggedSpan({ meta: { 'git.commit.sha': 'd'.repeat(40) } })];
    const { commit } = byId(await diagnoseSetup(question({ telemetry: createFakeTelemetry({ spans }) }), signal));
    assert.deepEqual([commit?.status, commit?.fix?.kind], ['warning', 'fetch']);
  });

  it('ends when it is called off', async () => {
    const stop = new AbortController();
    const telemetry = createFakeTelemetry(world, { before: () => stop.abort() });
    await assert.rejects(diagnoseSetup(question({ telemetry }), stop.signal), { name: 'AbortError' });
  });
});
