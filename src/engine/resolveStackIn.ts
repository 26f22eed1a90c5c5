import { resolveStack } from '../code/resolveStack';
import type { Log } from '../domain/ports';
import type { ResolvedTrace } from '../domain/resolvedTrace';
import { openWorkspaces } from './workspaces';

export interface StackRequest {
  readonly text: string;
  readonly commit: string | null;
  readonly service: string | null;
  readonly dirs: readonly string[];
}

/** Places the stack traces of a text in the folders, which need not be Git repositories. */
export async function resolveStackIn(
  { text, commit, service, dirs }: StackRequest,
  log: Log,
  signal: AbortSignal,
): Promise<ResolvedTrace[]> {
  const repositories = await openWorkspaces(dirs, log, signal);
  return resolveStack(text, { repositories, commit, service }, signal);
}
