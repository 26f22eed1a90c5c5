import assert from 'node:assert/strict';
import { inspect } from 'node:util';
import type { ModelSettings } from '../../../src/domain/modelUse';
import type { Fetch } from '../../../src/models/http';
import { Meter } from '../../../src/models/meter';
import { PromptRecorder } from '../../../src/models/recorder';
import { beginEvents, type CloudServer, type OpenAiScript, sendEvent, startOpenAi } from '../../fakes/openAiServer';
import { sendJson } from '../../fakes/scriptedServer';
import { modelOf, never, openAiAt, request, wallClock } from './parts';

const key = 'sk-canary';

describe('asking a server with OpenAI’s API', () => {
  const servers: CloudServer[] = [];
  afterEach(async () => {
    for (const server of servers.splice(0)) await server.close();
  });

  const start = async (script: OpenAiScript = {}) => {
    const server = await startOpenAi(script);
    servers.push(server);
    return server;
  };
  const open = ({ url }: CloudServer, deps: Parameters<typeof modelOf>[2] = {}, settings: Partial<ModelSettings> = {}) =>
    modelOf(openAiAt(`${url}/v1`), { keys: { [`${url}/v1`]: key }, ...settings }, deps);
  const ask = async (script: OpenAiScript = {}) => open(await start(script)).complete(request(), never);

  it('gives the answer with the counts of the server', async () => {
    assert.deepEqual(await ask(), {
      text: '{"cause":"pool"}',
      isCut: false,
      tokensIn: 50,
      tokensOut: 7,
      costUsd: 0,
      model: 'openai:gpt-test',
    });
  });

  it('asks for strict JSON of the schema, streamed, with the key in its header', async () => {
    const server = await start();
    await open(server).complete(request(), never);
    const { name, schema } = request();
    assert.deepEqual(server.asked, [
      {
        model: 'gpt-test',
        stream: true,
        stream_options: { include_usage: true },
        max_tokens: 100,
        messages: [
          { role: 'system', content: 'You explain incidents.' },
          { role: 'user', content: 'Why is checkout slow?' },
        ],
        response_format: { type: 'json_schema', json_schema: { name, strict: true, schema } },
      },
    ]);
    assert.equal(server.requests[0]?.headers.authorization, `Bearer ${key}`);
  });

  it('steps down to plain JSON and then to words alone when a format is refused, and remembers', async () => {
    const server = await start({ refuses: ({ response_format: format }) => (format === undefined ? null : "Invalid 'response_format'") });
    const model = open(server);
    await model.complete(request(), never);
    await model.complete(request(), never);
    const formats = server.asked.map(({ response_format: format }) => (format as { type?: string } | undefined)?.type);
    assert.deepEqual(formats, ['json_schema', 'json_object', undefined, undefined]);
    const [system] = server.asked.at(-1)!.messages as { content: string }[];
    assert.match(system?.content ?? '', /fits this JSON schema.*"enum"/s);
  });

  it('uses the other name of the limit, and leaves out the counts, when a server wants it so', async () => {
    const server = await start({
      refuses: (body) => {
        if ('max_tokens' in body) return "Unsupported parameter: 'max_tokens'. Use 'max_completion_tokens' instead.";
        return 'stream_options' in body ? 'stream_options: extra fields not permitted' : null;
      },
    });
    const answer = await open(server).complete(request(), never);
    assert.equal(server.asked.at(-1)?.max_completion_tokens, 100);
    assert.equal(server.asked.length, 3);
    assert.ok(answer.tokensIn > 20 && answer.tokensOut >= 4, 'counts are estimated where the server gives none');
  });

  it('does not try other forms when the question is too long', async () => {
    const server = await start({ refuses: () => "This model's maximum context length is 8192 tokens." });
    await assert.rejects(open(server).complete(request(), never), {
      kind: 'bad_input',
      message: /longer than the context of openai:gpt-test/,
    });
    assert.equal(server.asked.length, 1);
  });

  it('gives up on a server that refuses every form, with its reason', async () => {
    const server = await start({ refuses: () => 'no such thing' });
    await assert.rejects(open(server).complete(request(), never), {
      kind: 'bad_input',
      message: /does not accept the request: no such thing\./,
    });
    assert.equal(server.asked.length, 3);
  });

  it('reads an answer that comes in one piece', async () => {
    assert.partialDeepStrictEqual(await ask({ isStreamless: true }), { text: '{"cause":"pool"}', tokensIn: 50 });
  });

  it('says that an answer was cut, and that a model declined', async () => {
    assert.equal((await ask({ finish: 'length' })).isCut, true);
    await assert.rejects(ask({ finish: 'content_filter' }), { kind: 'bad_answer', message: /declined to answer/ });
  });

  it('gives a model that reasoned until it was cut room for that, from then on, and counts both answers', async () => {
    const server = await start({ finish: 'length', pieces: [] });
    const model = open(server);
    assert.partialDeepStrictEqual(await model.complete(request(), never), { isCut: true, tokensIn: 100, tokensOut: 14 });
    await model.complete(request(), never);
    assert.deepEqual(
      server.asked.map(({ max_tokens: most }) => most),
      [100, 4100, 4100],
    );
  });

  it('does not ask again with more room than the budget has, and pays for what the model thought', async () => {
    const server = await start({ finish: 'length', pieces: [] });
    const meter = new Meter({ tokens: 3000, costUsd: null, seconds: null }, wallClock.nowMs);
    await assert.rejects(open(server, { meter }).complete(request(), never), {
      message: /does not fit into the 3000 tokens/,
    });
    assert.equal(server.asked.length, 1);
    assert.partialDeepStrictEqual(meter.snapshot(), { requests: 1, tokens: 57 });
  });

  it('reserves for each form of a request anew, and nothing for those that were refused', async () => {
    const meter = new Meter({ tokens: 400, costUsd: null, seconds: null }, wallClock.nowMs);
    const refused = Response.json({ error: { message: 'response_format: unknown field' } }, { status: 400 });
    const whole = { choices: [{ message: { content: '{}' }, finish_reason: 'stop' }], usage: { prompt_tokens: 50, completion_tokens: 7 } };
    const answers = [refused, new Response(null, { status: 503 }), Response.json(whole)];
    const fetch: Fetch = async () => answers.shift() ?? assert.fail('no more answers');
    const answer = await modelOf(openAiAt('http://127.0.0.1:1'), {}, { meter, fetch }).complete(request(), never);
    assert.partialDeepStrictEqual(answer, { text: '{}', tokensIn: 50, tokensOut: 7 });
    assert.partialDeepStrictEqual(meter.snapshot(), { requests: 3, tokens: 57 });
  });

  it('gives no such room to a model that only wrote too much', async () => {
    const server = await start({ finish: 'length' });
    await open(server).complete(request(), never);
    assert.equal(server.asked.length, 1);
  });

  it('reads the text of an answer that comes as a list of parts', async () => {
    const parts = [
      { type: 'thinking', thinking: 'hm' },
      { type: 'text', text: '{"cause":"pool"}' },
    ];
    const { text } = await ask({
      fault(response) {
        sendJson(response, { choices: [{ message: { role: 'assistant', content: parts, refusal: '' }, finish_reason: 'stop' }] });
        return true;
      },
    });
    assert.equal(text, '{"cause":"pool"}');
  });

  it('explains an error in the stream, a stream that breaks off, and one that is no JSON', async () => {
    const streaming = (data: string | object) => ({
      fault: (response: Parameters<typeof beginEvents>[0]) => {
        beginEvents(response);
        if (typeof data === 'string') response.write(data);
        else sendEvent(response, data);
        response.end();
        return true;
      },
    });
    await assert.rejects(ask(streaming({ error: { message: `bad key ${key}` } })), { kind: 'server', message: /bad key \[key\]\./ });
    await assert.rejects(ask(streaming('event: error\ndata: {"message":"gone"}\n\n')), { kind: 'server', message: /: gone\./ });
    await assert.rejects(ask(streaming({ choices: [{ delta: { content: 'x' } }] })), { kind: 'bad_answer', message: /broke off/ });
    await assert.rejects(ask(streaming('data: {"choi\n\n')), { kind: 'bad_answer', message: /no answer of a language model/ });
    await assert.rejects(ask(streaming({ choices: [{ delta: { refusal: 'I will not' } }] })), { message: /declined/ });
  });

  for (const [status, body, kind, message] of [
    [401, { error: { message: 'Incorrect API key' } }, 'forbidden', /does not accept the key \(401\)/],
    [403, { error: { message: 'Country not supported' } }, 'forbidden', /\(403\): Country not supported/],
    [404, { error: { message: 'The model `gpt-test` does not exist' } }, 'not_found', /has no model gpt-test/],
    [404, { detail: 'Not Found' }, 'not_found', /does not speak this kind of API/],
    [429, { error: { message: 'quota' } }, 'rate_limited', /limiting requests or its quota/],
    [500, { error: { message: 'oops' } }, 'server', /status 500: oops\./],
    [503, 'overloaded', 'server', /status 503: "?overloaded/],
    [301, {}, 'configuration', /sends us to another address \(301\)/],
  ] as const)
    it(`explains status ${status} ${JSON.stringify(body)}`, async () => {
      const server = await start({
        fault: (response) => {
          sendJson(response, body, status, { location: 'http://127.0.0.1:1/' });
          return true;
        },
      });
      await assert.rejects(open(server).complete(request(), never), { kind, message });
    });

  it('asks again when a server is busy, after the pause that it wants', async () => {
    const server = await start({
      fault(response, _, number) {
        if (number < 2) sendJson(response, { error: { message: 'slow down' } }, number === 0 ? 429 : 503, { 'retry-after': '0' });
        return number < 2;
      },
    });
    assert.equal((await open(server).complete(request(), never)).text, '{"cause":"pool"}');
    assert.equal(server.requests.length, 3);
  });

  it('shows the key in no error, no record and no body', async () => {
    const recorder = new PromptRecorder();
    const server = await start({ refuses: () => `your key ${key} may not do this` });
    const error: unknown = await open(server, { recorder })
      .complete(request(), never)
      .catch((thrown: unknown) => thrown);
    assert.doesNotMatch(inspect(error, { depth: 20 }) + inspect(recorder.last(), { depth: 20 }), /canary/);
    assert.match(recorder.last()[0]?.outcome?.problem ?? '', /your key \[key\] may not/);
    assert.doesNotMatch(server.requests.map(({ body, path }) => body + path).join(), /canary/);
  });

  it('sends nothing to a cloud without a key', async () => {
    const model = modelOf({ provider: 'openai', model: 'gpt-4o', baseUrl: null }, {}, { fetch: () => assert.fail('nothing may be sent') });
    await assert.rejects(model.complete(request(), never), {
      kind: 'configuration',
      message: /no key for https:\/\/api\.openai\.com\/v1.*OPENAI_API_KEY/,
    });
  });
});
