import * as z from 'zod/mini';

/** A message that is awaited; the type of its answer is carried by `Reply`. */
export interface RequestDefinition<Params, Reply> {
  readonly params: z.core.$ZodType<Params>;
  readonly reply?: Reply;
}

/** A message that wants something done or tells that something happened; nobody waits for it. */
export interface SignalDefinition<Params> {
  readonly params: z.core.$ZodType<Params>;
}

/** What one side of a border can be asked: one table a side. */
export interface Contract {
  readonly requests: Readonly<Record<string, RequestDefinition<unknown, unknown>>>;
  readonly commands: Readonly<Record<string, SignalDefinition<unknown>>>;
  readonly notifications: Readonly<Record<string, SignalDefinition<unknown>>>;
}

export const defineRequest = <Params, Reply>(params: z.core.$ZodType<Params>): RequestDefinition<Params, Reply> => ({ params });
export const defineCommand = <Params>(params: z.core.$ZodType<Params>): SignalDefinition<Params> => ({ params });
export const defineNotification = <Params>(params: z.core.$ZodType<Params>): SignalDefinition<Params> => ({ params });

/** For payloads that our own other half produces: checked to be an object, trusted to have the type. */
export const trusted = <T extends object>() => z.custom<T>((value) => typeof value === 'object' && value !== null);

export type ParamsOf<D> = D extends { readonly params: z.core.$ZodType<infer P> } ? P : never;
export type ReplyOf<D> = D extends RequestDefinition<unknown, infer R> ? R : never;

/** A handler for each entry of the contract; leaving one out is a compile error. */
export type Handlers<C extends Contract> = {
  readonly requests: {
    readonly [K in keyof C['requests']]: (params: ParamsOf<C['requests'][K]>, signal: AbortSignal) => Promise<ReplyOf<C['requests'][K]>>;
  };
  readonly commands: { readonly [K in keyof C['commands']]: (params: ParamsOf<C['commands'][K]>) => void };
  readonly notifications: { readonly [K in keyof C['notifications']]: (params: ParamsOf<C['notifications'][K]>) => void };
};

const failure = z.object({ kind: z.string(), message: z.string() });

/** What travels. */
export const envelope = z.union([
  z.object({ type: z.literal('request'), id: z.number(), name: z.string(), params: z.unknown() }),
  z.object({ type: z.literal('signal'), kind: z.enum(['commands', 'notifications']), name: z.string(), params: z.unknown() }),
  z.object({ type: z.literal('abort'), id: z.number() }),
  z.object({ type: z.literal('reply'), id: z.number(), ok: z.literal(true), value: z.unknown() }),
  z.object({ type: z.literal('reply'), id: z.number(), ok: z.literal(false), error: failure }),
]);

export type Envelope = z.infer<typeof envelope>;
