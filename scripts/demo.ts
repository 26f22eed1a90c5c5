import path from 'node:path';
import { parseArgs } from 'node:util';
import type { Scenario } from '../src/demo/shopHistory';
import { judge } from '../src/demo/verdict';
import { messageFor } from '../src/domain/errors';
import type { Investigation } from '../src/domain/investigation';
import { createEngine } from '../src/engine/engine';
import { textReport } from '../src/report/textReport';
import { type RaisedAlert, raiseAlert, warmUp } from './demoPlay';
import { DEMO_KEYS, flushed, openStage, type Stage } from './demoStage';
import { openWindow } from './demoWindow';

const projectRoot = path.resolve(import.meta.dirname, '..');
/** The shop's last commit is this old, so that the telemetry of today goes with the commits of this week. */
const LAST_COMMIT_AGE_MS = 40 * 60_000;
const PORT = 8126;

const ending = new AbortController();
for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => ending.abort(new Error(name)));

const say = (line: string) => console.log(line);

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      headless: { type: 'boolean' },
      dir: { type: 'string', default: '.demo' },
      only: { type: 'string' },
      port: { type: 'string' },
    },
  });
  const port = values.port === undefined ? (values.headless ? 0 : PORT) : Number(values.port);
  const stage = await openStage({
    projectRoot,
    dir: values.dir,
    lastCommitAtMs: Date.now() - LAST_COMMIT_AGE_MS,
    port,
    signal: ending.signal,
    say,
  });
  try {
    const { scenarios } = stage.repository.history;
    const chosen = values.only === undefined ? scenarios : scenarios.filter(({ id }) => id === values.only);
    return await (values.headless ? playAll(stage, chosen) : playFirst(stage, chosen));
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
    const alert = await raiseAlert(stage, scenario, usual, ending.signal);
    const investigation = await investigate(stage, alert);
    say(textReport(investigation));
    const { isRight, line } = judge(scenarioNow(stage, scenario), investigation);
    say(line);
    if (!isRight) failures += 1;
    await stage.rollBack(scenario);
    await flushed(ending.signal);
  }
  say(`\n${scenarios.length - failures} of ${scenarios.length} incidents explained.`);
  return failures === 0 ? 0 : 1;
}

const scenarioNow = (stage: Stage, { id }: Scenario) => stage.repository.history.scenarios.find((one) => one.id === id) as Scenario;

async function investigate(stage: Stage, { monitorId }: RaisedAlert): Promise<Investigation> {
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
  const alert = await raiseAlert(stage, scenario, usual, ending.signal);
  say(`Monitor ${alert.monitorId} alerts: ${scenario.title}.`);
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
