import path from 'node:path';
import { parseArgs } from 'node:util';
import { readShopHistory, type Scenario } from '../src/demo/shopHistory';
import { judge } from '../src/demo/verdict';
import { AppError, messageFor } from '../src/domain/errors';
import type { Investigation } from '../src/domain/investigation';
import { createEngine } from '../src/engine/engine';
import { textReport } from '../src/report/textReport';
import { raiseAlert, warmUp } from './demoPlay';
import { DEMO_KEYS, flushed, openStage, type Stage } from './demoStage';
import { openWindow } from './demoWindow';

const projectRoot = path.resolve(import.meta.dirname, '..');
/** The shop's last commit is this old, so that the telemetry of today goes with the commits of this week. */
const LAST_COMMIT_AGE_MS = 40 * 60_000;
const PORT = 8126;

const ending = new AbortController();
for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => ending.abort(new Error(name)));

const say = (line: string) => console.log(line);

const USAGE = 'npm run demo -- [--headless] [--only INCIDENT] [--port PORT] [--dir FOLDER]';

interface Wish {
  readonly isHeadless: boolean;
  readonly only: string | null;
  /** Of the sandbox; 0 for any free one. */
  readonly port: number;
  readonly dir: string;
}

function parseWish(): Wish {
  try {
    const text = { type: 'string' } as const;
    const { values } = parseArgs({ options: { headless: { type: 'boolean' }, only: text, port: text, dir: text } });
    const port = values.port ?? (values.headless ? '0' : String(PORT));
    if (!/^\d{1,5}$/.test(port) || Number(port) > 65_535) throw new Error(`--port takes a number up to 65535, not "${port}".`);
    return { isHeadless: values.headless ?? false, only: values.only ?? null, port: Number(port), dir: values.dir ?? '.demo' };
  } catch (error) {
    throw new AppError('bad_input', `${error instanceof Error ? error.message : error} Usage: ${USAGE}`, { cause: error });
  }
}

async function main(): Promise<number> {
  const { isHeadless, only, port, dir } = parseWish();
  const { scenarios } = await readShopHistory(path.join(projectRoot, 'media'));
  const ids = scenarios.map(({ id }) => id).filter((id) => only === null || id === only);
  if (ids.length === 0) throw new AppError('bad_input', `--only takes one of ${scenarios.map(({ id }) => id).join(', ')}.`);
  const lastCommitAtMs = Date.now() - LAST_COMMIT_AGE_MS;
  const stage = await openStage({ projectRoot, dir, lastCommitAtMs, port, signal: ending.signal, say });
  try {
    const chosen = stage.repository.history.scenarios.filter(({ id }) => ids.includes(id));
    return await (isHeadless ? playAll(stage, chosen) : playFirst(stage, chosen));
  } finally {
    await stage.close();
  }
}

/** Every incident after the other, each investigated as a user would, each verdict checked. */
async function playAll(stage: Stage, scenarios: readonly Scenario[]): Promise<number> {
  const usual = await warmUp(stage, ending.signal);
  let failures = 0;
  for (const scenario of scenarios) {
    say(`\n=== ${scenario.title} (${scenario.id}) ===`);
    const monitorId = await raiseAlert(stage, scenario, usual, ending.signal);
    const investigation = await investigate(stage, monitorId);
    say(textReport(investigation));
    const { isRight, line } = judge(scenario, investigation);
    say(line);
    if (!isRight) failures += 1;
    await stage.rollBack(scenario);
    await flushed(ending.signal);
  }
  say(`\n${scenarios.length - failures} of ${scenarios.length} incidents explained.`);
  return failures === 0 ? 0 : 1;
}

async function investigate(stage: Stage, monitorId: number): Promise<Investigation> {
  const log = { info: () => undefined, error: (message: string, cause?: unknown) => console.error(message, cause) };
  const engine = createEngine({ log, onProgress: () => undefined });
  try {
    engine.commands.connect({ connection: { site: 'datadoghq.com', baseUrl: stage.url, ...DEMO_KEYS, timeoutSec: 30 } });
    const target = { kind: 'monitor', id: monitorId } as const;
    return await engine.requests.investigate({ runId: 'demo', target, repositories: [stage.repository.root] }, ending.signal);
  } finally {
    engine.dispose();
  }
}

/** One incident, then VS Code, until Ctrl-C. */
async function playFirst(stage: Stage, [scenario]: readonly Scenario[]): Promise<number> {
  if (!scenario) return 1;
  say('Visitors are coming; something will break in half a minute.');
  const usual = await warmUp(stage, ending.signal);
  const monitorId = await raiseAlert(stage, scenario, usual, ending.signal);
  say(`Monitor ${monitorId} alerts: ${scenario.title}.`);
  await openWindow({ projectRoot, workspace: stage.repository.root, baseUrl: stage.url, keys: DEMO_KEYS, signal: ending.signal, say });
  return 0;
}

main().then(
  (code) => process.exit(code),
  (error) => {
    const isAsked = ending.signal.aborted;
    if (!isAsked) console.error(process.env.AIDOG_DEBUG ? error : messageFor(error));
    process.exit(isAsked ? 130 : 1);
  },
);
