import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { badArguments } from '../domain/errors';
import type { Investigation } from '../domain/investigation';
import { createEngine } from '../engine/engine';
import type { InvestigationTarget } from '../protocol/investigationTarget';
import { endedEarly } from '../report/endedEarly';
import { partialReport, textReport } from '../report/textReport';
import type { InvestigateCommand } from './arguments';
import { connectionFrom } from './connection';
import { debugLog } from './debugLog';
import { modelSettingsFrom } from './modelSettings';
import { createProgress } from './progress';
import type { World } from './world';

const RUN_ID = 'cli';

/**
 * Investigates and prints a report, or with `--json` exactly one JSON object. A run that fails or is cancelled prints what it had
 * found, with `--json` as an object that has those fields only; nothing when that was nothing.
 */
export async function investigateCommand(command: InvestigateCommand, world: World): Promise<void> {
  const progress = createProgress(world.stderr, command.model);
  let found: Partial<Investigation> = {};
  const trace: Investigation['trace'][number][] = [];
  const began = performance.now();
  const columns = world.stdout.isTTY ? (world.stdout.columns ?? null) : null;
  const engine = createEngine({
    log: debugLog(world),
    onProgress(_, event) {
      if (event.kind === 'found') found = { ...found, ...event.found };
      else if (event.kind === 'trace') trace.push(event.entry);
      progress(event);
    },
  });
  const earlyReport = () => {
    const whole = endedEarly(found, trace, performance.now() - began);
    return whole === null ? partialReport(found, columns) : textReport(whole, columns);
  };
  try {
    engine.commands.connect({ connection: connectionFrom(command, world) });
    engine.commands.configureModels({ settings: modelSettingsFrom(command, world) });
    engine.commands.configureMemory({ settings: { dir: null, runbooksDir: runbooksOf(command, world), role: null } });
    const params = { runId: RUN_ID, target: targetOf(command, world), repositories: repositoriesOf(command, world) };
    const investigation = await engine.requests.investigate(params, world.signal);
    world.stdout.write(command.isJson ? `${JSON.stringify(investigation, null, 2)}\n` : textReport(investigation, columns));
  } catch (error) {
    world.stdout.write(command.isJson ? partialJson(found) : earlyReport());
    throw error;
  } finally {
    engine.dispose();
  }
}

function runbooksOf({ runbooks }: InvestigateCommand, { cwd }: World): string | null {
  if (runbooks === null) return null;
  const dir = resolve(cwd, runbooks);
  if (!statSync(dir, { throwIfNoEntry: false })?.isDirectory()) throw badArguments(`there is no folder ${dir} with runbooks.`);
  return dir;
}

function partialJson(found: Partial<Investigation>): string {
  return (found.evidence ?? []).length === 0 ? '' : `${JSON.stringify({ schema: 1, ...found }, null, 2)}\n`;
}

function targetOf({ target }: InvestigateCommand, { cwd }: World): InvestigationTarget {
  return target.kind === 'recording' ? { ...target, dir: resolve(cwd, target.dir) } : target;
}

/** A recording has commits of its own, so only for a live account is the current folder taken for the code. */
function repositoriesOf({ target, workspaces }: InvestigateCommand, { cwd }: World): string[] {
  if (workspaces.length === 0 && target.kind !== 'recording') return [cwd];
  return workspaces.map((dir) => resolve(cwd, dir));
}
