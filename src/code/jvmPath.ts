import type { StackFrame } from '../domain/frame';
import { type FramePath, parseFramePath } from './framePath';
import { packageOf } from './textCheck';

/** Java and Kotlin print the file's name only; the package gives the folders. Null for frames of other languages. */
export function jvmPath(frame: Pick<StackFrame, 'file' | 'function'>): FramePath | null {
  const path = frame.file === null ? null : parseFramePath(frame.file);
  const isJvm = /\.(?:java|kt|kts|scala|groovy)$/.test(path?.segments.at(-1) ?? '');
  if (path === null || !isJvm || path.segments.length > 1 || frame.function === null) return null;
  return { segments: [...(packageOf(frame.function)?.split('.') ?? []), ...path.segments], isAbsolute: false };
}
