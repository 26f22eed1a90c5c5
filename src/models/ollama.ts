import { type ChatRequest, type ChatResponse, Ollama } from 'ollama/browser';
import { AppError } from '../domain/errors';
import type { Json } from '../domain/json';
import type { ModelRequest } from '../domain/languageModel';
import { modelBrokeOff, modelReportedError, modelUnreadable, ollamaSilent } from '../domain/modelErrors';
import { type Asking, ask, type Fetch, HttpFailure } from './http';
import { linesOf } from './lines';
import { describeOllamaModel, type OllamaAbilities } from './ollamaCatalogue';
import { systemWithSchema } from './prompt';
import { messageIn } from './reason';
import { ThinkingRoom } from './thinkingRoom';
import type { Call, RawAnswer, Transport } from './transport';
import { atMost, OutOfPatience, Watch } from './watch';

export interface OllamaOptions {
  readonly address: string;
  readonly model: string;
  readonly who: string;
  readonly key: string | null;
  /** Tokens of context; Ollama's own default is 4096 on most machines and would silently drop the beginning of a prompt. */
  readonly numCtx: number;
  readonly fetch: Fetch;
}

/** So long Ollama keeps the model in memory after an answer: the next agent asks soon. */
const KEEP_ALIVE = '10m';

/** What a model can do Ollama reads from a file, also while it loads another: one that does not say so hangs. */
const MAX_DESCRIBE_MS = 10_000;

type Format = 'schema' | 'json';

/**
 * Speaks to Ollama with its own client, always streamed. Each request has a client of its own whose fetch is ours: the client
 * cannot abort one request, waits five minutes for headers, and drops lines that are no JSON.
 */
export function createOllamaTransport(options: OllamaOptions): Transport {
  let abilities: OllamaAbilities | null = null;
  let format: Format = 'schema';
  const room = new ThinkingRoom();
  const send = async (request: ModelRequest, call: Call): Promise<RawAnswer> => {
    abilities ??= await described(options, call);
    const known = abilities;
    try {
      return await chat(options, bodyOf(request, options, known, format), call);
    } catch (error) {
      if (format === 'json' || !isFormatRefused(error)) throw error;
      format = 'json';
      return chat(options, bodyOf(request, options, known, format), call);
    }
  };
  return {
    send: (request, call) => room.ask(call, (more) => send({ ...request, maxOutputTokens: request.maxOutputTokens + more }, call)),
  };
}

async function described(options: OllamaOptions, { signal, patience }: Call): Promise<OllamaAbilities> {
  const { address } = options;
  try {
    return await describeOllamaModel({ ...options, baseUrl: address, signal, patience: atMost(MAX_DESCRIBE_MS, patience) });
  } catch (error) {
    const isStuck = error instanceof OutOfPatience && error.afterMs === MAX_DESCRIBE_MS;
    throw isStuck ? ollamaSilent(address, MAX_DESCRIBE_MS / 1000, error) : error;
  }
}

type ChatBody = ChatRequest & { readonly stream: true; readonly truncate: false; readonly options: { readonly num_predict: number } };

function bodyOf(
  request: ModelRequest,
  { model, numCtx }: OllamaOptions,
  { isThinking, family, contextTokens }: OllamaAbilities,
  format: Format,
): ChatBody {
  return {
    model,
    stream: true,
    messages: [{ role: 'system', content: systemWithSchema(request) }, ...request.messages.map((message) => ({ ...message }))],
    format: format === 'json' ? 'json' : (request.schema as object),
    // A question that does not fit is an error rather than silently cut; the client's types do not know the field yet.
    truncate: false,
    keep_alive: KEEP_ALIVE,
    options: { num_ctx: Math.min(numCtx, contextTokens ?? numCtx), num_predict: request.maxOutputTokens, temperature: 0, seed: 1 },
    // Unset means true for models that can, and is an error for those that cannot; gpt-oss cannot stop thinking.
    ...(isThinking ? { think: family === 'gptoss' ? ('low' as const) : false } : {}),
  };
}

async function chat({ address, who, key, fetch }: OllamaOptions, body: ChatBody, call: Call): Promise<RawAnswer> {
  const watch = new Watch(call.patience, call.signal);
  const asking = { fetch, who, watch, key };
  const headers: Record<string, string> = key === null ? {} : { authorization: `Bearer ${key}` };
  const client = new Ollama({ host: address, headers, fetch: (url, init) => checkedFetch(String(url), init ?? {}, asking) });
  try {
    call.onSent(`${address}/api/chat`, JSON.parse(JSON.stringify(body)) as Json, body.options.num_predict);
    let text = '';
    let hasThought = false;
    let last: ChatResponse | null = null;
    for await (const part of await client.chat(body)) {
      last = part;
      text += part.message?.content ?? '';
      if (part.message?.thinking) hasThought = true;
      call.onText(text.length);
    }
    return {
      text,
      isCut: last?.done_reason === 'length',
      hasThought: hasThought || /^\s*<think/.test(text),
      tokensIn: counted(last?.prompt_eval_count),
      tokensOut: counted(last?.eval_count),
    };
  } catch (error) {
    // What is left is the client's own: a stream that ended without `done`.
    if (error instanceof AppError || error instanceof HttpFailure || watch.signal.aborted || !isClientError(error)) throw error;
    throw modelBrokeOff(who, error);
  } finally {
    watch.dispose();
  }
}

const isClientError = (error: unknown) => error instanceof Error && /done or success/.test(error.message);

const counted = (value: unknown): number | null => (typeof value === 'number' ? value : null);

/** An Ollama that is too old for schemas, or whose grammar cannot hold this one. */
function isFormatRefused(error: unknown): boolean {
  return error instanceof HttpFailure && (error.status === 400 || error.status === 500) && /format|grammar|schema/i.test(error.reason);
}

/** The fetch that the client is given: its answers are whole lines of JSON without an error in them, or reject. */
async function checkedFetch(url: string, init: RequestInit, asking: Asking): Promise<Response> {
  const { pieces } = await ask(url, init, asking);
  return new Response(streamOf(checkedLines(pieces, asking.who)), { headers: { 'content-type': 'application/x-ndjson' } });
}

async function* checkedLines(pieces: AsyncIterable<string>, who: string): AsyncGenerator<string> {
  for await (const line of linesOf(pieces)) {
    if (line.trim() === '') continue;
    const reported = messageIn(errorIn(line, who));
    if (reported !== null) throw modelReportedError(who, reported);
    yield `${line}\n`;
  }
}

function errorIn(line: string, who: string): unknown {
  try {
    const value: unknown = JSON.parse(line);
    if (typeof value === 'object' && value !== null) return 'error' in value ? value.error : null;
  } catch (error) {
    throw modelUnreadable(who, error);
  }
  throw modelUnreadable(who, new Error('a line that is no object'));
}

function streamOf(lines: AsyncGenerator<string>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  return new ReadableStream(
    {
      async pull(controller) {
        const { done, value } = await lines.next();
        if (done) controller.close();
        else controller.enqueue(encoder.encode(value));
      },
    },
    // Nothing is read ahead of the client.
    { highWaterMark: 0 },
  );
}
