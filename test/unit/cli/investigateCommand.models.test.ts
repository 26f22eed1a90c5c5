import assert from 'node:assert/strict';
import { rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { runCli } from '../../../src/cli/runCli';
import type { Investigation } from '../../../src/domain/investigation';
import { startOllama } from '../../fakes/ollama/server';
import { writeSmallRecording } from '../../fixtures/smallRecording';

describe('aidog investigate with a language model', () => {
  let recording: string;
  // The first investigation of a process loads the engine's modules, which a busy machine takes long for.
  before(async function () {
    this.timeout(120_000);
    recording = await writeSmallRecording();
    await investigate([]);
  });
  after(() => rm(recording, { recursive: true, force: true }));

  async function run(args: readonly string[], env: Record<string, string> = {}, signal = new AbortController().signal) {
    let out = '';
    let err = '';
    const stdout = { write: (text: string) => (out += text) };
    const stderr = { isTTY: true, write: (text: string) => (err += text) };
    const world = { stdout, stderr, stdin: Readable.from([]), env, cwd: recording, signal };
    const code = await runCli(['investigate', '--recording', '.', ...args], world);
    return { code, err, out };
  }

  async function investigate(args: readonly string[], env: Record<string, string> = {}) {
    const { out, ...rest } = await run(['--json', ...args], env);
    return { ...rest, found: JSON.parse(out) as Investigation };
  }

  it('says that it waits for the model, and prints the report in its own words when it is called off meanwhile', async () => {
    const server = await startOllama({ answers: [{ fault: { kind: 'hang' } }] });
    try {
      const stop = new AbortController();
      const running = run(['--model', 'ollama:llama3.2:3b', '--model-url', server.url], {}, stop.signal);
      await server.waiting;
      stop.abort();
      const { code, out, err } = await running;
      assert.equal(code, 1);
      assert.match(err, /… waiting for ollama:llama3\.2:3b to word the report; Ctrl-C prints it in AIDog's own words\n/);
      assert.match(out, /Commit +c7d21aa[\s\S]*Next steps[\s\S]*ended before every text was worded/);
    } finally {
      await server.close();
    }
  });

  it('says who worded each text', async () => {
    const server = await startOllama({ answers: [{ text: {} }] });
    try {
      const { err } = await run(['--model', 'ollama:llama3.2:3b', '--model-url', server.url]);
      assert.match(err, /– incidentSummarizer +\d+ s {2}AIDog's own words: the answer of ollama:llama3\.2:3b was not fit/);
    } finally {
      await server.close();
    }
  });

  it('asks the model where OLLAMA_HOST says, and tells what that took', async () => {
    const server = await startOllama({ answers: [{ text: {} }] });
    try {
      const { code, found } = await investigate(['--model', 'ollama:llama3.2:3b'], { OLLAMA_HOST: server.url });
      assert.equal(code, 0);
      assert.ok(server.chats.length > 0);
      const { spending } = found.usage;
      assert.equal(spending?.requests, server.chats.length);
      assert.ok((spending?.tokens ?? 0) > 1000 && spending?.costUsd === 0);
    } finally {
      await server.close();
    }
  });

  it('goes on without a model that cannot be reached, and says so among the problems', async () => {
    const server = await startOllama();
    await server.close();
    const { code, found } = await investigate(['--model', 'ollama:llama3.2:3b', '--model-url', server.url]);
    assert.equal(code, 0);
    assert.equal(
      found.problems.filter((sentence) => /language model gave none that is fit: No Ollama answers at/.test(sentence)).length,
      1,
    );
  });

  it('asks none unless one is named', async () => {
    const server = await startOllama();
    try {
      const { found } = await investigate([], { OLLAMA_HOST: server.url, OPENAI_API_KEY: 'k' });
      assert.deepEqual([server.requests.length, found.usage.spending, found.usage.tokensIn], [0, undefined, 0]);
      assert.deepEqual(found.problems, []);
    } finally {
      await server.close();
    }
  });
});
