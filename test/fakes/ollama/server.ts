import type { ServerResponse } from 'node:http';
import { type ScriptedServer, type SeenRequest, sendJson, startScriptedServer } from '../scriptedServer';
import { sendAnswer, sendFault } from './answers';
import { Library } from './library';
import { sendPull } from './pulls';
import type { ChatBody, OllamaScript, ScriptedAnswer } from './script';

export interface OllamaServer extends ScriptedServer {
  /** Bodies of the chats so far. */
  readonly chats: readonly ChatBody[];
  /** Resolves when the client has closed the connection of the answer that is under way or comes next. */
  readonly clientLeft: Promise<void>;
  /** Resolves when a fault has begun that ends with the client only: hang, drip or stall. */
  readonly waiting: Promise<void>;
}

/**
 * A server on a free port that speaks Ollama's routes with Ollama's shapes over real HTTP, and goes wrong as the script says.
 * Whoever wants a refused connection closes it and asks again.
 */
export async function startOllama(script: OllamaScript = {}): Promise<OllamaServer> {
  const library = new Library(script);
  const chats: ChatBody[] = [];
  const left = Promise.withResolvers<void>();
  const stuck = Promise.withResolvers<void>();
  const next = (body: ChatBody): ScriptedAnswer => {
    const { answers } = script;
    if (typeof answers === 'function') return answers(body, chats.length - 1);
    return answers?.[Math.min(chats.length, answers.length) - 1] ?? { text: {} };
  };
  const speak = (response: ServerResponse, body: ChatBody, field: 'message' | 'response') => {
    const model = library.find(body.model);
    if (!model) return sendJson(response, { error: `model '${body.model}' not found` }, 404);
    if (body.think !== undefined && body.think !== false && !library.can(model, 'thinking'))
      return sendJson(response, { error: `"${body.model}" does not support thinking` }, 400);
    chats.push(body);
    return sendAnswer(response, body, next(body), { field, onStuck: stuck.resolve });
  };
  const server = await startScriptedServer((response, request) => {
    response.on('close', () => !response.writableEnded && left.resolve());
    if (request.method === 'GET' && request.path === '/') return void response.end('Ollama is running');
    if (script.fault) return sendFault(response, script.fault, stuck.resolve);
    const body = bodyOf(request);
    const route = `${request.method} ${request.path}`;
    switch (route) {
      case 'GET /api/version':
      case 'HEAD /api/version':
        return sendJson(response, { version: script.version ?? '0.24.1' });
      case 'GET /api/tags':
        return sendJson(response, { models: library.tags() });
      case 'GET /api/ps':
        return sendJson(response, { models: chats.length === 0 ? [] : library.tags().slice(0, 1) });
      case 'POST /api/show':
        return library.show(response, String(body.model ?? body.name ?? ''));
      case 'POST /api/chat':
        return speak(response, body as unknown as ChatBody, 'message');
      case 'POST /api/generate':
        return speak(response, generated(body), 'response');
      case 'POST /api/embed':
        return library.embed(response, body);
      case 'POST /api/pull':
        return sendPull(response, library, String(body.model ?? body.name ?? ''), stuck.resolve);
      case 'DELETE /api/delete':
        return library.remove(response, String(body.model ?? body.name ?? ''));
      default:
        response.writeHead(404, { 'content-type': 'text/plain' }).end('404 page not found');
    }
  });
  return Object.assign(server, { chats, clientLeft: left.promise, waiting: stuck.promise });
}

function bodyOf({ body }: SeenRequest): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

function generated(body: Record<string, unknown>): ChatBody {
  const { prompt = '', system = '', ...rest } = body;
  const messages = [
    { role: 'system', content: String(system) },
    { role: 'user', content: String(prompt) },
  ];
  return { ...(rest as unknown as ChatBody), messages };
}
