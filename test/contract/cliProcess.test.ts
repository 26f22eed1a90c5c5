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
import { ScratchRepository } from '../unit/git/scratchRepository';

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

  /** The stack command on `input`, run in `cwd`. */
  function stack(input: string, cwd: string, ...args: string[]) {
    const child = spawn(process.execPath, [join(dir, 'cli.js'), 'stack', ...args], { cwd });
    child.stdin.on('error', () => {});
    child.stdin.end(input);
    return child;
  }

  describe('resolve stack traces of standard input', () => {
    const PRICING = 'function discount(cart) {\n  return cart.coupon.percent;\n}\n';
    const TRACE = "TypeError: Cannot read properties of undefined (reading 'percent')\n    at discount (/srv/shop/src/pricing.js:2:22)\n";
    let shop: ScratchRepository;
    let deployed: string;

    before(() => {
      shop = new ScratchRepository();
      deployed = shop.commit('first', { 'src/pricing.js': PRICING });
      shop.commit('second', { 'src/pricing.js': `'use strict';\n${PRICING}` });
    });
    after(() => shop.dispose());

    it('to one JSON object', async () => {
      const { code, out, err } = await ended(stack(TRACE, shop.root, '--commit', deployed, '--json'));
      assert.deepEqual([code, err], [0, '']);
      const { traces } = JSON.parse(out);
      const [frame] = traces[0].exceptions[0].frames;
      assert.deepEqual(
        [traces[0].language, frame.function, frame.file, frame.line, frame.column, frame.kind],
        ['javascript', 'discount', '/srv/shop/src/pricing.js', 2, 22, 'app'],
      );
      const { path, line, status, score, reason } = frame.workspace;
      assert.deepEqual([path, line, status, typeof score, typeof reason], ['src/pricing.js', 3, 'moved', 'number', 'string']);
      assert.equal(traces[0].culpritFrame, 0);
    });

    it('to a report, in folders that are given', async () => {
      const { code, out, err } = await ended(stack(TRACE, dir, '--workspace', shop.root, '--commit', deployed.slice(0, 10)));
      assert.deepEqual([code, err], [0, '']);
      assert.ok(out.includes(`→ ${join(shop.root, 'src/pricing.js')}:3 (moved from 2)`), out);
    });

    it('or say in one line that there is none', async () => {
      const { code, out, err } = await ended(stack('', shop.root));
      assert.deepEqual([code, out], [2, '']);
      assert.match(err, /^aidog: Standard input is empty\.[^\n]+\n$/);
    });

    it('and do not mind a reader that closes the pipe early', async () => {
      const child = stack(TRACE.repeat(200), shop.root, '--json');
      child.stdout.destroy();
      assert.equal((await ended(child)).err, '');
    });

    it('and end in order with Ctrl-C while they wait for input', async () => {
      const child = spawn(process.execPath, [join(dir, 'cli.js'), 'stack', '--workspace', shop.root]);
      // More than a pipe holds: once all of it is taken, the process is reading.
      child.stdin.write('GET /health 200\n'.repeat(250_000), () => child.kill('SIGINT'));
      const { code, out, err } = await ended(child);
      assert.deepEqual([code, out, err], [1, '', 'aidog: The lookup was cancelled.\n']);
    });
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

  it('stop at once, without a word, for a reader that closes the pipe early while they read on', async () => {
    const child = spawn(process.execPath, [join(dir, 'cli.js'), 'anomalies', '--json']);
    child.stdin.on('error', () => undefined);
    child.stdout.once('data', () => child.stdout.destroy());
    const feed = () => child.stdin.writable && child.stdin.write('1700000000,1\n'.repeat(20_000), feed);
    feed();
    const { code, err } = await ended(child);
    assert.deepEqual([code, err], [0, '']);
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
