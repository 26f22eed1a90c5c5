import { AppError, isCancellation } from '../domain/errors';
import type { ModelChoice } from '../domain/languageModel';
import { isOfMiniMax } from '../domain/modelAddress';
import {
  modelBrokeOff,
  modelCancelled,
  modelForbidden,
  modelKeyMissing,
  modelKeyRefused,
  modelLimited,
  modelMissing,
  modelPromptTooLong,
  modelRefusedRequest,
  modelRouteMissing,
  modelServerFailed,
  modelSilent,
  modelStalled,
  modelTooSlow,
  modelUnreachable,
  ollamaModelMissing,
  ollamaNotRunning,
  ollamaSignedOut,
} from '../domain/modelErrors';
import { HttpFailure, NoConnection } from './http';
import { OutOfPatience } from './watch';

/** Who was asked when it went wrong. */
export interface Asked {
  readonly choice: ModelChoice;
  /** For a person: `ollama:llama3.2:3b`, or an address. */
  readonly who: string;
  readonly address: string;
  readonly hasKey: boolean;
}

/** Where a key can come from when none is stored. */
export function keyVariable({ choice }: Pick<Asked, 'choice'>): string {
  if (choice.provider === 'anthropic') return isOfMiniMax(choice) ? 'MINIMAX_API_KEY' : 'ANTHROPIC_API_KEY';
  return choice.provider === 'ollama' ? 'OLLAMA_API_KEY' : 'OPENAI_API_KEY';
}

/** The sentence to show for whatever a transport threw; `signal` is the caller's. */
export function explained(error: unknown, asked: Asked, signal: AbortSignal): Error {
  if (signal.aborted) return modelCancelled(error);
  const { who, address, choice } = asked;
  if (error instanceof AppError) return error;
  if (error instanceof OutOfPatience) {
    const build = { silent: modelSilent, stalled: modelStalled, slow: modelTooSlow }[error.why];
    return build(who, error.afterMs / 1000, error);
  }
  if (error instanceof HttpFailure) return explainedStatus(error, asked);
  if (error instanceof NoConnection) {
    if (!isRefusal(error)) return isTorn(error) ? modelBrokeOff(who, error) : modelUnreachable(address, error);
    return choice.provider === 'ollama' ? ollamaNotRunning(address, error) : modelUnreachable(address, error);
  }
  return isCancellation(error) ? modelCancelled(error) : modelBrokeOff(who, error);
}

/** Whether nobody listens at the address, so that asking again is of no use. */
export function isRefusal({ code }: NoConnection): boolean {
  return code === 'ECONNREFUSED' || code === 'ENOTFOUND' || code === 'EAI_AGAIN' || code === 'EHOSTUNREACH' || code === 'ENETUNREACH';
}

/** Whether a connection that stood broke. */
export function isTorn({ code }: NoConnection): boolean {
  return code === 'ECONNRESET' || code === 'EPIPE' || code === 'UND_ERR_SOCKET';
}

function explainedStatus(failure: HttpFailure, asked: Asked): AppError {
  const { status, reason, retryAfterSec } = failure;
  const { who, address, choice, hasKey } = asked;
  switch (status) {
    case 401:
      if (choice.provider === 'ollama' && !hasKey) return ollamaSignedOut(address, failure);
      return hasKey ? modelKeyRefused(address, failure) : modelKeyMissing(address, keyVariable(asked));
    case 402:
    case 403:
      return modelForbidden(who, reason, failure);
    case 404:
      return notFound(failure, asked);
    case 429:
      return modelLimited(who, retryAfterSec, failure);
  }
  if (status >= 500 || status === 408) return modelServerFailed(who, status, reason, failure);
  if (status === 413 || /context (?:length|window|size)|prompt is too long|maximum context|exceeds? .*(?:context|token)/i.test(reason))
    return modelPromptTooLong(who, failure);
  return modelRefusedRequest(who, reason, failure);
}

function notFound(failure: HttpFailure, { choice, address }: Asked): AppError {
  if (!/model/i.test(failure.reason)) return modelRouteMissing(address, failure);
  return choice.provider === 'ollama' ? ollamaModelMissing(choice.model, failure) : modelMissing(choice.model, address, failure);
}
