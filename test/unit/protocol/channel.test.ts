import assert from 'node:assert/strict';
import { z } from 'zod';
import { AppError } from '../../../src/domain/errors';
import { type Channel, openChannel, type Transport } from '../../../src/protocol/channel';
import { defineCommand, defineNotification, defineRequest } from '../../../src/protocol/message';

const serverContract = {
  requests: { add: defineRequest<{ a: number; b: number }, number>(z.object({ a: z.number(), b: z.number() })) },
  commands: { remember: defineCommand<{ text: string }>(z.object({ text: z.string() })) },
  notifications: {},
} as const;
const clientContract = {
  requests: {},
  commands: {},
  notifications: { told: defineNotification<{ text: string }>(z.object({ text: z.string() })) },
} as const;

/** Two ends joined by a queue that copies as `postMessage` does. */
function pair(): [Transport, Transport] {
  const listeners: ((message: unknown) => void)[][] = [[], []];
  const end = (mine: number, other: number): Transport => ({
    post: (message) =>
      queueMicrotask(() => {
        for (const receive of [...listeners[other]!]) receive(structuredClone(message));
      }),
    listen: (receive) => {
      listeners[mine]!.push(receive);
      return { dispose: () => void listeners[mine]!.splice(listeners[mine]!.indexOf(receive), 1) };
    },
  });
  return [end(0, 1), end(1, 0)];
}

type Add = (params: { a: number; b: number }, signal: AbortSignal) => Promise<number>;

function open(add: Add = async ({ a, b }) => a + b) {
  const [left, right] = pair();
  const problems: string[] = [];
  const remembered: string[] = [];
  const told: string[] = [];
  const server: Channel<typeof clientContract> = openChannel({
    transport: left,
    inbound: serverContract,
    handlers: { requests: { add }, commands: { remember: ({ text }) => void remembered.push(text) }, notifications: {} },
    onProblem: (message) => problems.push(message),
  });
  const client: Channel<typeof serverContract> = openChannel({
    transport: right,
    inbound: clientContract,
    handlers: { requests: {}, commands: {}, notifications: { told: ({ text }) => void told.push(text) } },
    onProblem: (message) => problems.push(message),
  });
  return { server, client, problems, remembered, told, raw: right };
}

const settled = () => new Promise((resolve) => setTimeout(resolve, 5));

describe('a channel', () => {
  it('answers a request', async () => {
    assert.equal(await open().client.request('add', { a: 1, b: 2 }), 3);
  });

  it('keeps answers apart when they come out of order', async () => {
    const { client } = open(async ({ a, b }) => {
      await new Promise((resolve) => setTimeout(resolve, a));
      return b;
    });
    assert.deepEqual(await Promise.all([client.request('add', { a: 8, b: 1 }), client.request('add', { a: 1, b: 2 })]), [1, 2]);
  });

  it('rejects with the sentence and kind that the other side threw', async () => {
    const { client } = open(async () => {
      throw new AppError('forbidden', 'Not with these keys.');
    });
    await assert.rejects(client.request('add', { a: 1, b: 2 }), { kind: 'forbidden', message: 'Not with these keys.' });
  });

  it('reports a handler that threw, with a sentence for whatever it was', async () => {
    const { client, problems } = open(async () => {
      throw new TypeError('x is undefined');
    });
    await assert.rejects(client.request('add', { a: 1, b: 2 }), { kind: 'internal', message: /x is undefined/ });
    assert.deepEqual(problems, ['The request add failed.']);
  });

  it('rejects a request that times out and aborts the handler', async () => {
    let wasAborted = false;
    const { client } = open((_, signal) => new Promise(() => signal.addEventListener('abort', () => (wasAborted = true))));
    await assert.rejects(client.request('add', { a: 1, b: 2 }, { timeoutMs: 5 }), /not answered within/);
    await settled();
    assert.equal(wasAborted, true);
  });

  it('rejects with the reason and aborts the handler when the caller gives up', async () => {
    let wasAborted = false;
    const { client } = open((_, signal) => new Promise(() => signal.addEventListener('abort', () => (wasAborted = true))));
    const controller = new AbortController();
    const pending = client.request('add', { a: 1, b: 2 }, { signal: controller.signal });
    await settled();
    controller.abort(new Error('enough'));
    await assert.rejects(pending, /enough/);
    await settled();
    assert.equal(wasAborted, true);
  });

  it('rejects what is awaited, and what comes later, once it is closed', async () => {
    const { client } = open(() => new Promise(() => undefined));
    const pending = client.request('add', { a: 1, b: 2 });
    client.dispose();
    await assert.rejects(pending, { kind: 'cancelled' });
    await assert.rejects(client.request('add', { a: 1, b: 2 }), { kind: 'cancelled' });
  });

  it('aborts the handlers that still run when the answering side is closed', async () => {
    let wasAborted = false;
    const { client, server } = open((_, signal) => new Promise(() => signal.addEventListener('abort', () => (wasAborted = true))));
    void client.request('add', { a: 1, b: 2 }).catch(() => undefined);
    await settled();
    server.dispose();
    assert.equal(wasAborted, true);
  });

  it('refuses parameters of the wrong shape', async () => {
    const { client } = open();
    await assert.rejects(client.request('add', { a: 'one' as unknown as number, b: 2 }), { kind: 'bad_input' });
  });

  it('refuses a name that nobody answers, also one that every object inherits', async () => {
    const { client } = open();
    await assert.rejects(client.request('toString' as 'add', { a: 1, b: 2 }), /Nothing answers/);
  });

  it('delivers commands one way and notifications the other', async () => {
    const { client, server, remembered, told } = open();
    client.command('remember', { text: 'milk' });
    server.notify('told', { text: 'news' });
    await settled();
    assert.deepEqual([remembered, told], [['milk'], ['news']]);
  });

  it('drops what is no message of ours and says so', async () => {
    const { raw, problems } = open();
    raw.post({ type: 'setImmediate' });
    await settled();
    assert.deepEqual(problems, ['A message of unknown shape was dropped.']);
  });
});
