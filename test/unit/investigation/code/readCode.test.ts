import assert from 'node:assert/strict';
import { parseStack } from '../../../../src/code/frames/parseStack';
import type { Repository } from '../../../../src/domain/ports';
import { readCode } from '../../../../src/investigation/code/readCode';
import type { HeldCommit } from '../../../../src/investigation/gathered';
import { buildTraces } from '../../../../src/signals/traces/traceTree';
import { failure, findings, metric } from '../../../fakes/findings';
import { createRun, gathered } from '../../../fakes/gathered';
import { deployment, GUILTY, INNOCENT, many, NOW_MS, OLD, ONSET_MS, PRICES, repository, request, STACK } from '../../../fakes/incidents';
import { span } from '../../../fakes/spans';

async function held(holder: Repository = repository()): Promise<HeldCommit[]> {
  const commits = await holder.commitsBetween({ fromMs: 0, toMs: NOW_MS }, new AbortController().signal);
  return commits.map((commit) => ({ commit, repository: holder }));
}

const changes = [deployment(OLD, 3000, '1.0.0'), deployment(INNOCENT, 1)];

/** A failing span of the deployed commit, and its evidence among the run's. */
async function read(given: Parameters<typeof findings>[0] = {}) {
  const run = createRun({}, [repository()]);
  const evidence = run.evidence.add({ kind: 'spans', source: 'datadog', query: 'q', window: null, summary: 's', value: null, link: null });
  const error = failure({ evidence, stack: parseStack(STACK), span: span({ spanId: 'a', meta: { 'git.commit.sha': INNOCENT } }) });
  const found = findings({
    onsetMs: ONSET_MS,
    failures: [error],
    during: buildTraces(many(2, ONSET_MS, (id, at) => request(id, at, { 'error.stack': STACK }))),
    ...given,
  });
  return { run, reading: await readCode(gathered({ commits: await held(), changes }), found, run) };
}

describe('readCode', () => {
  it('makes suspects of commits, the one that changed the failing line first, with its place in the working tree', async () => {
    const { reading } = await read();
    const [first] = reading.code.suspects;
    assert.equal(first?.sha, GUILTY);
    assert.equal(first.evidenceClass, 'decisive');
    assert.equal(first.service, 'shop');
    assert.equal(first.workspace?.path, PRICES);
    assert.equal(reading.suspectCommits[0]?.sha, GUILTY);
  });

  it('blames no work that was never pushed, and says so', async () => {
    const local: Repository = { ...repository(), isPushed: async (sha) => sha !== GUILTY };
    const run = createRun({}, [local]);
    const found = findings({ onsetMs: ONSET_MS, failures: [failure({ stack: parseStack(STACK) })] });
    const { suspectCommits, leftOut } = await readCode(gathered({ commits: await held(local) }), found, run);
    assert.ok(suspectCommits.length > 0);
    assert.ok(!suspectCommits.some(({ sha }) => sha === GUILTY));
    assert.match(leftOut ?? '', /^1 commit that no remote branch has was left out/);
  });

  it('gives the line as the deployed commit has it, where a later commit moved it', async () => {
    const holder = repository();
    const moving: Repository = {
      ...holder,
      fileAt: async (sha, path, signal) => {
        const now = await holder.fileAt(sha, path, signal);
        return now !== null && path === PRICES && sha === INNOCENT ? ['// moved', '// down', now].join('\n') : now;
      },
    };
    const commits = await held(moving);
    const run = createRun({}, [moving]);
    const built = { 'git.commit.sha': INNOCENT };
    const during = buildTraces(many(2, ONSET_MS, (id, at) => request(id, at, built)));
    const error = failure({ message: "reading 'tier' of undefined", evidence: 'E1' });
    const { code } = await readCode(gathered({ commits, changes }), findings({ onsetMs: ONSET_MS, failures: [error], during }), run);
    const [still] = (await read({ failures: [error], during })).reading.code.suspects;
    const moved = code.suspects.find(({ sha }) => sha === GUILTY);
    assert.equal(moved?.location?.line, (still?.location?.line ?? 0) + 2);
  });

  it('writes each suspect down with the command that shows it', async () => {
    const { run, reading } = await read();
    const fact = run.evidence.all().find(({ id }) => id === reading.code.suspects[0]?.evidence);
    assert.equal(fact?.query, `git show ${GUILTY}`);
    assert.match(fact?.summary ?? '', /^Commit aaaaaaa by Ada, "Simplify the tier of a customer": /);
  });

  it('places the stack among the evidence', async () => {
    const { run } = await read();
    assert.equal(run.evidence.all()[0]?.stack?.[0]?.frames[0]?.workspace?.path, PRICES);
  });

  it('tells where the code was touched', async () => {
    const { reading } = await read();
    assert.ok(reading.codeHits.some(({ location }) => location.file === PRICES));
  });

  it('judges commits under the likeliest services where no line is known', async () => {
    const { reading } = await read({ failures: [failure({ message: "reading 'tier' of undefined" })], during: [] });
    assert.equal(reading.code.place, null);
    assert.ok(reading.suspectCommits.length > 0);
  });

  it('reads nothing where no repository is open', async () => {
    const run = createRun();
    const { code, suspectCommits, codeHits } = await readCode(gathered(), findings(), run);
    assert.deepEqual([code.hasRepository, code.suspects, suspectCommits, codeHits], [false, [], [], []]);
    assert.deepEqual(run.problems, []);
  });

  it('judges callers by how they call: what they changed can hurt the service that suffers', async () => {
    const changedMs = ONSET_MS - 40 * 60_000;
    const shorter = {
      sha: 'c'.repeat(40),
      repository: 'shop',
      author: 'Ada',
      timestampMs: changedMs,
      message: 'Fresher prices',
      files: ['web/cache.yaml'],
      diff: '@@ web/cache.yaml @@\n-  price_ttl: 900\n+  price_ttl: 15\n',
    };
    const found = findings({
      onsetMs: ONSET_MS,
      symptom: 'saturation',
      alerting: 'stock',
      firstFailing: 'stock',
      metrics: [metric('cpu_utilization', { service: 'stock', score: 5, kind: 'saturation' })],
    });
    const run = createRun({}, [repository()]);
    const { code } = await readCode(gathered({ commits: [{ commit: shorter, repository: repository() }] }), found, run);
    const [first] = code.suspects;
    assert.equal(first?.sha, shorter.sha);
    assert.deepEqual([first.mechanism, first.service, first.isToBlame], ['cache_shortened', 'stock', true]);
    assert.ok(first.explains.includes('cpu'));
  });
});
