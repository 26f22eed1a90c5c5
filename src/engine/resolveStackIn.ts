import { resolveStack } from '../code/resolveStack';
import type { ResolvedTrace } from '../domain/resolvedTrace';
import type { Workspaces } from './workspaces';

export interface StackRequest {
  readonly text: string;
  readonly commit: string | null;
  readonly service: string | null;
  readonly dirs: readonly string[];
}

/** Places the stack traces of a text in the folders, which need not be Git repositories. */
export async function resolveStackIn(
  { text, commit, service, dirs }: StackRequest,
  workspaces: Workspaces,
  signal: AbortSignal,
): Promise<ResolvedTrace[]> {
  const workspace = await workspaces.open(dirs, signal);
  return resolveStack(text, { ...workspace, commit, service }, signal);
}
