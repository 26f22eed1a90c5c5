import assert from 'node:assert/strict';
import type { Fetch } from '../../../src/models/http';
import { systemWithSchema } from '../../../src/models/prompt';
import { type AnthropicScript, startAnthropic } from '../../fakes/anthropicServer';
import { beginEvents, type CloudServer, sendEvent } from '../../fakes/openAiServer';
import { sendJson } from '../../fakes/scriptedServer';
import { anthropicAt, modelOf, never, request } from './parts';

const minimax = { provider: 'anthropic', model: 'MiniMax-M3', baseUrl: 'https://api.minimax.io/anthropic' } as const;

describe('asking a server with Anthropic’s API', () => {
  const servers: CloudServer[] = [];
  afterEach(async () => {
    for (const server of servers.splice(0)) await server.close();
  });

  const start = async (script: AnthropicScript = {}) => {
    const server = await startAnthropic(script);
    servers.push(server);
    return server;
  };
  const open = ({ url }: CloudServer) => modelOf(anthropicAt(url), { keys: { [url]: 'ant-key' } });
  const ask = async (script: AnthropicScript = {}) => open(await start(script)).complete(request(), never);

  it('takes the input of the forced tool for the answer, and counts what was read from a cache', async () => {
    assert.deepEqual(await ask(), {
      text: '{"cause":"pool"}',
      isCut: false,
      tokensIn: 50,
      tokensOut: 9,
      costUsd: 0,
      model: 'anthropic:claude-test',
    });
  });

  it('forces one tool with the schema, streamed, with key and version in headers', async () => {
    const server = await start();
    await open(server).complete(request(), never);
    const { name, schema } = request();
    assert.deepEqual(server.asked, [
      {
        model: 'claude-test',
        stream: true,
        max_tokens: 100,
        system: systemWithSchema(request()),
        messages: [{ role: 'user', content: 'Why is checkout slow?' }],
        tools: [{ name, description: 'Takes the answer.', input_schema: schema }],
        tool_choice: { type: 'tool', name },
      },
    ]);
    const { headers } = server.requests[0]!;
    assert.deepEqual([headers['x-api-key'], headers['anthropic-version']], ['ant-key', '2023-06-01']);
  });

  it('leaves the schema to the tool where Anthropic itself answers', async () => {
    const bodies: Record<string, unknown>[] = [];
    const fetch: Fetch = async (_, init) => {
      bodies.push(JSON.parse(String(init?.body)) as Record<string, unknown>);
      return Response.json({ content: [{ type: 'tool_use', input: { cause: 'pool' } }], stop_reason: 'tool_use', usage: {} });
    };
    const claude = { provider: 'anthropic', model: 'claude-test', baseUrl: null } as const;
    assert.equal((await modelOf(claude, { keys: { anthropic: 'k' } }, { fetch }).complete(request(), never)).text, '{"cause":"pool"}');
    assert.equal(bodies[0]?.system, 'You explain incidents.');
  });

  it('gives a model that thought until it was cut room for that, from then on', async () => {
    const server = await start({ stop: 'max_tokens', thinking: 'let me see' });
    const model = open(server);
    assert.equal((await model.complete(request(), never)).tokensOut, 18);
    await model.complete(request(), never);
    assert.deepEqual(
      server.asked.map(({ max_tokens: most }) => most),
      [100, 4100, 4100],
    );
  });

  it('takes text where a server does not care for tools, and leaves the thoughts out', async () => {
    assert.equal((await ask({ ignoresTools: true, thinking: 'let me see' })).text, '{"cause":"pool"}');
  });

  it('asks without a tool, with the schema in words, when tools are refused', async () => {
    const server = await start({ refuses: ({ tools }) => (tools === undefined ? null : 'tool_choice is not supported') });
    const model = open(server);
    assert.equal((await model.complete(request(), never)).text, '{"cause":"pool"}');
    await model.complete(request(), never);
    assert.deepEqual(
      server.asked.map(({ tools }) => tools !== undefined),
      [true, false, false],
    );
    assert.match(String(server.asked.at(-1)?.system), /fits this JSON schema/);
  });

  it('reads an answer that comes in one piece, of a tool or as text', async () => {
    assert.equal((await ask({ isStreamless: true })).text, '{"cause":"pool"}');
    assert.equal((await ask({ isStreamless: true, ignoresTools: true })).text, '{"cause":"pool"}');
  });

  it('says that an answer was cut, and that a model declined', async () => {
    assert.equal((await ask({ stop: 'max_tokens' })).isCut, true);
    await assert.rejects(ask({ stop: 'refusal' }), { kind: 'bad_answer', message: /declined/ });
  });

  it('explains an error in the stream, a stream that breaks off, and one that is no JSON', async () => {
    const streaming = (...events: readonly (string | object)[]) => ({
      fault: (response: Parameters<typeof beginEvents>[0]) => {
        beginEvents(response);
        for (const event of events) {
          if (typeof event === 'string') response.write(event);
          else sendEvent(response, event);
        }
        response.end();
        return true;
      },
    });
    const overloaded = { type: 'error', error: { type: 'overloaded_error', message: 'Overloaded' } };
    await assert.rejects(ask(streaming(overloaded)), { kind: 'server', message: /failed while it answered: Overloaded\./ });
    const begun = { type: 'content_block_delta', delta: { type: 'text_delta', text: 'x' } };
    await assert.rejects(ask(streaming(begun)), { kind: 'bad_answer', message: /broke off/ });
    await assert.rejects(ask(streaming('data: {"type\n\n')), { kind: 'bad_answer', message: /no answer of a language model/ });
  });

  it('asks an overloaded server again, and then says so', async () => {
    const server = await start({
      fault: (response) => {
        sendJson(response, { type: 'error', error: { type: 'overloaded_error', message: 'Overloaded' } }, 529);
        return true;
      },
    });
    await assert.rejects(open(server).complete(request(), never), { kind: 'server', message: /status 529: Overloaded\./ });
    assert.equal(server.requests.length, 3);
  });

  it('speaks to MiniMax at its own address, with its key in the header that it reads, and without thinking', async () => {
    const seen: [string, Record<string, unknown>, Record<string, string>][] = [];
    const fetch: Fetch = async (url, init) => {
      seen.push([String(url), JSON.parse(String(init?.body)) as Record<string, unknown>, init?.headers as Record<string, string>]);
      if (seen.length === 1) return Response.json({ error: { message: 'thinking: unknown field' } }, { status: 400 });
      return Response.json({
        content: [{ type: 'text', text: '{}' }],
        stop_reason: 'end_turn',
        usage: { input_tokens: 5, output_tokens: 2 },
      });
    };
    const model = modelOf(minimax, { keys: { [minimax.baseUrl]: 'mm-key' } }, { fetch });
    assert.partialDeepStrictEqual(await model.complete(request(), never), { text: '{}', model: 'minimax:MiniMax-M3', costUsd: null });
    const [first, second] = seen;
    assert.equal(first?.[0], 'https://api.minimax.io/anthropic/v1/messages');
    assert.equal(first?.[2].authorization, 'Bearer mm-key');
    assert.deepEqual([first?.[1].thinking, second?.[1].thinking], [{ type: 'disabled' }, undefined]);
    assert.ok(second?.[1].tools !== undefined, 'the tool stays');
    assert.equal(second?.[1].tool_choice, undefined, 'MiniMax documents no choice of tools');
    assert.match(String(second?.[1].system), /fits this JSON schema/);
  });

  it('speaks to MiniMax in China alike', async () => {
    const baseUrl = 'https://api.minimaxi.com/anthropic';
    const fetch: Fetch = async (_, init) => {
      assert.deepEqual((JSON.parse(String(init?.body)) as { thinking?: unknown }).thinking, { type: 'disabled' });
      return Response.json({ content: [{ type: 'text', text: '{}' }], stop_reason: 'end_turn', usage: {} });
    };
    const model = modelOf({ ...minimax, baseUrl }, { keys: { [baseUrl]: 'mm-key' } }, { fetch });
    assert.equal((await model.complete(request(), never)).model, 'minimax:MiniMax-M3');
  });

  it('speaks to MiniMax behind a gateway alike, and names its variable', async () => {
    const gateway = { ...minimax, baseUrl: 'https://gateway.example', vendor: 'minimax' } as const;
    const fetch: Fetch = async (_, init) => {
      assert.deepEqual((JSON.parse(String(init?.body)) as { thinking?: unknown }).thinking, { type: 'disabled' });
      return Response.json({ content: [{ type: 'text', text: '{}' }], stop_reason: 'end_turn', usage: {} });
    };
    const model = modelOf(gateway, { keys: { [gateway.baseUrl]: 'mm-key' } }, { fetch });
    assert.equal((await model.complete(request(), never)).model, 'minimax:MiniMax-M3');
    await assert.rejects(modelOf(gateway, {}, { fetch }).complete(request(), never), { message: /MINIMAX_API_KEY/ });
  });

  it('names the variable of the key that is missing', async () => {
    const fetch: Fetch = () => assert.fail('nothing may be sent');
    await assert.rejects(modelOf(minimax, { keys: { anthropic: 'other' } }, { fetch }).complete(request(), never), {
      message: /MINIMAX_API_KEY/,
    });
    const claude = { provider: 'anthropic', model: 'claude-haiku-4-5', baseUrl: null } as const;
    await assert.rejects(modelOf(claude, {}, { fetch }).complete(request(), never), { message: /ANTHROPIC_API_KEY/ });
  });
});
