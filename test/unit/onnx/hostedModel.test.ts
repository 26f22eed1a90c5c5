import assert from 'node:assert/strict';
import { AppError } from '../../../src/domain/errors';
import { ANSWER_LENGTH } from '../../../src/onnx/contract';
import { createHostedModel } from '../../../src/onnx/hostedModel';
import type { PredictedMessage, PredictMessage } from '../../../src/onnx/modelMessages';
import type { ModelPeer } from '../../../src/onnx/modelPeer';

/** A peer that a test answers for. */
class FakePeer implements ModelPeer {
  readonly posted: PredictMessage[] = [];
  isEnded = false;
  isAwaited = true;
  #onMessage: (message: PredictedMessage) => void = () => {};
  #onEnd: (why: string) => void = () => {};

  constructor(private readonly answer: (message: PredictMessage) => PredictedMessage | null = echo) {}

  post(message: PredictMessage): void {
    this.posted.push(message);
    const answered = this.answer(message);
    if (answered) queueMicrotask(() => this.#onMessage(answered));
  }
  onMessage(listener: (message: PredictedMessage) => void): void {
    this.#onMessage = listener;
  }
  onEnd(listener: (why: string) => void): void {
    this.#onEnd = listener;
  }
  setAwaited(isAwaited: boolean): void {
    this.isAwaited = isAwaited;
  }
  end(): void {
    this.isEnded = true;
  }
  crash(why: string): void {
    this.#onEnd(why);
  }
}

/** Predicts the first value of each context. */
function echo({ id, contexts }: PredictMessage): PredictedMessage {
  const count = contexts.length / 512;
  return { id, answers: Float32Array.from({ length: count * ANSWER_LENGTH }, (_, at) => contexts[Math.floor(at / ANSWER_LENGTH) * 512]!) };
}

const context = (value: number) => new Float32Array(512).fill(value);
const manyContexts = (count: number) => Array.from({ length: count }, (_, index) => context(index));

function hosted(peers: FakePeer[], times: { timeoutMs?: number; idleMs?: number } = {}) {
  const started: FakePeer[] = [];
  const start = () => {
    const peer = peers.shift()!;
    started.push(peer);
    return peer;
  };
  const model = createHostedModel({ modelFile: '/m.onnx', wasmFile: '/w.wasm', start, timeoutMs: 5000, idleMs: 5000, ...times });
  return { model, started };
}

describe('createHostedModel', () => {
  it('starts nothing before the first question, and asks for parts in order', async () => {
    const { model, started } = hosted([new FakePeer()]);
    assert.equal(started.length, 0);
    const done: number[] = [];
    const bands = await model.predict(manyContexts(40), undefined, (count) => done.push(count));
    assert.deepEqual(
      bands.map(({ median }) => median[59]),
      manyContexts(40).map(([first]) => first),
    );
    assert.deepEqual(done, [16, 32, 40]);
    assert.equal(started[0]?.posted.length, 3);
    assert.equal(started[0]?.isAwaited, false);
    model.dispose();
    assert.equal(started[0]?.isEnded, true);
  });

  it('answers questions that come at the same time one after the other', async () => {
    const { model, started } = hosted([new FakePeer()]);
    const [a, b] = await Promise.all([model.predict([context(1)]), model.predict([context(2)])]);
    assert.deepEqual([a[0]?.median[0], b[0]?.median[0]], [1, 2]);
    assert.equal(started.length, 1);
    model.dispose();
  });

  it('ends a peer that does not answer in time, and starts another for the next question', async () => {
    const slow = new FakePeer(() => null);
    const { model } = hosted([slow, new FakePeer()], { timeoutMs: 5 });
    await assert.rejects(model.predict([context(1)]), /did not answer within/);
    assert.equal(slow.isEnded, true);
    assert.equal((await model.predict([context(7)]))[0]?.p90[0], 7);
    model.dispose();
  });

  it('says why a peer ended, and starts another for the next question', async () => {
    const dying = new FakePeer(() => {
      queueMicrotask(() => dying.crash('it was ended by SIGKILL'));
      return null;
    });
    const { model } = hosted([dying, new FakePeer()]);
    await assert.rejects(model.predict([context(1)]), /\/m\.onnx ended: it was ended by SIGKILL/);
    assert.equal((await model.predict([context(7)]))[0]?.p10[0], 7);
    model.dispose();
  });

  it('passes on what is wrong with the model', async () => {
    const failing = new FakePeer(({ id }) => ({ id, failure: { kind: 'configuration', message: 'No model.', detail: 'x' } }));
    const { model } = hosted([failing]);
    await assert.rejects(model.predict([context(1)]), (error) => error instanceof AppError && error.message === 'No model.');
    model.dispose();
  });

  it('stops at once when called off, and takes no late answer for that of the next question', async () => {
    const controller = new AbortController();
    const late: PredictMessage[] = [];
    const peer = new FakePeer((message) => {
      late.push(message);
      if (late.length > 1) return echo(message);
      queueMicrotask(() => controller.abort());
      return null;
    });
    const { model, started } = hosted([peer]);
    await assert.rejects(
      model.predict(manyContexts(20), controller.signal),
      (error) => error instanceof AppError && error.kind === 'cancelled',
    );
    assert.equal(peer.posted.length, 1);
    assert.equal((await model.predict([context(3)]))[0]?.median[0], 3);
    assert.equal(started.length, 1);
    model.dispose();
  });

  it('ends a peer that nobody asks any more', async () => {
    const peer = new FakePeer();
    const ended = new Promise<void>((resolve) => {
      peer.end = () => resolve();
    });
    const { model } = hosted([peer], { idleMs: 1 });
    await model.predict([context(1)]);
    // The timer of an idle model keeps no process alive, so this one does.
    const alive = setTimeout(() => undefined, 10_000);
    await ended;
    clearTimeout(alive);
    model.dispose();
  });
});
