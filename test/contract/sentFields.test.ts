import assert from 'node:assert/strict';
import { rm } from 'node:fs/promises';
import { defaultModelPrivacy, type SentField, sentFields } from '../../src/domain/modelPrivacy';
import { defaultModelSettings } from '../../src/domain/modelUse';
import { createEngine, type Engine } from '../../src/engine/engine';
import { type OllamaServer, startOllama } from '../fakes/ollama/server';
import { CANARIES, SECRETS, writeCanaryRecording, writeKeptRunbooks } from '../fixtures/canaryRecording';
import { ollamaAt, silent } from '../unit/models/parts';

/** Ollama passes it on to its own cloud, so it counts as one that is not on this machine. */
const REMOTE = 'tiny-cloud';

describe('what leaves the machine, over HTTP', () => {
  let server: OllamaServer;
  let dir: string;
  let runbooksDir: string;
  let engine: Engine;
  const signal = new AbortController().signal;
  const permit = (fields: readonly SentField[]) =>
    engine.commands.configureModels({
      settings: { ...defaultModelSettings, primary: ollamaAt(server.url, REMOTE), privacy: { ...defaultModelPrivacy, fields } },
    });
  const investigate = () => engine.requests.investigate({ runId: 'r', target: { kind: 'recording', dir }, repositories: [] }, signal);
  const preview = () => engine.requests.previewPrompts({ runId: 'r' }, signal);
  /** What the server was sent, and what is shown of it. */
  const sent = async () =>
    [...server.requests.map(({ body }) => body), JSON.stringify(await engine.requests.lastPrompts({}, signal))].join('\n');

  // One investigation with everything permitted; the engine's modules are loaded for it.
  before(async function () {
    this.timeout(120_000);
    server = await startOllama({ models: [{ name: REMOTE }], answers: [{ text: { x: 1 } }] });
    dir = await writeCanaryRecording(SECRETS.flatMap(([text]) => [text, `${'w '.repeat(70)}${text}`, `${'w '.repeat(105)}${text}`]));
    runbooksDir = await writeKeptRunbooks();
    engine = createEngine({ log: silent, onProgress: () => undefined });
    engine.commands.configureMemory({ settings: { dir: null, runbooksDir, role: null } });
    permit(sentFields);
    await investigate();
  });
  after(async () => {
    engine.dispose();
    await server.close();
    for (const written of [dir, runbooksDir]) await rm(written, { recursive: true, force: true });
  });

  it('is what the preview shows, every kind of fact where all may be sent', async () => {
    const { prompts, isRemote } = await preview();
    assert.equal(isRemote, true);
    for (const { messages } of server.chats.slice(0, 2))
      assert.ok(prompts.some((prompt) => prompt.messages[0]?.content === messages[1]?.content));
    const all = await sent();
    for (const canary of ['Quokkatitle', 'quokka.metric.depth', 'Quokkalogmessage', 'Quokkakeptlog', 'Quokkaspanerror', 'Quokkacommit'])
      assert.ok(all.includes(canary) && JSON.stringify(prompts).includes(canary), canary);
  });

  it('holds no secret nor a part of one, no address of a person or a machine', async () => {
    const all = `${await sent()}\n${JSON.stringify(await preview())}`;
    assert.match(all, /<SECRET_\d+>/);
    assert.doesNotMatch(all, /ann@quokka|203\.0\.113\.77/);
    for (const [text, secret] of SECRETS)
      for (let from = 0; from + 8 <= secret.length; from++)
        assert.ok(!all.includes(secret.slice(from, from + 8)), `${text}: ${around(all, secret.slice(from, from + 8))}`);
  });

  for (const [field, canaries] of Object.entries(CANARIES))
    it(`holds nothing of ${field} where that may not be sent, however conclusions quote it`, async () => {
      permit(sentFields.filter((one) => one !== field));
      const all = JSON.stringify(await preview()).toLowerCase();
      for (const canary of canaries) assert.ok(!all.includes(canary.toLowerCase()), around(all, canary));
    });

  it('holds nothing at all of an incident where nothing may be sent', async function () {
    this.timeout(60_000);
    permit([]);
    const before = server.requests.length;
    await investigate();
    const [newest] = await engine.requests.lastPrompts({}, signal);
    const all = `${server.requests.slice(before).map(({ body }) => body)}${JSON.stringify(newest)}${JSON.stringify(await preview())}`;
    assert.match(all, /Settled by code/);
    for (const canary of Object.values(CANARIES).flat()) assert.ok(!all.toLowerCase().includes(canary.toLowerCase()), around(all, canary));
  });
});

const around = (text: string, part: string) => {
  const place = text.toLowerCase().indexOf(part.toLowerCase());
  return place < 0 ? '' : text.slice(Math.max(0, place - 200), place + 120);
};
