import type { ServerResponse } from 'node:http';
import { type Answer, type ScriptedServer, sendJson, startScriptedServer } from './scriptedServer';

type Body = Readonly<Record<string, unknown>>;

export interface CloudServer extends ScriptedServer {
  /** Bodies of the questions so far. */
  readonly asked: readonly Body[];
  /** Resolves when a client has left an answer that was not over. */
  readonly clientLeft: Promise<void>;
}

export interface OpenAiScript {
  readonly models?: readonly string[];
  /** The answer's pieces; a function decides by the request. */
  readonly pieces?: readonly string[] | ((body: Body) => readonly string[]);
  readonly finish?: string;
  /** The reason of a 400 for a body that the server does not take; null takes it. */
  readonly refuses?: (body: Body) => string | null;
  /** Answers instead, where it returns true. */
  readonly fault?: (...args: Parameters<Answer>) => boolean;
  /** Answers in one piece whatever it is asked. */
  readonly isStreamless?: boolean;
}

/** A server with the routes and the event stream of OpenAI's chat completions. */
export async function startOpenAi(script: OpenAiScript = {}): Promise<CloudServer> {
  const { models = ['gpt-test'], pieces = ['{"cause":', '"pool"}'], finish = 'stop', refuses = () => null } = script;
  const asked: Body[] = [];
  const left = Promise.withResolvers<void>();
  const server = await startScriptedServer((response, request, number) => {
    response.on('close', () => !response.writableEnded && left.resolve());
    if (script.fault?.(response, request, number)) return;
    if (request.path === '/v1/models') return sendJson(response, { object: 'list', data: models.map((id) => ({ id, object: 'model' })) });
    if (request.path !== '/v1/chat/completions') return sendJson(response, { error: { message: 'Unknown request URL' } }, 404);
    const body = JSON.parse(request.body) as Body;
    asked.push(body);
    const reason = refuses(body);
    if (reason !== null) return sendJson(response, { error: { message: reason, type: 'invalid_request_error' } }, 400);
    const said = typeof pieces === 'function' ? pieces(body) : pieces;
    const usage = { prompt_tokens: 50, completion_tokens: 7, total_tokens: 57 };
    if (script.isStreamless)
      return sendJson(response, {
        choices: [{ index: 0, message: { role: 'assistant', content: said.join('') }, finish_reason: finish }],
        usage,
      });
    beginEvents(response);
    sendEvent(response, { choices: [{ index: 0, delta: { role: 'assistant', content: '' }, finish_reason: null }] });
    for (const content of said) sendEvent(response, { choices: [{ index: 0, delta: { content }, finish_reason: null }] });
    sendEvent(response, { choices: [{ index: 0, delta: {}, finish_reason: finish }] });
    if (body.stream_options !== undefined) sendEvent(response, { choices: [], usage });
    response.end('data: [DONE]\n\n');
  });
  return Object.assign(server, { asked, clientLeft: left.promise });
}

export function beginEvents(response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8' });
}

export function sendEvent(response: ServerResponse, data: unknown, name?: string): void {
  response.write(`${name === undefined ? '' : `event: ${name}\n`}data: ${JSON.stringify(data)}\n\n`);
}
