import assert from 'node:assert/strict';
import type { Investigation, InvestigationEvent } from '../../src/domain/investigation';
import type { ModelDeps } from '../../src/models/deps';
import { AGENTS, answeredBy, IMPATIENT, investigateWith, reasons, requestOf } from '../fakes/agentRun';
import { GUILTY } from '../fakes/incidents';
import type { ChatBody, Fault, OllamaScript } from '../fakes/ollama/script';
import { type OllamaServer, startOllama } from '../fakes/ollama/server';
import { goodAnswer } from '../fakes/scriptedModel';
import { modelOf, ollamaAt } from '../unit/models/parts';

const good = (body: ChatBody) => goodAnswer(requestOf(body.format));

describe('an investigation with a model behind Ollama, over HTTP', () => {
  let server: OllamaServer;
  afterEach(() => server.close());

  async function play(
    script: OllamaScript,
    deps: Partial<ModelDeps> = {},
    events: InvestigationEvent[] = [],
    signal = new AbortController().signal,
  ) {
    server = await startOllama(script);
    const model = modelOf(ollamaAt(server.url), {}, { retries: { maxRetries: 0 }, ...deps });
    return investigateWith(model, events, signal);
  }

  it('fills words with those of the model, and says who answered, what it took, and nothing else changes', async () => {
    const events: InvestigationEvent[] = [];
    const found = await play({ answers: (body) => ({ text: good(body) }) }, {}, events);
    const alone = await investigateWith(null);
    assert.deepEqual(
      answeredBy(found)
        .map(([name]) => name)
        .sort(),
      [...AGENTS].sort(),
    );
    for (const [name, stage] of answeredBy(found)) assert.equal(stage, 'model', name);
    assert.match(found.summary ?? '', /^This is the part of the system where requests fail first \[E\d+\]\. The team/);
    assert.match(found.hypotheses[0]?.explanation ?? '', /^Commit .*In the words of the language model: This is the part of the system/);
    assert.ok(found.steps.some(({ title }) => title === 'Compare the requests that fail with those that do not'));
    assert.ok(
      found.recommendations.some(
        ({ kind, title }) => kind === 'hypothesis' && title.startsWith('Idea of the language model, not checked:'),
      ),
    );
    assert.ok(found.recommendations.length <= 5 && found.steps.length <= 7);
    assert.equal(found.testPlan?.cases[0]?.description, 'This is the part of the system where requests fail first.');
    const strip = ({ hypotheses, verdict, culprits, rootCauseCommit }: Investigation) => [
      verdict,
      culprits,
      rootCauseCommit,
      hypotheses.map(({ explanation: _, ...rest }) => rest),
    ];
    assert.deepEqual(strip(found), strip(alone));
    const { tokensIn, tokensOut, model, costUsd } = found.usage;
    assert.ok(tokensIn > 500 && tokensOut > 50);
    assert.deepEqual([model, costUsd], ['ollama:llama3.2:3b', 0]);
    assert.ok(events.some((event) => event.kind === 'trace' && event.entry.agent === 'models.guidedSteps'));
    assert.ok(server.chats.every(({ messages }) => messages.reduce((sum, { content }) => sum + content.length, 0) < 20_000));
  });

  for (const [where, isRemote, wanted] of [
    ['on this machine one thing', false, 1],
    ['elsewhere two things', true, 2],
  ] as const)
    it(`asks a model ${where} at once, and tells the summary before all have answered`, async () => {
      const events: InvestigationEvent[] = [];
      let [open, most] = [0, 0];
      server = await startOllama({ answers: (body) => ({ text: good(body) }) });
      const model = modelOf(ollamaAt(server.url));
      const counted = {
        ...model,
        isRemote,
        complete: async (...given: Parameters<typeof model.complete>) => {
          most = Math.max(most, ++open);
          return model.complete(...given).finally(() => open--);
        },
      };
      await investigateWith(counted, events);
      assert.equal(most, wanted);
      const summary = events.findIndex((event) => event.kind === 'found' && event.found.summary !== undefined);
      const last = events.findLastIndex((event) => event.kind === 'trace');
      assert.ok(summary >= 0 && summary < last);
    });

  const answers: readonly [string, OllamaScript['answers'], string][] = [
    ['is fenced', (body) => ({ text: `Sure!\n\`\`\`json\n${JSON.stringify(good(body))}\n\`\`\`` }), 'model'],
    ['thinks aloud first', (body) => ({ text: `<think>{"a": 1} hmm</think>${JSON.stringify(good(body))}` }), 'model'],
    ['thinks apart', (body) => ({ thinking: 'hmm', text: good(body) }), 'model'],
    ['adds what nobody asked for', (body) => ({ text: { ...good(body), verdict: 'healthy', confidence: 1 } }), 'coerced'],
    ['is mended when asked again', (body) => ({ text: body.messages.length < 4 ? { x: 1 } : good(body) }), 'repaired'],
  ];
  for (const [what, script, stage] of answers)
    it(`takes an answer that ${what} (${stage})`, async () => {
      const found = await play({ answers: script });
      for (const [name, reached] of answeredBy(found)) assert.equal(reached, stage, `${name}: ${reasons(found).join(' / ')}`);
    });

  const status = (code: number): Fault => ({ kind: 'status', status: code, message: 'no' });
  const faults: readonly [string, OllamaScript, RegExp][] = [
    ['hangs before it answers', { fault: { kind: 'hang' } }, /did not|silent|answer/i],
    ['stalls', { answers: (body) => ({ text: good(body), fault: { kind: 'stall' } }) }, /./],
    ['drips without an end', { answers: (body) => ({ text: good(body), fault: { kind: 'slow_drip', everyMs: 5 } }) }, /./],
    ['breaks a line', { answers: (body) => ({ text: good(body), fault: { kind: 'broken_line' } }) }, /./],
    [
      'reports an error on the way',
      { answers: (body) => ({ text: good(body), fault: { kind: 'error_in_stream', message: 'lost it' } }) },
      /lost it/,
    ],
    ['ends too early', { answers: (body) => ({ text: good(body), fault: { kind: 'no_done' } }) }, /./],
    ['tears the connection', { answers: (body) => ({ text: good(body), fault: { kind: 'torn' } }) }, /./],
    ['is cut', { answers: (body) => ({ text: good(body), fault: { kind: 'cut' } }) }, /cut before its JSON ended/],
    ['refuses the key', { fault: status(401) }, /./],
    ['does not have the model', { models: [] }, /does not have the model/],
    ['limits requests', { fault: status(429) }, /./],
    ['fails', { fault: status(500) }, /status 500/],
    ['is overloaded', { fault: status(503) }, /./],
    ['is a web page', { fault: { kind: 'html', status: 200 } }, /./],
    ['says nothing', { answers: [{ text: '' }] }, /empty/],
    ['breaks the schema', { answers: [{ text: { answer: 42 } }] }, /not fit/],
    ['says no JSON', { answers: [{ text: 'The shop is down because of the commit.' }] }, /no whole JSON object/],
    [
      'invents all ids',
      { answers: (body) => ({ text: JSON.stringify(good(body)).replace(/"([EHSR]|TC0*)\d+"/g, '"$199999"') }) },
      /not fit|is not explained|cites/,
    ],
  ];
  for (const [what, script, reason] of faults)
    it(`ends in a valid report that says what happened when the model ${what}`, async () => {
      const found = await play(script, /^(?:hangs|stalls|drips)/.test(what) ? { patience: IMPATIENT } : {});
      assert.deepEqual([found.verdict, found.rootCauseCommit], ['code', GUILTY]);
      assert.ok((found.summary ?? '').includes(GUILTY.slice(0, 7)) && found.steps.length >= 3 && found.testPlan);
      assert.equal(answeredBy(found).length, AGENTS.length);
      for (const [name, stage] of answeredBy(found)) assert.equal(stage, 'fallback', name);
      for (const why of reasons(found)) assert.ok(why.length > 10 && !/Something in AIDog went wrong/.test(why), why);
      assert.match(reasons(found)[0] ?? '', reason);
      // All that were asked before the first was given up; nobody waits again.
      if (/^(?:hangs|stalls|drips)/.test(what)) assert.ok(server.chats.length <= 2, `${server.chats.length} chats`);
    });

  it('ends in a valid report when nobody listens', async () => {
    server = await startOllama();
    const model = modelOf(ollamaAt(server.url), {}, { retries: { maxRetries: 0 } });
    await server.close();
    const found = await investigateWith(model);
    for (const [name, stage] of answeredBy(found)) assert.equal(stage, 'fallback', name);
    assert.match(reasons(found)[0] ?? '', /Ollama|reach/);
    server = await startOllama();
  });

  it('is cancelled while the model is silent, keeps what was found, and leaves the server', async () => {
    const controller = new AbortController();
    const events: InvestigationEvent[] = [];
    const played = play({ fault: { kind: 'hang' } }, {}, events, controller.signal);
    await new Promise<void>((resolve) => {
      const wait = () => (server?.waiting ?? Promise.resolve()).then(resolve);
      setImmediate(function poll() {
        if (server?.requests.length) wait();
        else setImmediate(poll);
      });
    });
    controller.abort();
    await assert.rejects(played, { kind: 'cancelled' });
    await server.clientLeft;
    assert.ok(events.some((event) => event.kind === 'found' && event.found.hypotheses?.length));
  });
});
