import type { ServerResponse } from 'node:http';
import { sendJson } from '../scriptedServer';
import type { ChatBody, Fault, ScriptedAnswer } from './script';

export interface Speaking {
  /** Where the words go: `message` for a chat, `response` for `generate`. */
  readonly field: 'message' | 'response';
  /** Called when a fault has begun that only the client ends. */
  readonly onStuck: () => void;
}

/** Says the answer, or goes wrong on the way. */
export function sendAnswer(response: ServerResponse, body: ChatBody, answer: ScriptedAnswer, { field, onStuck }: Speaking): void {
  const { text = {}, thinking, fault } = answer;
  const words = typeof text === 'string' ? text : JSON.stringify(text);
  if (fault && !isMidStream(fault)) return sendFault(response, fault, onStuck);
  const line = (content: string, rest: object = {}) =>
    `${JSON.stringify({ model: body.model, created_at: '2026-06-01T08:00:00Z', ...worded(field, content), done: false, ...rest })}\n`;
  const done = (reason: string) => line('', { done: true, done_reason: reason, ...counts(body, words) });
  if (body.stream === false)
    return sendJson(response, JSON.parse(line(words, { done: true, done_reason: 'stop', ...counts(body, words) })) as object);
  response.writeHead(200, { 'content-type': 'application/x-ndjson' });
  if (thinking !== undefined) response.write(line('', { [field]: { role: 'assistant', content: '', thinking } }));
  const pieces = (fault ? words.slice(0, Math.ceil(words.length / 2)) : words).match(/[\s\S]{1,12}/g) ?? [];
  for (const piece of pieces) response.write(line(piece));
  if (!fault) return void response.end(done('stop'));
  goWrong(response, fault, { line, done, onStuck });
}

interface Lines {
  line(content: string): string;
  done(reason: string): string;
  onStuck(): void;
}

function goWrong(response: ServerResponse, fault: Fault, { line, done, onStuck }: Lines): void {
  switch (fault.kind) {
    case 'broken_line':
      response.write('{"model": "x", "mess\n');
      return void response.end(done('stop'));
    case 'error_in_stream':
      return void response.end(`${JSON.stringify({ error: fault.message })}\n`);
    case 'no_done':
      return void response.end();
    case 'torn':
      response.write(line('x').slice(0, 9), () => response.destroy());
      return;
    case 'cut':
      return void response.end(done('length'));
    case 'slow_drip':
      return drip(response, line(' '), fault.everyMs, onStuck);
    default:
      onStuck();
  }
}

/** A fault before the first word. */
export function sendFault(response: ServerResponse, fault: Fault, onStuck: () => void): void {
  if (fault.kind === 'status')
    return sendJson(response, { error: fault.message ?? `status ${fault.status}` }, fault.status, { ...fault.headers });
  if (fault.kind === 'html')
    return void response.writeHead(fault.status, { 'content-type': 'text/html' }).end('<!doctype html><html><h1>Sign in</h1></html>');
  onStuck();
}

function isMidStream({ kind }: Fault): boolean {
  return kind !== 'hang' && kind !== 'status' && kind !== 'html';
}

function drip(response: ServerResponse, piece: string, everyMs: number, onStuck: () => void): void {
  const timer = setInterval(() => response.write(piece), everyMs);
  response.on('close', () => clearInterval(timer));
  onStuck();
}

function worded(field: 'message' | 'response', content: string): object {
  return field === 'message' ? { message: { role: 'assistant', content } } : { response: content };
}

/** Counts as Ollama gives them with the last line; a token is four characters here. */
function counts({ messages }: ChatBody, words: string): object {
  const asked = (messages ?? []).reduce((sum, { content }) => sum + content.length, 0);
  return {
    total_duration: 2_000_000,
    load_duration: 1_000_000,
    prompt_eval_count: Math.ceil(asked / 4),
    prompt_eval_duration: 500_000,
    eval_count: Math.ceil(words.length / 4),
    eval_duration: 500_000,
  };
}
