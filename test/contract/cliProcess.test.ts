import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { build } from 'esbuild';
import { trimDatadogClient } from '../../scripts/trimDatadogClient.mjs';
import { startScriptedServer } from '../fakes/scriptedServer';
import { writeSmallRecording } from '../fixtures/smallRecording';

/** The bundles as they ship, each in a process or a thread of its own. */
describe('the bundled roots', () => {
  let dir: string;
  let recording: string;

  before(async () => {
    dir = await mkdtemp(join(tmpdir(), 'aidog-dist-'));
    recording = await writeSmallRecording();
    const plugins = [trimDatadogClient({ operations: Object.keys(JSON.parse(readFileSync('src/datadog/operations.json', 'utf8'))) })];
    const entryPoints = { cli: 'src/cli.ts', engine: 'src/engine.ts' };
    await build({ entryPoints, outdir: dir, bundle: true, platform: 'node', format: 'cjs', target: 'node20', plugins });
  });
  after(async () => {
    for (const folder of [dir, recording]) await rm(folder, { recursive: true, force: true });
  });

  const start = (...args: string[]) =>
    spawn(process.execPath, [join(dir, 'cli.js'), ...args], { env: { DD_API_KEY: 'a', DD_APP_KEY: 'b' } });

  async function ended(child: ChildProcess) {
    const texts = { out: '', err: '' };
    child.stdout?.on('data', (chunk) => (texts.out += chunk));
    child.stderr?.on('data', (chunk) => (texts.err += chunk));
    const [code] = await once(child, 'close');
    return { code, ...texts };
  }

  it('investigate a recording from the command line', async () => {
    const { code, out, err } = await ended(start('investigate', '--recording', recording, '--json'));
    assert.deepEqual([code, err], [0, '']);
    assert.equal(JSON.parse(out).culprits[0].service, 'checkout');
  });

  it('end with 2 and one line for a recording that is not there', async () => {
    const { code, out, err } = await ended(start('investigate', '--recording', join(dir, 'absent')));
    assert.deepEqual([code, out], [2, '']);
    assert.match(err, /^aidog: The recording .+ cannot be read: [^\n]+\n$/);
  });

  it('end in order with Ctrl-C while they wait for an answer', async () => {
    let child: ChildProcess | undefined;
    const server = await startScriptedServer(() => void child?.kill('SIGINT'));
    try {
      child = start('investigate', '--monitor', '1', '--base-url', server.url);
      const { code, err } = await ended(child);
      assert.deepEqual([code, err], [1, 'aidog: The investigation was cancelled; what was found so far is kept.\n']);
    } finally {
      await server.close();
    }
  });

  it('run the sandbox until Ctrl-C', async () => {
    const child = start('sandbox', '--port', '0');
    child.stdout.once('data', () => child.kill('SIGINT'));
    const { code, out, err } = await ended(child);
    assert.deepEqual([code, err], [0, '']);
    assert.match(out, /listens on http:\/\/127\.0\.0\.1:\d+/);
  });

  it('do not mind a reader that closes the pipe early', async () => {
    const child = start('investigate', '--recording', recording);
    child.stdout.destroy();
    assert.equal((await ended(child)).err, '');
  });

  it('answer as an engine in a worker thread', async () => {
    const worker = new Worker(join(dir, 'engine.js'), { execArgv: [] });
    try {
      const messages: { type: string; name?: string; value?: { culprits: { service: string }[] } }[] = [];
      const replied = new Promise<void>((resolve) =>
        worker.on('message', (message) => {
          messages.push(message);
          if (message.type === 'reply') resolve();
        }),
      );
      const params = { runId: 'r', target: { kind: 'recording', dir: recording }, repositories: [] };
      worker.postMessage({ type: 'request', id: 1, name: 'investigate', params });
      await replied;
      assert.equal(messages.at(-1)?.value?.culprits[0]?.service, 'checkout');
      assert.ok(messages.some(({ type, name }) => type === 'signal' && name === 'progress'));
    } finally {
      await worker.terminate();
    }
  });
});
