import {
  AppError,
  isCancellation,
  missingPermission,
  rateLimited,
  refusedQuery,
  serverFailed,
  timedOut,
  unknownAddress,
  unreachable,
  unreadableAnswer,
  wrongDatadogKeys,
} from '../domain/errors';
import { BadStatus, NoConnection, NoReplyInTime } from './exchange';
import operations from './operations.json';
import { BudgetUsedUp } from './pipeline';

export type Operation = keyof typeof operations;

export interface FailureContext {
  /** For a person: `Datadog (datadoghq.eu)`. */
  readonly where: string;
  readonly site: string;
  readonly operation: Operation;
  readonly timeoutSec: number;
  /** Whether Datadog has accepted both keys before, so that a refusal must be about a permission. */
  readonly areKeysGood: boolean;
}

/** The error to show for whatever a call ended with. Cancellations pass through. */
export function failureOf(error: unknown, context: FailureContext): unknown {
  const { where, timeoutSec } = context;
  if (error instanceof AppError || isCancellation(error)) return error;
  if (error instanceof BadStatus) return badStatus(error, context);
  if (error instanceof BudgetUsedUp) return rateLimited(where, error.resetSec, error);
  if (error instanceof NoConnection) return unreachable(where, error);
  if (error instanceof NoReplyInTime) return timedOut(where, timeoutSec, error);
  return unreadableAnswer(where, operations[context.operation].shows, error);
}

function badStatus(error: BadStatus, context: FailureContext): AppError {
  const { where, operation } = context;
  const { shows } = operations[operation];
  const reasons = reasonsIn(error.body);
  if (error.status === 429) return rateLimited(where, error.resetSec === null ? null : Math.ceil(error.resetSec), error);
  if (error.status >= 500) return serverFailed(where, error.status, error);
  if (error.status < 400) return unknownAddress(where, shows, error);
  if (reasons === null) return unreadableAnswer(where, shows, error);
  if (error.status === 401 || error.status === 403) return refusal(reasons, error, context);
  if (error.status === 404) return unknownAddress(where, shows, error);
  return refusedQuery(where, reasons.join('; ') || `status ${error.status}`, error);
}

function refusal(reasons: readonly string[], error: BadStatus, { site, operation, areKeysGood }: FailureContext): AppError {
  const { permission, shows } = operations[operation];
  const isAboutPermission = areKeysGood || reasons.some((reason) => /permission|scope|authoriz|not allowed/i.test(reason));
  if (permission !== null && error.status === 403 && isAboutPermission) return missingPermission(permission, shows, error);
  return wrongDatadogKeys(site, error);
}

/**
 * What an error body says, whichever of Datadog's shapes it has: `{"errors": ["text"]}`,
 * `{"errors": [{"title", "detail"}]}` or a bare JSON string. null when it is no JSON at all, as a proxy's HTML page is not.
 */
export function reasonsIn(body: string): string[] | null {
  let parsed: unknown;
  try {
    parsed = body.trim() === '' ? {} : JSON.parse(body);
  } catch {
    return null;
  }
  if (typeof parsed === 'string') return [parsed];
  if (typeof parsed !== 'object' || parsed === null) return [];
  const { errors, error } = parsed as { errors?: unknown; error?: unknown };
  return (Array.isArray(errors) ? errors : [errors ?? error]).flatMap(reasonOf);
}

function reasonOf(item: unknown): string[] {
  if (typeof item === 'string') return [item];
  if (typeof item !== 'object' || item === null) return [];
  const { detail, title } = item as { detail?: unknown; title?: unknown };
  const text = detail ?? title;
  return typeof text === 'string' ? [text] : [];
}
