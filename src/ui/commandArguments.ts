import type { OpenIncident } from '../protocol/engineApi';
import type { TreeNode } from './incidentTree';

/** What a CodeLens hands to its command. */
export interface LensArgument {
  readonly runId: string;
  /** File-system path of the document. */
  readonly file: string;
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

/** A row of the tree, which VS Code hands to the commands of its menu. */
function nodeOf(argument: unknown): TreeNode | null {
  if (!isRecord(argument)) return null;
  const { kind, incident, run } = argument;
  const isOurs = (kind === 'incident' && isRecord(incident)) || (kind === 'run' && isRecord(run) && isRecord(run.snapshot));
  return isOurs ? (argument as unknown as TreeNode) : null;
}

export function incidentOf(argument: unknown): OpenIncident | null {
  const node = nodeOf(argument);
  return node?.kind === 'incident' ? node.incident : null;
}

/** The id of the run that is meant, as text, row or lens; null when none is. */
export function idOf(argument: unknown): string | null {
  if (typeof argument === 'string') return argument;
  const node = nodeOf(argument);
  if (node?.kind === 'run') return node.run.snapshot.runId;
  return isRecord(argument) && typeof argument.runId === 'string' ? argument.runId : null;
}

export function lensTargetOf(argument: unknown): string | null {
  return isRecord(argument) && typeof argument.file === 'string' ? argument.file : null;
}
