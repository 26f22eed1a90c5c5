import { resolve } from 'node:path';
import { createEngine } from '../engine/engine';
import { setupReport } from '../report/setupReport';
import type { DoctorCommand } from './arguments';
import { connectionFrom } from './connection';
import { debugLog } from './debugLog';
import type { World } from './world';

/** Prints what keeps AIDog from naming places in the code, or with `--json` exactly one JSON object. */
export async function doctorCommand(command: DoctorCommand, world: World): Promise<void> {
  const { workspaces, env, isJson } = command;
  const repositories = workspaces.length === 0 ? [world.cwd] : workspaces.map((dir) => resolve(world.cwd, dir));
  const engine = createEngine({ log: debugLog(world), onProgress: () => undefined });
  try {
    engine.commands.connect({ connection: connectionFrom(command, world) });
    const checks = await engine.requests.diagnoseSetup({ repositories, env }, world.signal);
    world.stdout.write(isJson ? `${JSON.stringify({ checks }, null, 2)}\n` : setupReport(checks));
  } finally {
    engine.dispose();
  }
}
