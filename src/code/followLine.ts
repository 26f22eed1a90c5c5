import type { CodeLocation } from '../domain/frame';
import type { Repository } from '../domain/ports';
import { mapBuffer } from './drift';

/**
 * Where a line of one commit is in a later one, such as the deployed commit that carries a suspect. The location itself
 * when either text is not at hand or the line cannot be followed.
 */
export async function followLine(
  repository: Repository,
  from: string,
  to: string,
  location: CodeLocation,
  signal: AbortSignal,
): Promise<CodeLocation> {
  const [before, after] = await Promise.all([repository.fileAt(from, location.file, signal), repository.fileAt(to, location.file, signal)]);
  if (before === null || after === null) return location;
  const mapped = mapBuffer(before, after, location.line);
  return mapped.status === 'unknown' || mapped.status === 'deleted' ? location : { ...location, line: mapped.line };
}
