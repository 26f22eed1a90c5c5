import { setTimeout as sleep } from 'node:timers/promises';
import { type CapturedTrace, withRelease } from '../src/demo/capturedTrace';
import type { Deployment } from '../src/demo/deployment';
import type { IntakeClient } from '../src/demo/intakeClient';
import type { Scenario } from '../src/demo/shopHistory';
import { baseRelease } from '../src/demo/shopHistory';
import { shopMonitors } from '../src/demo/shopMonitors';
import { AppError } from '../src/domain/errors';
import { DEMO_ENV, flushed, type Stage } from './demoStage';

const WARM_UP_MS = 4_000;
const CAPTURE_MS = 14_000;
/** A process that has just started is slow at first. */
const SETTLE_MS = 2_000;
const INNOCENT_CAPTURE_MS = 12_000;
/** The innocent deployment is this old when the outage begins. */
const INNOCENT_AGE_MS = 6 * 60_000;
/** The release before was deployed this long ago. */
const BASE_AGE_MS = 20 * 3_600_000;
/** Whoever is on call does not answer in the same second. */
const REACTION_MS = 5_000;
const ALERT_TIMEOUT_MS = 120_000;
const ERROR_RATE_LIMIT = 0.15;
/** p95 of the catalog may reach a multiple of what it is when all is well, but always this. */
const LEAST_P95_LIMIT_SEC = 0.02;
const P95_LIMIT_FACTOR = 3;

/** Lets the shop run until it is warm and returns what visitors did when all was well. */
export async function warmUp(stage: Stage, signal: AbortSignal): Promise<CapturedTrace[]> {
  await sleep(WARM_UP_MS, undefined, { signal });
  const fromMs = Date.now();
  await sleep(CAPTURE_MS, undefined, { signal });
  await flushed(signal);
  const traces = stage.capture(fromMs);
  if (traces.length < 20)
    throw new AppError(
      'internal',
      `The demo shop served only ${traces.length} requests in ${CAPTURE_MS / 1000} s; the machine is too busy.`,
    );
  return traces;
}

/** Breaks the shop as the scenario says and waits until a monitor tells; returns its id. `usual` is what {@link warmUp} saw. */
export async function raiseAlert(stage: Stage, scenario: Scenario, usual: readonly CapturedTrace[], signal: AbortSignal): Promise<number> {
  const early = scenario.planted ? null : await deployInnocent(stage, scenario, usual, signal);
  await stage.forget();
  const nowMs = Date.now();
  await stage.fillHistory({ before: usual, after: early ? { fromMs: nowMs - INNOCENT_AGE_MS, traces: early.traces } : undefined });
  await reportBaseDeployments(stage, nowMs);
  if (early) await stage.intake.sendDeployment(movedDeployment(early.deployment, nowMs - INNOCENT_AGE_MS));
  const monitors = await createMonitors(stage.intake, usual);
  const watched = [...monitors].filter(([name]) => scenario.alerts.includes(name)).map(([, id]) => id);
  if (early) stage.acquirer.beginOutage();
  else await stage.deploy(scenario.service, scenario.release);
  return firstAlert(stage, watched, signal);
}

async function deployInnocent(stage: Stage, { service, release }: Scenario, usual: readonly CapturedTrace[], signal: AbortSignal) {
  const deployment = await stage.deploy(service, release);
  await sleep(SETTLE_MS, undefined, { signal });
  const fromMs = Date.now();
  await sleep(INNOCENT_CAPTURE_MS, undefined, { signal });
  await flushed(signal);
  return { deployment, traces: withRelease(usual, stage.capture(fromMs), service) };
}

function movedDeployment(deployment: Deployment, finishedMs: number): Deployment {
  return { ...deployment, finishedMs, startedMs: finishedMs - (deployment.finishedMs - deployment.startedMs) };
}

/** What a pipeline reported when the first release went live. */
async function reportBaseDeployments(stage: Stage, nowMs: number): Promise<void> {
  const { history } = stage.repository;
  const { version, commit } = baseRelease(history);
  const finishedMs = nowMs - BASE_AGE_MS;
  for (const service of history.services) {
    const deployment = { service, version, commit, repositoryUrl: history.repositoryUrl, author: 'Tomas Ferreira', env: DEMO_ENV };
    await stage.intake.sendDeployment({ ...deployment, startedMs: finishedMs - 20_000, finishedMs });
  }
}

/** Creates the shop's monitors, with a limit for the catalog that goes with what is usual, and returns their ids by name. */
export async function createMonitors(intake: IntakeClient, usual: readonly CapturedTrace[]): Promise<ReadonlyMap<string, number>> {
  const catalogP95Sec = Math.max(LEAST_P95_LIMIT_SEC, roundedSec(P95_LIMIT_FACTOR * p95Sec(usual, 'catalog')));
  const monitors = shopMonitors({ env: DEMO_ENV, errorRate: ERROR_RATE_LIMIT, catalogP95Sec });
  return new Map(await Promise.all(monitors.map(async (monitor) => [monitor.name, await intake.createMonitor(monitor)] as const)));
}

function p95Sec(traces: readonly CapturedTrace[], service: string): number {
  const requests = traces.flatMap(({ spans }) => spans.filter((span) => span.service === service && span.name === 'express.request'));
  const durations = requests.map(({ durationMs }) => durationMs / 1000).sort((a, b) => a - b);
  return durations[Math.floor(durations.length * 0.95)] ?? 0;
}

const roundedSec = (seconds: number) => Math.ceil(seconds * 200) / 200;

async function firstAlert(stage: Stage, monitorIds: readonly number[], signal: AbortSignal): Promise<number> {
  const deadlineMs = Date.now() + ALERT_TIMEOUT_MS;
  while (Date.now() < deadlineMs) {
    await sleep(500, undefined, { signal });
    for (const id of monitorIds) {
      if ((await stage.intake.monitorState(id)) !== 'Alert') continue;
      await sleep(REACTION_MS, undefined, { signal });
      return id;
    }
  }
  throw new AppError('internal', `No monitor alerted within ${ALERT_TIMEOUT_MS / 1000} s after the shop broke.`);
}
