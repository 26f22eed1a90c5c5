import assert from 'node:assert/strict';
import type { ServerResponse } from 'node:http';
import type { ModelDeps } from '../../src/models/deps';
import { AGENTS, answeredBy, IMPATIENT, investigateWith, reasons, requestOf, STEADY } from '../fakes/agentRun';
import { afterHalf, cloudWires, type WireScript } from '../fakes/cloudWire';
import { GUILTY } from '../fakes/incidents';
import { beginEvents, type CloudServer } from '../fakes/openAiServer';
import { goodAnswer } from '../fakes/scriptedModel';
import { sendJson } from '../fakes/scriptedServer';
import { modelOf } from '../unit/models/parts';

type Body = Readonly<Record<string, unknown>>;

for (const wire of cloudWires)
  describe(`an investigation with a model behind ${wire.name}, over HTTP`, () => {
    let server: CloudServer;
    afterEach(() => server.close());

    const good = (body: Body) => JSON.stringify(goodAnswer(requestOf(wire.schemaOf(body))));
    const open = (deps: Partial<ModelDeps> = {}) => modelOf(wire.choiceAt(server.url), {}, { retries: { maxRetries: 0 }, ...deps });

    async function play(script: WireScript, deps: Partial<ModelDeps> = {}) {
      server = await wire.start(script);
      return investigateWith(open(deps));
    }

    const answers: readonly [string, WireScript, string][] = [
      ['comes in pieces', { pieces: (body) => good(body).match(/.{1,40}/gs) ?? [] }, 'model'],
      ['adds what nobody asked for', { pieces: (body) => [good(body).replace(/}$/, ',"verdict":"healthy"}')] }, 'coerced'],
      ['is fenced', { pieces: (body) => ['Sure!\n```json\n', good(body), '\n```'] }, 'model'],
      ['thinks aloud first', { pieces: (body) => ['<think>{"a": 1} hmm</think>', good(body)] }, 'model'],
      [
        'is mended when asked again',
        { pieces: (body) => [JSON.stringify(body.messages).includes('cannot be used') ? good(body) : '{"x":1}'] },
        'repaired',
      ],
    ];
    for (const [what, script, stage] of answers)
      it(`takes an answer that ${what} (${stage})`, async () => {
        const found = await play(script);
        assert.equal(answeredBy(found).length, AGENTS.length);
        for (const [name, reached] of answeredBy(found)) assert.equal(reached, stage, `${name}: ${reasons(found).join(' / ')}`);
      });

    const half = (goOn: (response: ServerResponse) => void): WireScript => ({ fault: afterHalf(wire, good, goOn) });
    const always = (answer: (response: ServerResponse) => unknown): WireScript => ({
      fault(response) {
        answer(response);
        return true;
      },
    });
    const status = (code: number, message = 'no') => always((response) => sendJson(response, wire.errorBody(message), code));
    const faults: readonly [string, WireScript, RegExp][] = [
      ['hangs before it answers', always(() => undefined), /did not begin to answer/],
      ['stalls', half(() => undefined), /stopped in the middle/],
      ['drips without an end', half(drip), /not done with its answer/],
      ['breaks an event', half((response) => response.end('data: {"choi\n\n')), /no answer of a language model/],
      [
        'reports an error on the way',
        half((response) => {
          wire.reportError(response, 'lost it');
          response.end();
        }),
        /lost it/,
      ],
      ['ends too early', half((response) => response.end()), /broke off/],
      ['tears the connection', half((response) => response.destroy()), /broke off/],
      ['is cut', half((response) => wire.cut(response)), /cut before its JSON ended/],
      ['refuses the key', status(401), /key/],
      ['does not have the model', status(404, 'The model gone does not exist'), /has no model/],
      ['limits requests', status(429), /limiting requests/],
      ['fails', status(500), /status 500/],
      ['is too busy', status(503), /status 503/],
      ['is overloaded', status(529), /status 529/],
      [
        'is a web page',
        always((response) => response.writeHead(200, { 'content-type': 'text/html' }).end('<html>')),
        /no answer of a language model/,
      ],
      ['breaks the schema', { pieces: () => ['{"answer":42}'] }, /not fit/],
      ['says no JSON', { pieces: () => ['The shop is down because of the commit.'] }, /no whole JSON object/],
      ['invents all ids', { pieces: (body) => [good(body).replace(/"([EHSR]|TC0*)\d+"/g, '"$199999"')] }, /not fit|is not explained|cites/],
    ];
    for (const [what, script, reason] of faults)
      it(`ends in a valid report that says what happened when the model ${what}`, async () => {
        const found = await play(script, patienceFor(what));
        assert.deepEqual([found.verdict, found.rootCauseCommit], ['code', GUILTY]);
        assert.ok((found.summary ?? '').includes(GUILTY.slice(0, 7)) && found.steps.length >= 3 && found.testPlan);
        for (const [name, stage] of answeredBy(found)) assert.equal(stage, 'fallback', name);
        assert.match(reasons(found)[0] ?? '', reason);
        // All that were asked before the first was given up; nobody waits again.
        if (/^(?:hangs|stalls|drips)/.test(what)) assert.ok(server.requests.length <= 2, `${server.requests.length} requests`);
      });

    it('ends in a valid report when nobody listens', async () => {
      server = await wire.start({});
      const model = open();
      await server.close();
      const found = await investigateWith(model);
      for (const [name, stage] of answeredBy(found)) assert.equal(stage, 'fallback', name);
      assert.match(reasons(found)[0] ?? '', /cannot be reached/);
      server = await wire.start({});
    });

    it('reads a stream with comments, pings, blank data, carriage returns, and letters that are torn apart', async () => {
      const noisy = (response: ServerResponse, text: string) => {
        const quiet = { write: (piece: string) => chunks.push(piece) } as unknown as ServerResponse;
        const chunks: string[] = [': hello\n\n', 'event: ping\ndata: {"type":"ping"}\n\n', 'data:\n\n'];
        for (const piece of text.match(/.{1,60}/gs) ?? []) wire.say(quiet, piece);
        const bytes = Buffer.from(chunks.join('').replaceAll('\n', '\r\n'));
        for (let at = 0; at < bytes.length; at += 7) response.write(bytes.subarray(at, at + 7));
      };
      const found = await play({
        fault(response, request) {
          beginEvents(response);
          const text = good(JSON.parse(request.body) as Body).replaceAll('requests fail', 'a customer’s requests fail');
          noisy(response, text);
          wire.finish(response);
          return true;
        },
      });
      for (const [name, stage] of answeredBy(found)) assert.equal(stage, 'model', `${name}: ${reasons(found).join(' / ')}`);
      assert.match(found.summary ?? '', /where a customer’s requests fail first/);
    });
  });

const patienceFor = (what: string): Partial<ModelDeps> =>
  /^(?:hangs|stalls)/.test(what) ? { patience: IMPATIENT } : what.startsWith('drips') ? { patience: STEADY } : {};

/** Always alive, never done. */
function drip(response: ServerResponse): void {
  const timer = setInterval(() => response.write(': still here\n\n'), 5);
  response.on('close', () => clearInterval(timer));
}
