import type { StackFrame } from '../domain/frame';
import { parseFramePath, sharedSuffix } from './framePath';
import { jvmPath } from './jvmPath';
import { isInServiceFolder, strengthOf } from './pathNames';

/** Two telling names agree, or one and its folder within the service's own. */
const ENOUGH = 2;
const IN_SERVICE = 0.5;

interface Fit {
  readonly file: string;
  readonly shared: number;
  /** All of either path agrees. */
  readonly isWhole: boolean;
}

/**
 * Which of some changed files a frame was printed for, where no repository holds the files: the one whose path ends as the
 * frame's does. Builds put a service's folder elsewhere (`/app/src/x.ts` was `cart/src/x.ts`), so that the ends need not be all of
 * either path, only tell enough. Null where none does, or several may be meant.
 */
export function changedFileOf(
  frame: Pick<StackFrame, 'file' | 'function'>,
  files: readonly string[],
  service: string | null,
): string | null {
  const segments = (jvmPath(frame) ?? (frame.file === null ? null : parseFramePath(frame.file)))?.segments ?? [];
  const fits = files.flatMap((file): Fit[] => {
    const own = file.split('/');
    const shared = sharedSuffix(segments, own);
    const isWhole = shared === segments.length || shared === own.length;
    const told =
      strengthOf(segments.slice(segments.length - shared)) + (service !== null && isInServiceFolder(file, service) ? IN_SERVICE : 0);
    return shared >= 2 && (isWhole || told >= ENOUGH) ? [{ file, shared, isWhole }] : [];
  });
  const [best, ...others] = fits.sort((left, right) => right.shared - left.shared);
  if (best === undefined || others.some((other) => other.isWhole || other.shared === best.shared)) return null;
  return best.file;
}
