import { stat } from 'node:fs/promises';
import { relative, resolve } from 'node:path';
import { folderNotFound, lookupCancelled, noStackFound, nothingToRead } from '../domain/errors';
import type { ResolvedTrace } from '../domain/resolvedTrace';
import { resolveStackIn } from '../engine/resolveStackIn';
import { Workspaces } from '../engine/workspaces';
import { stackReport } from '../report/stackReport';
import type { StackCommand } from './arguments';
import { debugLog } from './debugLog';
import { readInput } from './readInput';
import type { World } from './world';

const MAX_INPUT_BYTES = 16 * 1024 * 1024;

/** Resolves the stack traces of standard input and prints a report, or with `--json` exactly one JSON object. */
export async function stackCommand(command: StackCommand, world: World): Promise<void> {
  try {
    await resolveInput(command, world);
  } catch (error) {
    throw world.signal.aborted ? lookupCancelled(error) : error;
  }
}

async function resolveInput(command: StackCommand, world: World): Promise<void> {
  const dirs = await foldersOf(command, world);
  if (world.stdin.isTTY) world.stderr.write('Paste a stack trace, then press Ctrl-D on a line of its own (on Windows: Ctrl-Z, Enter).\n');
  const { text, isCut } = await readInput(world, MAX_INPUT_BYTES);
  if (isCut) world.stderr.write('aidog: The input is longer than 16 MB; what comes after is left out.\n');
  const { commit, service, isJson } = command;
  const workspaces = new Workspaces(debugLog(world));
  const traces = await resolveStackIn({ text, commit, service, dirs }, workspaces, world.signal);
  const { mapper } = await workspaces.open(dirs, world.signal);
  for (const problem of await mapper.problems(world.signal)) world.stderr.write(`aidog: ${problem}\n`);
  if (isJson) world.stdout.write(`${JSON.stringify({ traces }, null, 2)}\n`);
  if (traces.length === 0) throw text.trim() === '' ? nothingToRead() : noStackFound();
  if (!isJson) world.stdout.write(report(traces, world));
}

function report(traces: readonly ResolvedTrace[], { cwd, stdout, env }: World): string {
  const pathOf = ({ root, path }: { root: string; path: string }) => {
    const whole = resolve(root, path);
    const fromHere = relative(cwd, whole);
    return fromHere.startsWith('..') ? whole : fromHere;
  };
  return stackReport(traces, { pathOf, hasColour: Boolean(stdout.isTTY) && !env.NO_COLOR && env.TERM !== 'dumb' });
}

async function foldersOf({ workspaces }: StackCommand, { cwd }: World): Promise<string[]> {
  if (workspaces.length === 0) return [cwd];
  const dirs = workspaces.map((dir) => resolve(cwd, dir));
  for (const dir of dirs) {
    const found = await stat(dir).catch(() => null);
    if (!found?.isDirectory()) throw folderNotFound(dir);
  }
  return dirs;
}
