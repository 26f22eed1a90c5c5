import type { FixConflict, FixFile } from '../../domain/fix';
import type { FixNode } from './fixTree';

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

/** The fix that a row of the view, or a command of ours, is about; null for whatever else a command is given. */
export function fixIdOf(argument: unknown): string | null {
  return isRecord(argument) && typeof argument.kind === 'string' && typeof argument.fixId === 'string' ? argument.fixId : null;
}

/** The file that a row names; the caller looks it up in the fix. */
export function pathIn(argument: unknown): string | null {
  if (!isRecord(argument)) return null;
  const { file, conflict } = argument as { file?: Partial<FixFile>; conflict?: Partial<FixConflict> };
  const path = file?.path ?? conflict?.path;
  return typeof path === 'string' ? path : null;
}

/** What a command hands to another one about a fix. */
export const fixArgument = (fixId: string): Extract<FixNode, { kind: 'fix' }> => ({ kind: 'fix', fixId });
