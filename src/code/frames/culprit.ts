import type { StackException } from '../../domain/frame';

/**
 * The frame to look at first: the innermost of the program's own frames in the root cause, else in the nearest exception that
 * has one; counted over the frames of all exceptions in order. Null when no frame is the program's own.
 */
export function culpritFrameOf(exceptions: readonly StackException[]): number | null {
  for (const index of fromTheRoot(exceptions)) {
    const frame = exceptions[index]?.frames.findIndex(({ kind }) => kind === 'app') ?? -1;
    if (frame === -1) continue;
    return exceptions.slice(0, index).reduce((sum, { frames }) => sum + frames.length, frame);
  }
  return null;
}

/** Indexes of the exceptions, root cause first. What a group gathered lies deeper than the group. */
function fromTheRoot(exceptions: readonly StackException[]): readonly number[] {
  if (exceptions.length === 1) return [0];
  const groups: number[][] = [[]];
  const suppressed: number[] = [];
  exceptions.forEach(({ relation }, index) => {
    if (relation === 'suppressed') suppressed.push(index);
    else if (relation === 'group') groups.push([index]);
    else groups.at(-1)?.push(index);
  });
  const [chain = [], ...members] = groups.map((indexes) => indexes.toReversed());
  return [...members.flat(), ...chain, ...suppressed];
}
