import { type CapturedTrace, collectTraces } from '../src/demo/capturedTrace';
import type { Deployment } from '../src/demo/deployment';
import { type Stretch, writeHistory } from '../src/demo/history';
import { createIntakeClient, type IntakeClient } from '../src/demo/intakeClient';
import { createNewId, createRandom } from '../src/demo/random';
import { sampleTraces } from '../src/demo/sampleTraces';
import { type Places, withPlacesOf } from '../src/demo/sanitise';
import { baseRelease, type Scenario, type ShopHistory } from '../src/demo/shopHistory';
import type { Alert } from '../src/domain/monitor';
import type { TimeWindow } from '../src/domain/timeSeries';
import type { Recording } from '../src/recording/recording';
import { apiRoutes } from '../src/sandbox/api/apiRoutes';
import { createSettableClock, type SettableClock } from '../src/sandbox/clock';
import { exportRecording } from '../src/sandbox/exportRecording';
import { evaluateMonitors } from '../src/sandbox/monitors/monitorLoop';
import { startSandbox } from '../src/sandbox/server';
import type { TelemetryStore } from '../src/sandbox/store/store';
import { createTelemetryStore } from '../src/sandbox/store/telemetryStore';
import { createMonitors } from './demoPlay';
import { DEMO_ENV, DEMO_KEYS } from './demoStage';
import { serviceSeries } from './serviceSeries';

export interface Take {
  readonly scenario: Scenario;
  readonly history: ShopHistory;
  readonly deployment: Deployment;
  /** Traces from before the deployment, from between deployment and fault, and with the fault. */
  readonly usual: readonly CapturedTrace[];
  readonly innocent: readonly CapturedTrace[];
  readonly faulty: readonly CapturedTrace[];
  readonly requestsPerSec: number;
  /** What of this machine shall not show. */
  readonly places: Places;
}

const MINUTE_MS = 60_000;

interface Times {
  readonly deployedMs: number;
  readonly faultMs: number;
  readonly nowMs: number;
}

/** On which day each incident happened: after its release was built, before the next commit. */
const TIMES: Readonly<Record<string, Times>> = {
  'throwing-path': times('2026-11-17T11:22:14Z', 0, 14),
  'n-plus-one': times('2026-11-18T16:04:40Z', 0, 15),
  'acquirer-outage': times('2026-11-19T10:20:31Z', 9.3, 22),
};

function times(deployedAt: string, faultAfterMin: number, nowAfterMin: number): Times {
  const deployedMs = Date.parse(deployedAt);
  return { deployedMs, faultMs: deployedMs + faultAfterMin * MINUTE_MS, nowMs: deployedMs + nowAfterMin * MINUTE_MS };
}

const HISTORY_MS = 540 * MINUTE_MS;
const DENSE_MS = 45 * MINUTE_MS;
const BASE_AGE_MS = 20 * 60 * MINUTE_MS;
const SAMPLES_PER_MIN = 12;
const EVALUATE_EVERY_MS = 10_000;
const SPANS_MS = 90 * MINUTE_MS;
const SAMPLE = { maxFailed: 28, maxFineBefore: 32, maxFineAfter: 36 };

/** Puts real traces on a day's timeline, lets the monitors judge it, and freezes what is seen. */
export async function composeRecording(take: Take): Promise<Recording> {
  const at = TIMES[take.scenario.id];
  if (!at) throw new Error(`No day is known for ${take.scenario.id}.`);
  const clock = createSettableClock(at.nowMs - HISTORY_MS);
  const store = createTelemetryStore({ clock, retention: { maxSpans: 2_000_000, maxLogs: 2_000_000, maxAgeMs: Number.POSITIVE_INFINITY } });
  const sandbox = await startSandbox({ store, clock, routes: apiRoutes, ...DEMO_KEYS });
  try {
    const intake = createIntakeClient({ url: sandbox.url, ...DEMO_KEYS });
    await writeTimeline(take, at, intake);
    await createMonitors(intake, take.usual);
    watch(store, clock, at);
  } finally {
    await sandbox.close();
  }
  return freeze(store, take, at);
}

async function writeTimeline(take: Take, at: Times, intake: IntakeClient): Promise<void> {
  const { usual, innocent, faulty, requestsPerSec, deployment, history, scenario } = take;
  const denseMs = at.deployedMs - DENSE_MS;
  const every = { maxPerMin: Number.POSITIVE_INFINITY, hasLogs: true };
  const stretches: Stretch[] = [
    { traces: usual, fromMs: at.nowMs - HISTORY_MS, toMs: denseMs, maxPerMin: SAMPLES_PER_MIN, hasLogs: false },
    { traces: usual, fromMs: denseMs, toMs: at.deployedMs, ...every },
    ...(innocent.length > 0 ? [{ traces: innocent, fromMs: at.deployedMs, toMs: at.faultMs, ...every }] : []),
    { traces: faulty, fromMs: at.faultMs, toMs: at.nowMs, ...every },
  ];
  const random = createRandom(at.nowMs / 1000);
  await intake.sendTraces(writeHistory(stretches, { requestsPerSec, timeOfDayMs: (ms) => ms, random, newId: createNewId(random) }));
  const { version, commit } = baseRelease(history);
  const baseMs = at.nowMs - BASE_AGE_MS;
  for (const service of history.services) {
    const before = { ...deployment, service, version, commit, author: 'Tomas Ferreira' };
    await intake.sendDeployment({ ...before, startedMs: baseMs - 20_000, finishedMs: baseMs });
  }
  const lastingMs = deployment.finishedMs - deployment.startedMs;
  await intake.sendDeployment({
    ...deployment,
    service: scenario.service,
    startedMs: at.deployedMs - lastingMs,
    finishedMs: at.deployedMs,
  });
}

/** Runs the clock to now; monitors judge what they see on the way. */
function watch(store: TelemetryStore, clock: SettableClock, at: Times): void {
  for (let nowMs = at.deployedMs - 5 * MINUTE_MS; nowMs <= at.nowMs; nowMs += EVALUATE_EVERY_MS) {
    clock.setNow(nowMs);
    evaluateMonitors({ store, clock });
  }
  clock.setNow(at.nowMs);
}

function freeze(store: TelemetryStore, take: Take, at: Times): Recording {
  const window: TimeWindow = { fromMs: at.nowMs - BASE_AGE_MS - MINUTE_MS, toMs: at.nowMs + 1 };
  const frame = exportRecording(store, {
    id: take.scenario.id,
    window,
    alert: firstAlert(store),
    metrics: () => false,
    maxTraces: 0,
    maxErrorTraces: 0,
    maxLogs: 0,
  });
  const seen = { fromMs: at.nowMs - SPANS_MS, toMs: at.nowMs + 1 };
  const traces = sampleTraces(collectTraces(store.spans(seen), store.logs(seen), 'storefront'), { faultMs: at.faultMs, ...SAMPLE });
  const recording: Recording = {
    ...frame,
    services: take.history.services,
    series: serviceSeries(store, { env: DEMO_ENV, window: { fromMs: at.nowMs - HISTORY_MS, toMs: at.nowMs + 1 } }),
    spans: traces.flatMap(({ spans }) => spans).sort((a, b) => a.startMs - b.startMs),
    logs: traces.flatMap(({ logs }) => logs).sort((a, b) => a.timestampMs - b.timestampMs),
  };
  return withPlacesOf(recording, take.places);
}

/** The monitor that alerted first and still does. */
function firstAlert(store: TelemetryStore): Alert {
  const alerting = store.monitors().filter(({ state }) => state === 'Alert');
  const [monitor] = alerting.sort((a, b) => a.stateSinceMs - b.stateSinceMs);
  if (!monitor) throw new Error('No monitor alerts.');
  const { name, message, query, tags, options } = monitor.body as {
    readonly name: string;
    readonly message: string;
    readonly query: string;
    readonly tags: readonly string[];
    readonly options: { readonly thresholds: { readonly critical: number } };
  };
  const event = [...store.events({ fromMs: monitor.stateSinceMs, toMs: store.clock.nowMs() + 1 })].find(
    ({ change }) => change.attributes.monitor_id === monitor.id && change.attributes.state === 'Alert',
  );
  const observed = event?.change.attributes.value;
  return {
    title: name,
    service: tags.find((tag) => tag.startsWith('service:'))?.slice('service:'.length) ?? null,
    metric: /:(trace[\w.]+)\{/.exec(query)?.[1] ?? null,
    threshold: options.thresholds.critical,
    observed: typeof observed === 'number' ? Number(observed.toPrecision(3)) : null,
    severity: 'high',
    firedAtMs: monitor.stateSinceMs,
    monitorId: monitor.id,
    summary: message,
  };
}
