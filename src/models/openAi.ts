import type { Json } from '../domain/json';
import type { ModelRequest } from '../domain/languageModel';
import { modelBrokeOff, modelDeclined, modelReportedError, modelUnreadable } from '../domain/modelErrors';
import { type Asking, ask, type Fetch, HttpFailure, type Reply, read, withoutKey } from './http';
import { systemWithSchema } from './prompt';
import { messageIn } from './reason';
import { eventsOf } from './serverSentEvents';
import { ThinkingRoom } from './thinkingRoom';
import type { Call, RawAnswer, Transport } from './transport';
import { arrayIn, numberIn, recordIn, textIn } from './values';
import { Watch } from './watch';

export interface CloudOptions {
  /** Without a slash at its end. */
  readonly address: string;
  readonly model: string;
  readonly who: string;
  readonly key: string | null;
  readonly fetch: Fetch;
}

/** What a server turned out to understand; many that are compatible know a part of OpenAI's API only. */
interface Dialect {
  format: 'json_schema' | 'json_object' | 'none';
  limit: 'max_completion_tokens' | 'max_tokens';
  /** Whether the other name of the limit has taken the place of the first. */
  hasOtherLimit: boolean;
  countsInStream: boolean;
}

/** Servers refuse one field after the other; there are no more steps than this. */
const MAX_DIALECTS = 5;

/** Speaks to a server with OpenAI's chat completions, and remembers what it had to leave out. */
export function createOpenAiTransport(options: CloudOptions): Transport {
  const isOwnApi = new URL(options.address).hostname.endsWith('openai.com');
  const limit = isOwnApi ? 'max_completion_tokens' : 'max_tokens';
  const dialect: Dialect = { format: 'json_schema', limit, hasOtherLimit: false, countsInStream: true };
  const room = new ThinkingRoom();
  const send = async (request: ModelRequest, call: Call, moreTokens: number): Promise<RawAnswer> => {
    for (let tried = 1; ; tried++) {
      try {
        return await complete(options, bodyOf(request, options.model, dialect, moreTokens), request.maxOutputTokens + moreTokens, call);
      } catch (error) {
        if (tried === MAX_DIALECTS || !(error instanceof HttpFailure) || !simplify(dialect, error)) throw error;
      }
    }
  };
  return { send: (request, call) => room.ask(call, (moreTokens) => send(request, call, moreTokens)) };
}

/** Leaves out what the server complains about; false when it complains about something else. */
function simplify(dialect: Dialect, { status, reason }: HttpFailure): boolean {
  if (status !== 400 && status !== 422) return false;
  if (reason.includes(dialect.limit) && !dialect.hasOtherLimit) {
    dialect.limit = dialect.limit === 'max_tokens' ? 'max_completion_tokens' : 'max_tokens';
    dialect.hasOtherLimit = true;
    return true;
  }
  if (/stream_options|include_usage/.test(reason) && dialect.countsInStream) {
    dialect.countsInStream = false;
    return true;
  }
  if (/context|too long|too large/i.test(reason) || dialect.format === 'none') return false;
  dialect.format = dialect.format === 'json_schema' ? 'json_object' : 'none';
  return true;
}

/** Without a temperature: models that reason refuse any but their own. */
function bodyOf(request: ModelRequest, model: string, { format, limit, countsInStream }: Dialect, moreTokens: number): Json {
  const system = format === 'json_schema' ? request.system : systemWithSchema(request);
  return {
    model,
    stream: true,
    messages: [{ role: 'system', content: system }, ...request.messages.map(({ role, content }) => ({ role, content }))],
    [limit]: request.maxOutputTokens + moreTokens,
    ...(countsInStream ? { stream_options: { include_usage: true } } : {}),
    ...formatOf(request, format),
  };
}

function formatOf({ name, schema }: ModelRequest, format: Dialect['format']): { readonly [key: string]: Json } {
  if (format === 'none') return {};
  if (format === 'json_object') return { response_format: { type: 'json_object' } };
  return { response_format: { type: 'json_schema', json_schema: { name, strict: true, schema } } };
}

async function complete({ address, who, key, fetch }: CloudOptions, body: Json, maxOutputTokens: number, call: Call): Promise<RawAnswer> {
  const url = `${address}/chat/completions`;
  const watch = new Watch(call.patience, call.signal);
  const headers = { 'content-type': 'application/json', ...(key === null ? {} : { authorization: `Bearer ${key}` }) };
  const asking = { fetch, who, watch, key };
  try {
    call.onSent(url, body, maxOutputTokens);
    const reply = await ask(url, { method: 'POST', headers, body: JSON.stringify(body) }, asking);
    const answer = new Answer(asking);
    if (reply.isEventStream) await answer.stream(reply, call);
    else answer.whole(await read(reply.pieces));
    return answer.result();
  } finally {
    watch.dispose();
  }
}

/** One answer while it is read. */
class Answer {
  #text = '';
  #ending: string | null = null;
  #hasThought = false;
  #tokensIn: number | null = null;
  #tokensOut: number | null = null;

  constructor(private readonly asking: Asking) {}

  async stream({ pieces }: Reply, { onText }: Call): Promise<void> {
    for await (const { name, data } of eventsOf(pieces)) {
      if (data.trim() === '[DONE]') {
        this.#ending ??= 'stop';
        return;
      }
      const value = this.#json(data);
      if (name === 'error') this.#fail(value);
      this.#take(value, 'delta');
      onText(this.#text.length);
    }
  }

  /** Some servers do not stream, whatever they are asked. */
  whole(body: string): void {
    this.#take(this.#json(body), 'message');
    this.#ending ??= 'stop';
  }

  result(): RawAnswer {
    if (this.#ending === 'content_filter') throw modelDeclined(this.asking.who);
    if (this.#ending === null) throw modelBrokeOff(this.asking.who);
    const isCut = this.#ending === 'length';
    // OpenAI's own models think where nobody sees it.
    const hasThought = this.#hasThought || (isCut && this.#text === '') || /^\s*<think/.test(this.#text);
    return { text: this.#text, isCut, hasThought, tokensIn: this.#tokensIn, tokensOut: this.#tokensOut };
  }

  #fail(error: unknown): never {
    throw modelReportedError(this.asking.who, withoutKey(messageIn(error) ?? '', this.asking.key));
  }

  #take(value: unknown, field: 'delta' | 'message'): void {
    const { error } = recordIn(value);
    if (error !== undefined && error !== null) this.#fail(error);
    const [choice] = arrayIn(value, 'choices');
    const part = recordIn(choice, field);
    if (textIn(part, 'refusal')) throw modelDeclined(this.asking.who);
    this.#text += contentIn(part);
    if (textIn(part, 'reasoning_content') || textIn(part, 'reasoning') || arrayIn(part, 'reasoning_details').length > 0)
      this.#hasThought = true;
    this.#ending = textIn(choice, 'finish_reason') ?? this.#ending;
    const usage = recordIn(value, 'usage');
    this.#tokensIn = numberIn(usage, 'prompt_tokens') ?? this.#tokensIn;
    this.#tokensOut = numberIn(usage, 'completion_tokens') ?? this.#tokensOut;
    if ((numberIn(recordIn(usage, 'completion_tokens_details'), 'reasoning_tokens') ?? 0) > 0) this.#hasThought = true;
  }

  #json(text: string): unknown {
    try {
      return JSON.parse(text);
    } catch (error) {
      throw modelUnreadable(this.asking.who, error);
    }
  }
}

/** A text, or with some servers a list of parts of which only those of text are the answer. */
function contentIn(part: Readonly<Record<string, unknown>>): string {
  const texts = arrayIn(part, 'content').map((item) => (textIn(item, 'type') === 'text' ? textIn(item, 'text') : null) ?? '');
  return textIn(part, 'content') ?? texts.join('');
}
