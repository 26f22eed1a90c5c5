import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { InvestigationEvent } from '../../../src/domain/investigation';
import type { DatadogConnection } from '../../../src/protocol/engineApi';
import { createEngineClient, type EngineProcess, startEngineWorker } from '../../../src/ui/engineClient';

const silent = { info: () => undefined, error: () => undefined };
const connection: DatadogConnection = { site: 'datadoghq.eu', baseUrl: null, apiKey: 'api', appKey: 'app', timeoutSec: 5 };
const settled = () => new Promise(setImmediate);

interface Message {
  readonly type: string;
  readonly id: number;
  readonly name: string;
  readonly params: { readonly runId: string; readonly connection: unknown };
}

/** An engine whose side of the border is in the hands of the test. */
function createScriptedProcess() {
  const posted: Message[] = [];
  const state: { isDisposed: boolean; crash(cause: unknown): void; receive(message: unknown): void } = {
    isDisposed: false,
    crash: () => undefined,
    receive: () => undefined,
  };
  const process: EngineProcess = {
    transport: {
      post: (message) => void posted.push(message as Message),
      listen(receive) {
        state.receive = receive;
        return { dispose: () => undefined };
      },
    },
    onCrash(listener) {
      state.crash = listener;
    },
    dispose() {
      state.isDisposed = true;
    },
  };
  const answer = (value: unknown) => state.receive({ type: 'reply', id: posted.at(-1)!.id, ok: true, value });
  return { process, posted, state, answer };
}

function open(connect: () => Promise<DatadogConnection | null> = async () => connection) {
  const processes: ReturnType<typeof createScriptedProcess>[] = [];
  const crashes: unknown[] = [];
  const client = createEngineClient({
    start() {
      const started = createScriptedProcess();
      processes.push(started);
      return started.process;
    },
    connection: connect,
    log: silent,
    onCrash: (error) => void crashes.push(error),
  });
  return { client, processes, crashes };
}

describe('the engine client', () => {
  it('starts nothing before the first request', async () => {
    const { client, processes } = open();
    assert.equal(processes.length, 0);
    void client.request('checkAccess', {}).catch(() => undefined);
    await settled();
    assert.equal(processes.length, 1);
  });

  it('tells the connection before the first request, and again only when it has changed', async () => {
    let current: DatadogConnection | null = connection;
    const { client, processes } = open(async () => current);
    const ask = async () => {
      const reply = client.request('checkAccess', {});
      await settled();
      processes[0]!.answer({ name: 'Datadog' });
      return reply;
    };
    assert.deepEqual(await ask(), { name: 'Datadog' });
    await ask();
    current = null;
    await ask();
    assert.deepEqual(
      processes[0]!.posted.map(({ name }) => name),
      ['connect', 'checkAccess', 'checkAccess', 'connect', 'checkAccess'],
    );
    assert.equal(processes[0]!.posted[3]!.params.connection, null);
  });

  it('tells a running engine which files changed, and starts none for that', async () => {
    const { client, processes } = open();
    client.filesChanged(['/projects/shop/a.js']);
    assert.equal(processes.length, 0);
    void client.request('checkAccess', {}).catch(() => undefined);
    await settled();
    client.filesChanged(['/projects/shop/a.js']);
    client.filesChanged([]);
    const sent = processes[0]!.posted.filter(({ name }) => name === 'filesChanged');
    assert.deepEqual(
      sent.map(({ params }) => params),
      [{ paths: ['/projects/shop/a.js'] }],
    );
  });

  it('rejects a request whose connection is not fit to be used, and starts no engine', async () => {
    const { client, processes } = open(() => Promise.reject(new Error('bad address')));
    await assert.rejects(client.request('checkAccess', {}), /bad address/);
    assert.equal(processes.length, 0);
  });

  it('brings the progress of a run to those who follow it', async () => {
    const { client, processes } = open();
    void client.request('checkAccess', {}).catch(() => undefined);
    await settled();
    const heard: InvestigationEvent[] = [];
    const event: InvestigationEvent = { kind: 'stage', stage: 'gather', status: 'running', note: '' };
    const following = client.follow('run', (told) => heard.push(told));
    const tell = (runId: string) =>
      processes[0]!.state.receive({ type: 'signal', kind: 'notifications', name: 'progress', params: { runId, event } });
    tell('run');
    tell('other');
    following.dispose();
    tell('run');
    assert.deepEqual(heard, [event]);
  });

  it('brings the progress of a survey to those who follow it', async () => {
    const { client, processes } = open();
    void client.request('checkAccess', {}).catch(() => undefined);
    await settled();
    const heard: number[] = [];
    const following = client.followSurvey('mine', ({ share }) => void heard.push(share));
    const tell = (surveyId: string, share: number) =>
      processes[0]!.state.receive({
        type: 'signal',
        kind: 'notifications',
        name: 'surveyProgress',
        params: { surveyId, progress: { doing: 'Reading', share } },
      });
    tell('mine', 0.1);
    tell('other', 0.2);
    following.dispose();
    tell('mine', 0.3);
    assert.deepEqual(heard, [0.1]);
  });

  it('rejects what is under way with one clear error when the engine crashes, tells of it once, and starts anew', async () => {
    const { client, processes, crashes } = open();
    const first = client.request('checkAccess', {}).catch((error: unknown) => error);
    const second = client.request('listOpenIncidents', {}).catch((error: unknown) => error);
    await settled();
    processes[0]!.state.crash(new Error('out of memory'));
    const errors = await Promise.all([first, second]);
    assert.equal(errors[0], errors[1]);
    assert.match((errors[0] as Error).message, /engine stopped unexpectedly.*again/);
    assert.deepEqual(crashes, [errors[0]]);
    assert.equal(processes[0]!.state.isDisposed, true);
    const third = client.request('checkAccess', {});
    await settled();
    assert.equal(processes.length, 2);
    assert.equal(processes[1]!.posted[0]!.name, 'connect');
    processes[1]!.answer({ name: 'Datadog' });
    assert.deepEqual(await third, { name: 'Datadog' });
  });

  it('rejects what is under way and ends the engine when it is disposed', async () => {
    const { client, processes, crashes } = open();
    const pending = client.request('checkAccess', {});
    const outcome = assert.rejects(pending, { kind: 'cancelled' });
    await settled();
    client.dispose();
    await outcome;
    assert.equal(processes[0]!.state.isDisposed, true);
    assert.deepEqual(crashes, []);
  });

  it('does not start the engine for a request that was called off meanwhile', async () => {
    const { client, processes } = open();
    const pending = client.request('checkAccess', {}, { signal: AbortSignal.abort(new Error('enough')) });
    await assert.rejects(pending, /enough/);
    assert.equal(processes.length, 0);
  });
});

describe('the engine as a worker thread', () => {
  const dir = mkdtempSync(join(tmpdir(), 'aidog-worker-'));
  after(() => rmSync(dir, { recursive: true, force: true }));

  function worker(code: string) {
    const file = join(dir, `${code.length}.cjs`);
    writeFileSync(file, code);
    return startEngineWorker(file, silent);
  }
  const crashOf = (process: EngineProcess) => new Promise<unknown>((resolve) => process.onCrash(resolve));

  it('carries messages both ways', async () => {
    const process = worker(
      `const { parentPort } = require('node:worker_threads'); parentPort.on('message', (m) => parentPort.postMessage({ got: m }));`,
    );
    const received = new Promise((resolve) => process.transport.listen(resolve));
    process.transport.post({ a: 1 });
    assert.deepEqual(await received, { got: { a: 1 } });
    process.dispose();
  });

  it('says so when the thread throws', async () => {
    assert.match(String(await crashOf(worker(`throw new Error('no such thing');`))), /no such thing/);
  });

  it('says so when the thread ends by itself', async () => {
    assert.match(String(await crashOf(worker('process.exit(3);'))), /code 3/);
  });

  it('says so when there is no engine', async () => {
    assert.match(String(await crashOf(startEngineWorker(join(dir, 'missing.cjs'), silent))), /missing/);
  });
});
