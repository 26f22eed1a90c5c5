import * as z from 'zod/mini';
import type { Disposable } from '../domain/disposal';
import { AppError, type ErrorKind, isCancellation, messageFor } from '../domain/errors';
import { type Contract, type Envelope, envelope, type Handlers, type ParamsOf, type ReplyOf } from './message';

/** Two functions are all that a border needs to be: `postMessage` in a webview, a port of a worker, a pair in a test. */
export interface Transport {
  post(message: unknown): void;
  /** Calls back for each inbound message until disposed. */
  listen(receive: (message: unknown) => void): Disposable;
}

export interface RequestOptions {
  readonly signal?: AbortSignal;
  readonly timeoutMs?: number;
}

/** One end of a border. Every request settles: by its answer, a throw on the other side, abort, timeout or close. */
export interface Channel<Out extends Contract> extends Disposable {
  request<K extends keyof Out['requests'] & string>(
    name: K,
    params: ParamsOf<Out['requests'][K]>,
    options?: RequestOptions,
  ): Promise<ReplyOf<Out['requests'][K]>>;
  command<K extends keyof Out['commands'] & string>(name: K, params: ParamsOf<Out['commands'][K]>): void;
  notify<K extends keyof Out['notifications'] & string>(name: K, params: ParamsOf<Out['notifications'][K]>): void;
}

interface Pending {
  settle(reply: Extract<Envelope, { type: 'reply' }>): void;
  reject(error: unknown): void;
}

export interface ChannelOptions<In extends Contract> {
  readonly transport: Transport;
  readonly inbound: In;
  readonly handlers: Handlers<In>;
  /** Told of messages that were dropped and of handlers that threw. */
  readonly onProblem: (message: string, cause?: unknown) => void;
}

type AnyHandler = (params: unknown, signal: AbortSignal) => unknown;

/** Opens one end. `Out` names what the other end can be asked. */
export function openChannel<In extends Contract, Out extends Contract>(options: ChannelOptions<In>): Channel<Out> {
  return new ChannelEnd<In, Out>(options);
}

class ChannelEnd<In extends Contract, Out extends Contract> implements Channel<Out> {
  #nextId = 1;
  #isClosed = false;
  readonly #pending = new Map<number, Pending>();
  readonly #running = new Map<number, AbortController>();
  readonly #subscription: Disposable;

  constructor(private readonly options: ChannelOptions<In>) {
    this.#subscription = options.transport.listen((message) => this.#receive(message));
  }

  request<K extends keyof Out['requests'] & string>(
    name: K,
    params: ParamsOf<Out['requests'][K]>,
    { signal, timeoutMs }: RequestOptions = {},
  ) {
    return new Promise<ReplyOf<Out['requests'][K]>>((resolve, reject) => {
      if (this.#isClosed) return reject(closed());
      if (signal?.aborted) return reject(signal.reason);
      const id = this.#nextId++;
      const abandon = (error: unknown) => {
        this.#post({ type: 'abort', id });
        this.#pending.get(id)?.reject(error);
      };
      const onAbort = () => abandon(signal?.reason);
      const timer = timeoutMs === undefined ? undefined : setTimeout(() => abandon(late(name, timeoutMs)), timeoutMs);
      const release = () => {
        this.#pending.delete(id);
        clearTimeout(timer);
        signal?.removeEventListener('abort', onAbort);
      };
      this.#pending.set(id, {
        settle: (reply) => {
          release();
          if (reply.ok) resolve(reply.value as ReplyOf<Out['requests'][K]>);
          else reject(new AppError(reply.error.kind as ErrorKind, reply.error.message));
        },
        reject: (error) => {
          release();
          reject(error);
        },
      });
      signal?.addEventListener('abort', onAbort);
      this.#post({ type: 'request', id, name, params });
    });
  }

  command<K extends keyof Out['commands'] & string>(name: K, params: ParamsOf<Out['commands'][K]>): void {
    this.#post({ type: 'signal', kind: 'commands', name, params });
  }

  notify<K extends keyof Out['notifications'] & string>(name: K, params: ParamsOf<Out['notifications'][K]>): void {
    this.#post({ type: 'signal', kind: 'notifications', name, params });
  }

  /** Rejects what is awaited and aborts what is being answered. */
  dispose(): void {
    this.#isClosed = true;
    this.#subscription.dispose();
    for (const pending of [...this.#pending.values()]) pending.reject(closed());
    for (const controller of this.#running.values()) controller.abort(closed());
  }

  #post(message: Envelope): void {
    if (!this.#isClosed) this.options.transport.post(message);
  }

  #receive(raw: unknown): void {
    const parsed = envelope.safeParse(raw);
    if (!parsed.success) return this.options.onProblem('A message of unknown shape was dropped.', parsed.error);
    const message = parsed.data;
    if (message.type === 'reply') this.#pending.get(message.id)?.settle(message);
    else if (message.type === 'abort') this.#running.get(message.id)?.abort(new AppError('cancelled', 'The other side no longer waits.'));
    else if (message.type === 'signal') this.#signal(message.kind, message.name, message.params);
    else void this.#answer(message.id, message.name, message.params);
  }

  #signal(kind: 'commands' | 'notifications', name: string, params: unknown): void {
    try {
      this.#handler(kind, name)(this.#validated(kind, name, params), new AbortController().signal);
    } catch (error) {
      this.options.onProblem(`The message ${name} could not be handled.`, error);
    }
  }

  async #answer(id: number, name: string, params: unknown): Promise<void> {
    const controller = new AbortController();
    this.#running.set(id, controller);
    try {
      const value = await this.#handler('requests', name)(this.#validated('requests', name, params), controller.signal);
      this.#post({ type: 'reply', id, ok: true, value: value ?? null });
    } catch (error) {
      if (!isCancellation(error)) this.options.onProblem(`The request ${name} failed.`, error);
      const kind = error instanceof AppError ? error.kind : isCancellation(error) ? 'cancelled' : 'internal';
      this.#post({ type: 'reply', id, ok: false, error: { kind, message: messageFor(error) } });
    } finally {
      this.#running.delete(id);
    }
  }

  #handler(kind: keyof Contract, name: string): AnyHandler {
    const table = this.options.handlers[kind] as Readonly<Record<string, AnyHandler>>;
    const handler = Object.hasOwn(table, name) ? table[name] : undefined;
    if (!handler) throw new AppError('internal', `Nothing answers the message ${name}.`);
    return handler;
  }

  #validated(kind: keyof Contract, name: string, params: unknown): unknown {
    const definition = this.options.inbound[kind][name];
    const parsed = definition && z.safeParse(definition.params, params);
    if (!parsed?.success)
      throw new AppError('bad_input', `The message ${name} came with parameters of the wrong shape.`, { cause: parsed?.error });
    return parsed.data;
  }
}

const closed = () => new AppError('cancelled', 'The other side was closed.');
const late = (name: string, timeoutMs: number) =>
  new AppError('internal', `The request ${name} was not answered within ${timeoutMs / 1000} s.`);
