import type { StackException, StackFrame } from '../../domain/frame';

export type Relation = StackException['relation'];

/** An exception while its lines are being read. */
export interface OpenException {
  type: string;
  message: string[];
  relation: Relation;
  frames: StackFrame[];
}

export function openException(type: string, message: string, relation: Relation): OpenException {
  return { type, message: message === '' ? [] : [message], relation, frames: [] };
}

/** Appends an exception to the chain and returns it. */
export function begin(chain: OpenException[], exception: OpenException): OpenException {
  chain.push(exception);
  return exception;
}

/** What callers see: the message as one trimmed text. */
export function closeException(open: OpenException): StackException {
  const { type, message, relation, frames } = open;
  const words = message.length === 0 ? '' : (message.length === 1 ? (message[0] ?? '') : message.join('\n')).trim();
  return { type, message: words, relation, frames };
}
