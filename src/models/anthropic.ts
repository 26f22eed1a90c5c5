import type { Json } from '../domain/json';
import type { ModelRequest } from '../domain/languageModel';
import { modelBrokeOff, modelDeclined, modelReportedError, modelUnreadable } from '../domain/modelErrors';
import { type Asking, ask, HttpFailure, read, withoutKey } from './http';
import type { CloudOptions } from './openAi';
import { systemWithSchema } from './prompt';
import { messageIn } from './reason';
import { eventsOf } from './serverSentEvents';
import { ThinkingRoom } from './thinkingRoom';
import type { Call, RawAnswer, Transport } from './transport';
import { arrayIn, numberIn, recordIn, textIn } from './values';
import { Watch } from './watch';

export const ANTHROPIC_VERSION = '2023-06-01';

interface Dialect {
  /** Whether the answer is the input of a tool that the model has to call. */
  hasTool: boolean;
  /** Whether the model can be made to call it. */
  readonly forcesTool: boolean;
  /** Whether a forced tool is sure to bring the schema to the model; servers of others may pass over it. */
  readonly isOwnApi: boolean;
  /** Whether the server is told not to think before it answers; Anthropic's models do not unless told to. */
  forbidsThinking: boolean;
}

/** Speaks to a server with Anthropic's messages: a forced tool whose input is the answer, plain text where that is refused. */
export function createAnthropicTransport(options: CloudOptions, isOfMiniMax = false): Transport {
  const dialect: Dialect = {
    hasTool: true,
    // MiniMax documents tools, but no choice among them.
    forcesTool: !isOfMiniMax,
    isOwnApi: isAnthropicsOwn(options.address),
    forbidsThinking: isOfMiniMax,
  };
  const room = new ThinkingRoom();
  const send = async (request: ModelRequest, call: Call, moreTokens: number): Promise<RawAnswer> => {
    for (;;) {
      try {
        return await complete(options, bodyOf(request, options.model, dialect, moreTokens), request.maxOutputTokens + moreTokens, call);
      } catch (error) {
        if (!(error instanceof HttpFailure) || !simplify(dialect, error)) throw error;
      }
    }
  };
  return { send: (request, call) => room.ask(call, (moreTokens) => send(request, call, moreTokens)) };
}

const isAnthropicsOwn = (address: string) => /(?:^|\.)anthropic\.com$/.test(new URL(address).hostname);

/** Leaves out what the server may have complained about; false when there is nothing left to leave out. */
function simplify(dialect: Dialect, { status, reason }: HttpFailure): boolean {
  if ((status !== 400 && status !== 422) || /too long|context|max_tokens/i.test(reason)) return false;
  if (dialect.forbidsThinking) dialect.forbidsThinking = false;
  else if (dialect.hasTool) dialect.hasTool = false;
  else return false;
  return true;
}

function bodyOf(request: ModelRequest, model: string, dialect: Dialect, moreTokens: number): Json {
  const { hasTool, forcesTool, isOwnApi, forbidsThinking } = dialect;
  const tool = { name: request.name, description: 'Takes the answer.', input_schema: request.schema };
  return {
    model,
    stream: true,
    max_tokens: request.maxOutputTokens + moreTokens,
    system: hasTool && isOwnApi ? request.system : systemWithSchema(request),
    messages: request.messages.map(({ role, content }) => ({ role, content })),
    ...(hasTool ? { tools: [tool] } : {}),
    ...(hasTool && forcesTool ? { tool_choice: { type: 'tool', name: request.name } } : {}),
    ...(forbidsThinking ? { thinking: { type: 'disabled' } } : {}),
  };
}

/** The key in the header of Anthropic, and for servers of others in the one that most of them read. */
export function anthropicHeaders({ address, key }: Pick<CloudOptions, 'address' | 'key'>): Record<string, string> {
  return {
    'content-type': 'application/json',
    'anthropic-version': ANTHROPIC_VERSION,
    ...(key === null ? {} : { 'x-api-key': key }),
    ...(key === null || isAnthropicsOwn(address) ? {} : { authorization: `Bearer ${key}` }),
  };
}

async function complete(options: CloudOptions, body: Json, maxOutputTokens: number, call: Call): Promise<RawAnswer> {
  const { address, who, key, fetch } = options;
  const url = `${address}/v1/messages`;
  const watch = new Watch(call.patience, call.signal);
  const asking = { fetch, who, watch, key };
  try {
    call.onSent(url, body, maxOutputTokens);
    const reply = await ask(url, { method: 'POST', headers: anthropicHeaders(options), body: JSON.stringify(body) }, asking);
    const answer = new Answer(asking);
    if (reply.isEventStream)
      for await (const { data } of eventsOf(reply.pieces)) {
        answer.take(data);
        call.onText(answer.characters);
      }
    else answer.takeWhole(await read(reply.pieces));
    return answer.result();
  } finally {
    watch.dispose();
  }
}

/** One answer while it is read. Thinking is none of it. */
class Answer {
  #text = '';
  #toolInput = '';
  #ending: string | null = null;
  #hasThought = false;
  #isWhole = false;
  #tokensIn: number | null = null;
  #tokensOut: number | null = null;

  constructor(private readonly asking: Asking) {}

  get characters(): number {
    return this.#text.length + this.#toolInput.length;
  }

  take(data: string): void {
    const event = this.#json(data);
    const delta = recordIn(event, 'delta');
    switch (textIn(event, 'type')) {
      case 'error':
        return this.#fail(recordIn(event).error);
      case 'message_start':
        return this.#count(recordIn(recordIn(event, 'message'), 'usage'));
      case 'content_block_start':
        return this.#begin(recordIn(event, 'content_block'));
      case 'content_block_delta':
        this.#text += textIn(delta, 'text') ?? '';
        this.#toolInput += textIn(delta, 'partial_json') ?? '';
        return;
      case 'message_delta':
        this.#ending = textIn(delta, 'stop_reason') ?? this.#ending;
        return this.#count(recordIn(event, 'usage'));
      case 'message_stop':
        this.#isWhole = true;
    }
  }

  /** Some servers do not stream, whatever they are asked. */
  takeWhole(body: string): void {
    const message = this.#json(body);
    if (recordIn(message).error !== undefined) return this.#fail(recordIn(message).error);
    for (const block of arrayIn(message, 'content')) {
      this.#begin(recordIn(block));
      if (textIn(block, 'type') === 'tool_use') this.#toolInput += JSON.stringify(recordIn(block).input ?? {});
    }
    this.#ending = textIn(message, 'stop_reason');
    this.#isWhole = true;
    this.#count(recordIn(message, 'usage'));
  }

  result(): RawAnswer {
    if (this.#ending === 'refusal') throw modelDeclined(this.asking.who);
    if (!this.#isWhole && this.#ending === null) throw modelBrokeOff(this.asking.who);
    const text = this.#toolInput === '' ? this.#text : this.#toolInput;
    const isCut = this.#ending === 'max_tokens' || this.#ending === 'model_context_window_exceeded';
    return { text, isCut, hasThought: this.#hasThought, tokensIn: this.#tokensIn, tokensOut: this.#tokensOut };
  }

  #begin(block: Readonly<Record<string, unknown>>): void {
    this.#text += textIn(block, 'text') ?? '';
    if (/thinking$/.test(textIn(block, 'type') ?? '')) this.#hasThought = true;
  }

  #fail(error: unknown): never {
    throw modelReportedError(this.asking.who, withoutKey(messageIn(error) ?? '', this.asking.key));
  }

  #count(usage: Readonly<Record<string, unknown>>): void {
    const cached = (numberIn(usage, 'cache_read_input_tokens') ?? 0) + (numberIn(usage, 'cache_creation_input_tokens') ?? 0);
    const read = numberIn(usage, 'input_tokens');
    if (read !== null && read + cached > 0) this.#tokensIn = read + cached;
    this.#tokensOut = numberIn(usage, 'output_tokens') ?? this.#tokensOut;
  }

  #json(text: string): unknown {
    try {
      return JSON.parse(text);
    } catch (error) {
      throw modelUnreadable(this.asking.who, error);
    }
  }
}
