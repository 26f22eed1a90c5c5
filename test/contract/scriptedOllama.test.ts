import assert from 'node:assert/strict';
import { Ollama } from 'ollama/browser';
import type { OllamaScript } from '../fakes/ollama/script';
import { type OllamaServer, startOllama } from '../fakes/ollama/server';

describe('the scripted Ollama, asked with Ollama’s own client', () => {
  let server: OllamaServer;
  afterEach(() => server.close());

  const open = async (script: OllamaScript = {}) => {
    server = await startOllama(script);
    return new Ollama({ host: server.url });
  };
  const messages = [{ role: 'user', content: 'What broke?' }];
  const chat = async (client: Ollama) => {
    let text = '';
    let last = {};
    for await (const part of await client.chat({ model: 'llama3.2:3b', messages, stream: true })) {
      text += part.message.content;
      last = part;
    }
    return { text, last };
  };

  it('says that it runs, and which version', async () => {
    await open({ version: '0.20.1' });
    assert.equal(await (await fetch(server.url)).text(), 'Ollama is running');
    assert.deepEqual(await new Ollama({ host: server.url }).version(), { version: '0.20.1' });
  });

  it('lists its models and tells what one can do', async () => {
    const client = await open({ models: [{ name: 'qwen3.5:4b', family: 'qwen3', capabilities: ['thinking'], contextTokens: 40_960 }] });
    assert.deepEqual(
      (await client.list()).models.map(({ name }) => name),
      ['qwen3.5:4b'],
    );
    const shown = await client.show({ model: 'qwen3.5:4b' });
    assert.deepEqual(
      [shown.capabilities, shown.model_info],
      [['thinking'], { 'general.architecture': 'qwen3', 'qwen3.context_length': 40_960 }],
    );
  });

  it('streams an answer with counts at its end', async () => {
    const { text, last } = await chat(await open({ answers: [{ text: { cause: 'a pool that is too small' } }] }));
    assert.deepEqual(JSON.parse(text), { cause: 'a pool that is too small' });
    assert.partialDeepStrictEqual(last, { done: true, done_reason: 'stop', prompt_eval_count: 3, eval_count: 9 });
  });

  it('gives its answers in order and repeats the last, and lets a function decide', async () => {
    const client = await open({ answers: [{ text: 'one' }, { text: 'two' }] });
    assert.deepEqual([(await chat(client)).text, (await chat(client)).text, (await chat(client)).text], ['one', 'two', 'two']);
    await server.close();
    const other = await open({ answers: ({ messages: [first] }, number) => ({ text: `${first?.content} ${number}` }) });
    assert.equal((await chat(other)).text, 'What broke? 0');
    assert.equal(server.chats[0]?.messages[0]?.content, 'What broke?');
  });

  it('generates from a prompt too', async () => {
    const client = await open({ answers: [{ text: 'four' }] });
    const { response } = await client.generate({ model: 'llama3.2:3b', prompt: 'Two and two', stream: false });
    assert.equal(response, 'four');
  });

  it('knows no other model', async () => {
    const client = await open();
    await assert.rejects(client.show({ model: 'nope' }), { name: 'ResponseError', status_code: 404, message: "model 'nope' not found" });
    await assert.rejects(client.chat({ model: 'nope', messages }), { status_code: 404 });
    await assert.rejects(client.chat({ model: 'llama3.2:3b', messages, think: true }), {
      status_code: 400,
      message: /does not support thinking/,
    });
  });

  it('embeds texts so that those with words in common are closer', async () => {
    const client = await open();
    const { embeddings } = await client.embed({ model: 'llama3.2:3b', input: ['pool exhausted', 'pool empty', 'certificate expired'] });
    const [a, b, c] = embeddings as [number[], number[], number[]];
    const dot = (x: number[], y: number[]) => x.reduce((sum, value, at) => sum + value * y[at]!, 0);
    assert.ok(dot(a, b) > dot(a, c));
  });

  it('pulls with progress, goes on where a pull failed, and deletes', async () => {
    const client = await open({ models: [], pullable: [{ name: 'tiny', parts: [100, 50], failsAfterParts: 1 }] });
    const pull = async () => {
      const seen: (number | undefined)[] = [];
      for await (const { completed } of await client.pull({ model: 'tiny', stream: true })) seen.push(completed);
      return seen.filter((value) => value !== undefined);
    };
    await assert.rejects(pull(), /connection reset/);
    assert.deepEqual(await pull(), [100, 25, 50]);
    assert.deepEqual((await client.list()).models[0]?.size, 150);
    await client.delete({ model: 'tiny' });
    assert.deepEqual((await client.list()).models, []);
    await assert.rejects(client.delete({ model: 'tiny' }), { status_code: 404 });
    await assert.rejects(async () => {
      for await (const _ of await client.pull({ model: 'nope', stream: true }));
    }, /file does not exist/);
  });

  it('says when a client has left, and when only the client can end what it does', async () => {
    const client = await open({ answers: [{ text: 'never whole', fault: { kind: 'stall' } }] });
    const stream = await client.chat({ model: 'llama3.2:3b', messages, stream: true });
    await server.waiting;
    stream.abort();
    await server.clientLeft;
    assert.deepEqual(server.chats.length, 1);
  });
});
