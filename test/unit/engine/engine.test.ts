import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { appendFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AppError } from '../../../src/domain/errors';
import type { InvestigationEvent } from '../../../src/domain/investigation';
import { createEngine, type Engine } from '../../../src/engine/engine';
import { type Answer, type ScriptedServer, sendJson, startScriptedServer } from '../../fakes/scriptedServer';
import { GUILTY_COMMIT, writeSmallRecording } from '../../fixtures/smallRecording';

const never = new AbortController().signal;

describe('the engine', () => {
  let engine: Engine;
  let events: InvestigationEvent[];
  let runs: Set<string>;
  const folders: string[] = [];
  const servers: ScriptedServer[] = [];

  beforeEach(() => {
    events = [];
    runs = new Set();
    const onProgress = (runId: string, event: InvestigationEvent) => {
      runs.add(runId);
      events.push(event);
    };
    engine = createEngine({ log: { info: () => {}, error: () => {} }, onProgress });
  });
  afterEach(async () => {
    engine.dispose();
    for (const folder of folders.splice(0)) await rm(folder, { recursive: true, force: true });
    for (const server of servers.splice(0)) await server.close();
  });

  async function newFolder(): Promise<string> {
    const dir = await mkdtemp(join(tmpdir(), 'aidog-engine-'));
    folders.push(dir);
    return dir;
  }

  async function recording(): Promise<string> {
    const dir = await writeSmallRecording();
    folders.push(dir);
    return dir;
  }

  async function connectTo(answer: Answer): Promise<ScriptedServer> {
    const server = await startScriptedServer(answer);
    servers.push(server);
    connect(server.url);
    return server;
  }

  function connect(baseUrl: string): void {
    const keys = { apiKey: 'a', appKey: 'b' };
    engine.commands.connect({ connection: { site: 'datadoghq.com', baseUrl, ...keys, timeoutSec: 5 } });
  }

  const investigate = (dir: string, repositories: string[] = [], signal = never) =>
    engine.requests.investigate({ runId: 'run 1', target: { kind: 'recording', dir }, repositories }, signal);

  const rejection = async (work: Promise<unknown>): Promise<AppError> => {
    const error = await work.then(
      () => null,
      (thrown: unknown) => thrown,
    );
    assert.ok(error instanceof AppError, String(error));
    return error;
  };

  describe('investigating a recording', () => {
    it('finds the failing service and the commit that the recording holds', async () => {
      const found = await investigate(await recording());
      assert.equal(found.culprits[0]?.service, 'checkout');
      assert.equal(found.suspectCommits[0]?.sha, GUILTY_COMMIT);
      assert.ok(found.usage.apiCalls > 0 && found.usage.apiCalls <= 15, `${found.usage.apiCalls} API calls`);
    });

    it('needs no keys and looks at the time of the recording', async () => {
      const { incident, evidence } = await investigate(await recording());
      assert.match(incident.startedAt ?? '', /^2026-06-20T13:4/);
      assert.ok(
        evidence.every(({ link }) => link === null),
        'a replay has no pages to link to',
      );
    });

    it('tells of its progress under the id of the run', async () => {
      await investigate(await recording());
      assert.deepEqual([...runs], ['run 1']);
      const done = events.flatMap((event) => (event.kind === 'stage' && event.status === 'done' ? [event.stage] : []));
      assert.deepEqual(done, ['gather', 'perceive', 'diagnose', 'guide', 'recommend']);
    });

    it('goes on without a folder that is no Git repository, and says so throughout', async () => {
      const folder = await newFolder();
      const found = await investigate(await recording(), [folder]);
      assert.match(found.problems[0] ?? '', /is not a Git repository/);
      assert.equal(found.culprits[0]?.service, 'checkout');
      const told = events.flatMap((event) => (event.kind === 'found' && event.found.problems ? [event.found.problems] : []));
      assert.ok(told.length > 0);
      for (const problems of told) assert.match(problems[0] ?? '', /is not a Git repository/);
    });

    it('says that a repository has no commit yet, and goes on', async () => {
      const folder = await newFolder();
      execFileSync('git', ['init', '-q'], { cwd: folder });
      const found = await investigate(await recording(), [folder, folder]);
      assert.deepEqual(found.problems, [
        `The Git repository ${folder} has no commit yet, so none can be named. Open a clone of the deployed code.`,
      ]);
      assert.equal(found.suspectCommits[0]?.sha, GUILTY_COMMIT);
    });

    it('uses what can be read of a damaged recording, and names what cannot', async () => {
      const dir = await recording();
      await appendFile(join(dir, 'spans.ndjson'), '{"trace_id": "1", \n');
      const found = await investigate(dir);
      assert.equal(found.culprits[0]?.service, 'checkout');
      assert.match(found.problems[0] ?? '', /cannot be read: spans\.ndjson line 601/);
    });

    it('asks for no monitor that the recording lacks', async () => {
      const dir = await recording();
      const head = JSON.parse(await readFile(join(dir, 'recording.json'), 'utf8'));
      await writeFile(join(dir, 'recording.json'), JSON.stringify({ ...head, alert: { ...head.alert, monitor_id: 77 } }));
      await rm(join(dir, 'monitors.json'), { force: true });
      const found = await investigate(dir);
      assert.equal(found.culprits[0]?.service, 'checkout');
      assert.deepEqual(found.problems, []);
    });

    it('does not drown the reader in lines that cannot be read', async () => {
      const dir = await recording();
      await appendFile(join(dir, 'spans.ndjson'), 'nonsense\n'.repeat(100));
      const { problems } = await investigate(dir);
      assert.equal(problems.filter((problem) => /cannot be read/.test(problem)).length, 6);
      assert.ok(problems.includes('The recording has 95 more lines that cannot be read.'));
    });

    it('rejects a folder that holds no recording', async () => {
      const error = await rejection(investigate(await newFolder()));
      assert.equal(error.kind, 'bad_input');
      assert.match(error.message, /no recording\.json/);
    });

    it('stops when called off', async () => {
      assert.equal((await rejection(investigate(await recording(), [], AbortSignal.abort()))).kind, 'cancelled');
    });

    it('stops when the engine is disposed', async () => {
      const dir = await recording();
      const work = rejection(investigate(dir));
      engine.dispose();
      assert.equal((await work).kind, 'cancelled');
    });
  });

  describe('with a Datadog account', () => {
    it('says that keys are missing', async () => {
      const target = { kind: 'monitor' as const, id: 1 };
      for (const work of [
        () => engine.requests.checkAccess({}, never),
        () => engine.requests.listOpenIncidents({}, never),
        () => engine.requests.investigate({ runId: 'r', target, repositories: [] }, never),
      ]) {
        assert.match((await rejection(work())).message, /No Datadog keys are stored/);
      }
    });

    it('checks the keys, and forgets them when told to', async () => {
      const server = await connectTo((response) => sendJson(response, []));
      assert.deepEqual(await engine.requests.checkAccess({}, never), { name: `Datadog (${new URL(server.url).host})` });
      engine.commands.connect({ connection: null });
      assert.equal((await rejection(engine.requests.checkAccess({}, never))).kind, 'configuration');
    });

    it('lists what alerts: alerts before warnings, the latest first, with the service', async () => {
      const monitor = (id: number, overall_state: string, triggered: number, rest: object) => ({
        id,
        name: `m${id}`,
        type: 'query alert',
        query: 'avg(last_5m):avg:a{service:from-query} > 1',
        overall_state,
        state: { groups: { g: { last_triggered_ts: triggered } } },
        ...rest,
      });
      await connectTo((response) =>
        sendJson(response, [
          monitor(1, 'Warn', 50, {}),
          monitor(2, 'Alert', 10, { tags: ['service:tagged'] }),
          monitor(3, 'OK', 99, {}),
          monitor(4, 'Alert', 20, {}),
        ]),
      );
      const incidents = await engine.requests.listOpenIncidents({}, never);
      assert.deepEqual(
        incidents.map(({ key, service, link }) => [key, service, link]),
        [
          ['monitor:4', 'from-query', null],
          ['monitor:2', 'tagged', null],
          ['monitor:1', 'from-query', null],
        ],
      );
    });

    it('says that a monitor does not exist', async () => {
      await connectTo((response) => sendJson(response, { errors: ['Monitor not found'] }, 404));
      const target = { kind: 'monitor' as const, id: 42 };
      const error = await rejection(engine.requests.investigate({ runId: 'r', target, repositories: [] }, never));
      assert.match(error.message, /no monitor 42/);
    });

    it('says that the host cannot be reached', async () => {
      const server = await connectTo(() => {});
      await server.close();
      const target = { kind: 'service' as const, service: 'shop', env: null };
      const error = await rejection(engine.requests.investigate({ runId: 'r', target, repositories: [] }, never));
      assert.equal(error.kind, 'unreachable');
    });
  });

  describe('locating a line of a deployed commit', () => {
    it('follows it to where it is in the working tree now', async () => {
      const root = await newFolder();
      const git = (...args: string[]) =>
        execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@example.com', ...args], { cwd: root, encoding: 'utf8' });
      git('init', '-q');
      await writeFile(join(root, 'total.js'), 'one\ntwo\nthree\n');
      git('add', '.');
      git('commit', '-q', '-m', 'first');
      const commit = git('rev-parse', 'HEAD').trim();
      await writeFile(join(root, 'total.js'), 'zero\nhalf\none\ntwo\nthree\n');
      const location = { file: 'total.js', line: 2, function: null };
      const found = await engine.requests.locate({ location, commit, repositories: [root] }, never);
      assert.deepEqual([found?.path, found?.line, found?.status], ['total.js', 4, 'moved']);
      assert.equal(
        await engine.requests.locate({ location: { ...location, file: 'absent.js' }, commit, repositories: [root] }, never),
        null,
      );
      assert.equal(await engine.requests.locate({ location, commit, repositories: [] }, never), null);
    });
  });
});
