import type { LogOutputChannel } from 'vscode';
import type { Log } from '../domain/ports';

/** Texts that must not be written anywhere, such as the keys in use. */
export interface Redactor {
  hide(secret: string): void;
  redact(text: string): string;
}

/** Shortest text that is taken for a secret; hiding less would punch holes into ordinary words. */
const shortestSecret = 6;

export function createRedactor(): Redactor {
  const secrets = new Set<string>();
  return {
    hide: (secret) => void (secret.length >= shortestSecret && secrets.add(secret)),
    redact: (text) => [...secrets].reduce((rest, secret) => rest.replaceAll(secret, '•••'), text),
  };
}

/** The log that "AIDog: Show Log" shows; everything passes the redactor on its way. */
export function createLog(channel: Pick<LogOutputChannel, 'info' | 'error'>, redactor: Redactor): Log {
  return {
    info: (message) => channel.info(redactor.redact(message)),
    error: (message, cause) => channel.error(redactor.redact(cause === undefined ? message : `${message}\n${describe(cause)}`)),
  };
}

/** An error with its stack and all its causes. */
function describe(cause: unknown): string {
  if (!(cause instanceof Error)) return String(cause);
  const own = cause.stack ?? `${cause.name}: ${cause.message}`;
  return cause.cause === undefined ? own : `${own}\nCaused by: ${describe(cause.cause)}`;
}
