import type { StackException } from '../../domain/frame';
import { closeException, type OpenException } from './exceptions';
import { isSameException, isSamePlace } from './repeats';

/** An error as Ruby printed it. */
export interface RubyBlock {
  readonly exception: OpenException;
  /** Whether nothing stands between this exception and the one before. */
  readonly isAdjacent: boolean;
  readonly isReversed: boolean;
}

/** Says what the exceptions are to each other: a cause follows its error, or stands before it in the reversed order. */
export function relatedRubyBlocks(blocks: readonly RubyBlock[]): StackException[] {
  const exceptions: StackException[] = [];
  let causes: StackException[] = [];
  for (const [index, block] of blocks.entries()) {
    const exception = closeException(block.exception);
    const next = blocks[index + 1];
    if (block.isReversed && next?.isReversed && next.isAdjacent) causes.push({ ...exception, relation: 'cause' });
    else {
      const isCause = exception.relation === 'cause' || (!block.isReversed && block.isAdjacent && isCauseOf(exception, exceptions.at(-1)));
      exceptions.push(isCause ? { ...exception, relation: 'cause' } : exception);
      for (const cause of causes.reverse()) exceptions.push(cause);
      causes = [];
    }
  }
  return exceptions;
}

/** A cause was raised in the same thread, so both backtraces end alike. */
function isCauseOf(exception: StackException, previous: StackException | undefined): boolean {
  const last = exception.frames.at(-1);
  if (previous === undefined || last === undefined || isSameException(exception, previous)) return false;
  return isSamePlace(last, previous.frames.at(-1));
}
