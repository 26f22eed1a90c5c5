import type { ServerResponse } from 'node:http';
import type { ModelChoice } from '../../src/domain/languageModel';
import { anthropicAt, openAiAt } from '../unit/models/parts';
import { startAnthropic } from './anthropicServer';
import { beginEvents, type CloudServer, sendEvent, startOpenAi } from './openAiServer';
import type { Answer, SeenRequest } from './scriptedServer';

type Body = Readonly<Record<string, unknown>>;

export interface WireScript {
  readonly pieces?: (body: Body) => readonly string[];
  readonly fault?: (...args: Parameters<Answer>) => boolean;
}

/** A cloud's API as a test plays it: how an answer begins, goes on and ends on its wire. */
export interface CloudWire {
  readonly name: string;
  start(script: WireScript): Promise<CloudServer>;
  choiceAt(url: string): ModelChoice;
  /** The schema that a question holds. */
  schemaOf(body: Body): unknown;
  /** A part of the answer, in events of this wire. */
  say(response: ServerResponse, text: string): void;
  /** The end of an answer that became too long. */
  cut(response: ServerResponse): void;
  /** The end of a whole answer. */
  finish(response: ServerResponse): void;
  reportError(response: ServerResponse, message: string): void;
  /** The body of an error status. */
  errorBody(message: string): object;
}

const openAi: CloudWire = {
  name: 'OpenAI’s API',
  start: (script) => startOpenAi(script),
  choiceAt: (url) => openAiAt(`${url}/v1`),
  schemaOf: (body) => (body.response_format as { json_schema: { schema: unknown } }).json_schema.schema,
  say: (response, content) => sendEvent(response, { choices: [{ index: 0, delta: { content }, finish_reason: null }] }),
  cut: (response) => endOpenAi(response, 'length'),
  finish: (response) => endOpenAi(response, 'stop'),
  reportError: (response, message) => sendEvent(response, { error: { message, type: 'server_error' } }),
  errorBody: (message) => ({ error: { message, type: 'some_error' } }),
};

const anthropic: CloudWire = {
  name: 'Anthropic’s API',
  start: (script) => startAnthropic(script),
  choiceAt: (url) => anthropicAt(url),
  schemaOf: (body) => (body.tools as { input_schema: unknown }[])[0]?.input_schema,
  say: (response, partial_json) =>
    sendEvent(response, { type: 'content_block_delta', index: 0, delta: { type: 'input_json_delta', partial_json } }),
  cut: (response) => endAnthropic(response, 'max_tokens'),
  finish: (response) => endAnthropic(response, 'tool_use'),
  reportError: (response, message) => sendEvent(response, { type: 'error', error: { type: 'overloaded_error', message } }, 'error'),
  errorBody: (message) => ({ type: 'error', error: { type: 'some_error', message } }),
};

function endOpenAi(response: ServerResponse, finish: string): void {
  sendEvent(response, { choices: [{ index: 0, delta: {}, finish_reason: finish }] });
  response.end('data: [DONE]\n\n');
}

function endAnthropic(response: ServerResponse, stop: string): void {
  sendEvent(response, { type: 'message_delta', delta: { stop_reason: stop }, usage: { output_tokens: 9 } });
  sendEvent(response, { type: 'message_stop' });
  response.end();
}

export const cloudWires: readonly CloudWire[] = [openAi, anthropic];

/** Begins an answer with half of a text, then goes on as told. */
export function afterHalf(wire: CloudWire, textOf: (body: Body) => string, goOn: (response: ServerResponse) => void) {
  return (response: ServerResponse, request: SeenRequest): boolean => {
    const text = textOf(JSON.parse(request.body) as Body);
    beginEvents(response);
    wire.say(response, text.slice(0, text.length / 2));
    goOn(response);
    return true;
  };
}
