import { AppError } from '../domain/errors';
import { forecastCancelled, modelEnded, modelTooSlow } from '../domain/forecastErrors';
import type { PredictedBand, QuantileModel } from '../domain/quantileModel';
import { bandsOf, CONTEXT_LENGTH } from './contract';
import type { PredictedMessage } from './modelMessages';
import type { ModelPeer } from './modelPeer';

export interface HostedModelOptions {
  readonly modelFile: string;
  /** ONNX Runtime's compiled code. */
  readonly wasmFile: string;
  /** Called on first use, and again after it ended. */
  readonly start: () => ModelPeer;
  /** A part that takes longer than this ends the process. Opening the file counts. */
  readonly timeoutMs: number;
  /** Ended after so long without use. */
  readonly idleMs: number;
}

/** Contexts that go to the model at once: enough to share its work, few enough that cancelling is quick. */
const PART = 16;

/** A model in a process of its own, which starts with the first question and ends when nobody asks any more. */
export function createHostedModel(options: HostedModelOptions): QuantileModel {
  const conversation = new Conversation(options);
  let last: Promise<unknown> = Promise.resolve();
  const predict: QuantileModel['predict'] = async (contexts, signal, onDone) => {
    const bands: PredictedBand[] = [];
    for (let at = 0; at < contexts.length; at += PART) {
      if (signal?.aborted) throw forecastCancelled(signal.reason);
      bands.push(...(await conversation.ask(contexts.slice(at, at + PART), signal)));
      onDone?.(bands.length);
    }
    return bands;
  };
  return {
    predict(contexts, signal, onDone) {
      const predicted = last.then(() => predict(contexts, signal, onDone));
      last = predicted.catch(() => undefined);
      return predicted;
    },
    dispose: () => conversation.end(),
  };
}

interface Pending {
  readonly resolve: (bands: readonly PredictedBand[]) => void;
  readonly reject: (error: unknown) => void;
}

/** Questions and answers with one peer after the other; one question at a time. */
class Conversation {
  #peer: ModelPeer | null = null;
  #pending: Pending | null = null;
  #lastId = 0;
  #idle: NodeJS.Timeout | null = null;

  constructor(private readonly options: HostedModelOptions) {}

  async ask(contexts: readonly Float32Array[], signal: AbortSignal | undefined): Promise<readonly PredictedBand[]> {
    if (this.#idle) clearTimeout(this.#idle);
    const { modelFile, wasmFile, timeoutMs } = this.options;
    const peer = this.#current();
    const id = ++this.#lastId;
    peer.setAwaited(true);
    let slow: NodeJS.Timeout | undefined;
    let onAbort = () => {};
    try {
      return await new Promise((resolve, reject) => {
        this.#pending = { resolve, reject };
        slow = setTimeout(() => this.#fail(modelTooSlow(modelFile, timeoutMs / 1000)), timeoutMs);
        // What is asked already goes on, unheard; only a part, so not for long.
        onAbort = () => reject(forecastCancelled(signal?.reason));
        signal?.addEventListener('abort', onAbort);
        peer.post({ id, modelFile, wasmFile, contexts: joined(contexts) });
      });
    } finally {
      clearTimeout(slow);
      signal?.removeEventListener('abort', onAbort);
      this.#pending = null;
      this.#peer?.setAwaited(false);
      this.#idle = setTimeout(() => this.end(), this.options.idleMs);
      this.#idle.unref();
    }
  }

  end(): void {
    if (this.#idle) clearTimeout(this.#idle);
    this.#fail(modelEnded(this.options.modelFile, 'AIDog ended it'));
  }

  #current(): ModelPeer {
    if (this.#peer) return this.#peer;
    const peer = this.options.start();
    this.#peer = peer;
    peer.onMessage((message) => this.#hear(message));
    peer.onEnd((why, cause) => {
      if (this.#peer === peer) this.#fail(modelEnded(this.options.modelFile, why, cause));
    });
    return peer;
  }

  #hear(message: PredictedMessage): void {
    if (message.id !== this.#lastId) return;
    if ('answers' in message) return this.#pending?.resolve(bandsOf(message.answers));
    const { kind, message: text, detail } = message.failure;
    this.#pending?.reject(new AppError(kind, text, { cause: detail }));
  }

  #fail(error: AppError): void {
    const peer = this.#peer;
    this.#peer = null;
    this.#pending?.reject(error);
    peer?.end();
  }
}

function joined(contexts: readonly Float32Array[]): Float32Array {
  const all = new Float32Array(contexts.length * CONTEXT_LENGTH);
  contexts.forEach((context, index) => {
    all.set(context, index * CONTEXT_LENGTH);
  });
  return all;
}
