import * as vscode from 'vscode';
import { AppError, isCancellation } from '../../domain/errors';
import {
  editorHasNoModels,
  editorModelForbidden,
  editorModelLimited,
  editorModelMissing,
  editorQuotaSpent,
  modelAnswerTooLong,
  modelCancelled,
  modelReportedError,
} from '../../domain/modelErrors';
import type { EditorModelAnswer, EditorModelRequest, ModelInfo } from '../../domain/modelUse';

/** More characters than so many for each token that was asked for are no answer. */
const MAX_CHARACTERS_PER_TOKEN = 32;

export type ModelAccess = Pick<vscode.LanguageModelAccessInformation, 'canSendRequest'>;

/** The models that VS Code offers, in its order; none where the editor has no such thing. Asks nobody for permission. */
export async function listEditorModels(): Promise<ModelInfo[]> {
  if (!hasModels()) return [];
  const models = await vscode.lm.selectChatModels({});
  return models.map(({ id, name, vendor }) => ({ name: id, description: `${name} (${vendor})`, sizeBytes: null }));
}

/**
 * Lets a model of VS Code answer by calling one tool, which is the only way to get JSON of a schema from it. The first request may
 * open VS Code's own question for permission, so it must come from something that a person did.
 */
export async function completeWithEditor(
  request: EditorModelRequest,
  access: ModelAccess | undefined,
  signal: AbortSignal,
): Promise<EditorModelAnswer> {
  if (signal.aborted) throw modelCancelled(signal.reason);
  const model = await chooseModel(request.model);
  if (access?.canSendRequest(model) === false) throw editorModelForbidden(model.name);
  const cancellation = new vscode.CancellationTokenSource();
  let onAbort: () => void = () => undefined;
  const aborted = new Promise<never>((_, reject) => {
    onAbort = () => {
      cancellation.cancel();
      reject(modelCancelled(signal.reason));
    };
  });
  signal.addEventListener('abort', onAbort, { once: true });
  try {
    // A provider may take no notice of the token, so nobody waits for it.
    const text = await Promise.race([ask(model, request, cancellation.token), aborted]);
    return { text, model: model.id, tokensIn: null, tokensOut: null };
  } catch (error) {
    throw signal.aborted ? modelCancelled(error) : explained(error, model);
  } finally {
    signal.removeEventListener('abort', onAbort);
    cancellation.dispose();
  }
}

/** Forks of VS Code may lack language models. */
const hasModels = () => typeof (vscode as Partial<typeof vscode>).lm?.selectChatModels === 'function';

async function chooseModel(id: string): Promise<vscode.LanguageModelChat> {
  if (!hasModels()) throw editorHasNoModels();
  const [model] = await vscode.lm.selectChatModels(id === '' ? {} : { id });
  if (model) return model;
  throw id === '' ? editorHasNoModels() : editorModelMissing(id);
}

async function ask(model: vscode.LanguageModelChat, request: EditorModelRequest, token: vscode.CancellationToken): Promise<string> {
  const { tool, schema, maxOutputTokens } = request;
  const messages = request.messages.map(({ role, content }) =>
    role === 'user' ? vscode.LanguageModelChatMessage.User(content) : vscode.LanguageModelChatMessage.Assistant(content),
  );
  const response = await model.sendRequest(
    messages,
    {
      justification: vscode.l10n.t('AIDog lets this model word what its investigation found.'),
      tools: [{ name: tool, description: 'Takes the whole answer.', inputSchema: schema as object }],
      toolMode: vscode.LanguageModelChatToolMode.Required,
      modelOptions: { max_tokens: maxOutputTokens },
    },
    token,
  );
  let text = '';
  for await (const part of response.stream) {
    if (part instanceof vscode.LanguageModelToolCallPart) return whole(JSON.stringify(part.input), token);
    if (part instanceof vscode.LanguageModelTextPart) text += part.value;
    if (text.length > maxOutputTokens * MAX_CHARACTERS_PER_TOKEN) throw modelAnswerTooLong(model.name);
  }
  return whole(text, token);
}

/** A stream that was cancelled ends as if it were whole. */
function whole(text: string, token: vscode.CancellationToken): string {
  if (token.isCancellationRequested) throw modelCancelled();
  return text;
}

/** The sentence to show. Copilot names its errors; only some have the codes of VS Code. */
function explained(error: unknown, { id, name }: vscode.LanguageModelChat): Error {
  if (isCancellation(error)) return modelCancelled(error);
  if (error instanceof AppError) return error;
  if (!(error instanceof Error)) return modelReportedError(name, String(error), error);
  if (error.name === 'ChatQuotaExceeded') return editorQuotaSpent(name, error);
  if (error.name === 'ChatRateLimited') return editorModelLimited(name, error);
  switch ('code' in error ? error.code : null) {
    case 'Blocked':
      return editorModelLimited(name, error);
    case 'NoPermissions':
      return editorModelForbidden(name, error);
    case 'NotFound':
      return editorModelMissing(id, error);
    default:
      return modelReportedError(name, error.message, error);
  }
}
