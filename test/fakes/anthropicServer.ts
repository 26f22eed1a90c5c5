import { beginEvents, type CloudServer, sendEvent } from './openAiServer';
import { type Answer, sendJson, startScriptedServer } from './scriptedServer';

type Body = Readonly<Record<string, unknown>>;

export interface AnthropicScript {
  readonly models?: readonly { readonly id: string; readonly display_name: string }[];
  /** The answer's pieces: of the tool's input where a tool is forced and the server knows tools, else of the text. */
  readonly pieces?: readonly string[] | ((body: Body) => readonly string[]);
  readonly stop?: string;
  readonly thinking?: string;
  /** Answers with text, whatever tool is forced. */
  readonly ignoresTools?: boolean;
  readonly refuses?: (body: Body) => string | null;
  readonly fault?: (...args: Parameters<Answer>) => boolean;
  readonly isStreamless?: boolean;
}

/** A server with the routes and the event stream of Anthropic's messages. */
export async function startAnthropic(script: AnthropicScript = {}): Promise<CloudServer> {
  const { models = [{ id: 'claude-test', display_name: 'Claude Test' }], pieces = ['{"cause":', '"pool"}'], refuses = () => null } = script;
  const asked: Body[] = [];
  const left = Promise.withResolvers<void>();
  const server = await startScriptedServer((response, request, number) => {
    response.on('close', () => !response.writableEnded && left.resolve());
    if (script.fault?.(response, request, number)) return;
    if (request.path === '/v1/models')
      return sendJson(response, { data: models.map((model) => ({ type: 'model', ...model })), has_more: false });
    if (request.path !== '/v1/messages')
      return sendJson(response, { type: 'error', error: { type: 'not_found_error', message: 'Not found' } }, 404);
    const body = JSON.parse(request.body) as Body;
    asked.push(body);
    const reason = refuses(body);
    if (reason !== null) return sendJson(response, { type: 'error', error: { type: 'invalid_request_error', message: reason } }, 400);
    const said = typeof pieces === 'function' ? pieces(body) : pieces;
    const isTool = body.tool_choice !== undefined && !script.ignoresTools;
    const stop = script.stop ?? (isTool ? 'tool_use' : 'end_turn');
    if (script.isStreamless) return sendJson(response, wholeMessage(said.join(''), isTool, stop));
    beginEvents(response);
    const send = (type: string, rest: object) => sendEvent(response, { type, ...rest }, type);
    send('message_start', {
      message: { role: 'assistant', content: [], usage: { input_tokens: 40, cache_read_input_tokens: 10, output_tokens: 1 } },
    });
    if (script.thinking !== undefined) {
      send('content_block_start', { index: 0, content_block: { type: 'thinking', thinking: '' } });
      send('content_block_delta', { index: 0, delta: { type: 'thinking_delta', thinking: script.thinking } });
      send('content_block_stop', { index: 0 });
    }
    send('content_block_start', {
      index: 1,
      content_block: isTool ? { type: 'tool_use', id: 't1', name: 'x', input: {} } : { type: 'text', text: '' },
    });
    send('ping', {});
    for (const piece of said)
      send('content_block_delta', {
        index: 1,
        delta: isTool ? { type: 'input_json_delta', partial_json: piece } : { type: 'text_delta', text: piece },
      });
    send('content_block_stop', { index: 1 });
    send('message_delta', { delta: { stop_reason: stop, stop_sequence: null }, usage: { output_tokens: 9 } });
    send('message_stop', {});
    response.end();
  });
  return Object.assign(server, { asked, clientLeft: left.promise });
}

function wholeMessage(text: string, isTool: boolean, stop: string): object {
  const block = isTool ? { type: 'tool_use', id: 't1', name: 'x', input: JSON.parse(text) as object } : { type: 'text', text };
  return { type: 'message', role: 'assistant', content: [block], stop_reason: stop, usage: { input_tokens: 40, output_tokens: 9 } };
}
