import type { Json } from '../domain/json';
import type { ModelMessage, ModelRequest } from '../domain/languageModel';
import type { EditorModelAnswer, EditorModelRequest } from '../domain/modelUse';
import type { Transport } from './transport';
import { Watch } from './watch';

/** Asks a model of VS Code, on the other side of a border. */
export type CompleteWithEditor = (request: EditorModelRequest, signal: AbortSignal) => Promise<EditorModelAnswer>;

/** Stands for an address in the record of what was sent. */
export const EDITOR_URL = 'vscode.lm';

/** Speaks to VS Code's models: one tool that has to be called, whose input is the answer. */
export function createEditorTransport(model: string, completeWithEditor: CompleteWithEditor): Transport {
  return {
    async send(request, call) {
      // Nothing is heard before all is there, so only the limit of the whole counts.
      const { totalMs } = call.patience;
      const watch = new Watch({ firstMs: totalMs, idleMs: totalMs, totalMs }, call.signal);
      const asked = bodyOf(request, model);
      try {
        call.onSent(EDITOR_URL, JSON.parse(JSON.stringify(asked)) as Json, request.maxOutputTokens);
        const { text, tokensIn, tokensOut } = await watch.until(completeWithEditor(asked, watch.signal));
        watch.signal.throwIfAborted();
        call.onText(text.length);
        return { text, isCut: false, hasThought: false, tokensIn, tokensOut };
      } catch (error) {
        throw watch.signal.aborted ? watch.signal.reason : error;
      } finally {
        watch.dispose();
      }
    },
  };
}

/** VS Code knows no system messages, so the first message of the user begins with it. */
function bodyOf({ name, system, messages, schema, maxOutputTokens }: ModelRequest, model: string): EditorModelRequest {
  const [first, ...rest] = messages;
  const opening: ModelMessage = { role: 'user', content: first?.role === 'user' ? `${system}\n\n${first.content}` : system };
  const others = first === undefined || first.role === 'user' ? rest : messages;
  return { model, tool: name, messages: [opening, ...others], schema, maxOutputTokens };
}
