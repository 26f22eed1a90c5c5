import type { StackException } from '../../domain/frame';
import { closeException, type OpenException, type Relation } from './exceptions';

/** A traceback as it is printed: frames outermost first, followed by the exceptions that its exception gathered. */
export interface Block {
  readonly open: OpenException;
  /** Whether the innermost frame was printed first. */
  readonly isReversed: boolean;
  /** What it is to the block printed below it; null for the last, which was raised. */
  link: Relation;
  readonly members: Block[][];
}

/** The raised exception first, then the members of its group, then what led to it, newest first. */
export function exceptionsOf(chain: readonly Block[], relation: Relation = null): StackException[] {
  return chain.toReversed().flatMap((block, index) => {
    const frames = block.isReversed ? block.open.frames : block.open.frames.toReversed();
    const exception = closeException({ ...block.open, relation: index === 0 ? relation : (block.link ?? 'context'), frames });
    return [exception, ...block.members.flatMap((member) => exceptionsOf(member, 'group'))];
  });
}
