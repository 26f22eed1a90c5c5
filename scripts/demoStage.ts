import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Acquirer, startAcquirer } from '../src/demo/acquirer';
import { type CapturedTrace, collectTraces } from '../src/demo/capturedTrace';
import type { Deployment } from '../src/demo/deployment';
import { type Stretch, writeHistory } from '../src/demo/history';
import { createIntakeClient, type IntakeClient } from '../src/demo/intakeClient';
import { createNewId, createRandom } from '../src/demo/random';
import { type Shop, startShop } from '../src/demo/shop';
import { baseRelease, type Scenario } from '../src/demo/shopHistory';
import { buildShopRepository, type ShopRepository } from '../src/demo/shopRepository';
import { startTraffic, type Traffic } from '../src/demo/traffic';
import { demoRunning, portTaken } from '../src/domain/errors';
import { apiRoutes } from '../src/sandbox/api/apiRoutes';
import { startMonitorLoop } from '../src/sandbox/monitors/monitorLoop';
import { type Sandbox, startSandbox } from '../src/sandbox/server';
import { demoNode } from './demoNode';

export const DEMO_ENV = 'demo';
export const DEMO_KEYS = { apiKey: 'demo-api-key', appKey: 'demo-app-key' };
const VISITS_PER_SEC = 5;
/** Each fifth visit or so is of two requests; see the mix. */
const REQUESTS_PER_VISIT = 1.25;
const HISTORY_MS = 12 * 3_600_000;
/** How far back before now every request is written; before that a sample. */
const DENSE_MS = 8 * 60_000;
const SAMPLES_PER_MIN = 8;
const EVALUATE_EVERY_MS = 1_000;
const HOUR_MS = 3_600_000;
/** It is mid-afternoon in the shop when the demo begins, so that there are visitors. */
const SHOP_HOUR = 15;
const SEED = 20_261_116;

export interface StageOptions {
  readonly projectRoot: string;
  /** Folder below the project that repository, releases and data go to; one run at a time may use it. */
  readonly dir: string;
  /** Written to the last commit, with all others as far before it as they are; null: as shipped. */
  readonly lastCommitAtMs: number | null;
  /** 0: any free port. */
  readonly port: number;
  readonly signal: AbortSignal;
  readonly say: (line: string) => void;
}

/** The shop, its visitors, and the sandbox that watches them. */
export interface Stage {
  readonly repository: ShopRepository;
  readonly acquirer: Acquirer;
  readonly intake: IntakeClient;
  readonly url: string;
  readonly store: Sandbox['store'];
  readonly shop: Shop;
  timeOfDayMs(epochMs: number): number;
  readonly requestsPerSec: number;
  /** Whole traces of visitors since then, as the sandbox holds them. */
  capture(sinceMs: number): CapturedTrace[];
  /** Starts over with an empty sandbox at the same address. */
  forget(): Promise<void>;
  /** Writes half a day of history up to now, and who deployed what last week. */
  fillHistory(stretches: { readonly before: readonly CapturedTrace[]; readonly after?: Since }): Promise<void>;
  /** Deploys and reports it as a pipeline would. */
  deploy(service: string, version: string): Promise<Deployment>;
  /** Takes back what the scenario broke. */
  rollBack(scenario: Scenario): Promise<void>;
  close(): Promise<void>;
}

export interface Since {
  readonly fromMs: number;
  readonly traces: readonly CapturedTrace[];
}

/** Sets everything up; what was started is stopped again when something fails. */
export async function openStage(options: StageOptions): Promise<Stage> {
  const stage = new DemoStage(options);
  try {
    await stage.open();
    return stage;
  } catch (error) {
    await stage.close();
    throw error;
  }
}

class DemoStage implements Stage {
  repository!: ShopRepository;
  acquirer!: Acquirer;
  intake!: IntakeClient;
  shop!: Shop;
  readonly requestsPerSec = VISITS_PER_SEC * REQUESTS_PER_VISIT;
  readonly #dir: string;
  readonly #startedMs = Date.now();
  readonly #random = createRandom(SEED);
  #sandbox!: Sandbox;
  #loop: { dispose(): void } | null = null;
  #traffic: Traffic | null = null;
  #owner: string | null = null;

  constructor(private readonly options: StageOptions) {
    this.#dir = path.join(options.projectRoot, options.dir);
  }

  get url() {
    return this.#sandbox.url;
  }

  get store() {
    return this.#sandbox.store;
  }

  async open(): Promise<void> {
    const { projectRoot, lastCommitAtMs, signal, say } = this.options;
    const node = await demoNode(projectRoot);
    await this.#takeFolder();
    const dating = lastCommitAtMs === null ? {} : { lastCommitAtMs };
    this.repository = await buildShopRepository({
      mediaDir: path.join(projectRoot, 'media'),
      dir: path.join(this.#dir, 'shop'),
      signal,
      ...dating,
    });
    await this.#startSandbox(this.options.port);
    this.acquirer = await startAcquirer({ seed: SEED });
    this.intake = createIntakeClient({ url: this.url, ...DEMO_KEYS });
    say(`Sandbox at ${this.url}; starting the shop.`);
    const { repository, intake, acquirer } = this;
    this.shop = await startShop({
      repository,
      dir: this.#dir,
      node,
      agentUrl: this.url,
      intake,
      env: DEMO_ENV,
      acquirerUrl: acquirer.url,
      signal,
    });
    const timeOfDayMs = () => this.timeOfDayMs(Date.now());
    this.#traffic = startTraffic({ url: this.shop.url, visitsPerSec: VISITS_PER_SEC, seed: SEED, timeOfDayMs });
  }

  timeOfDayMs(epochMs: number): number {
    return epochMs - this.#startedMs + SHOP_HOUR * HOUR_MS;
  }

  capture(sinceMs: number): CapturedTrace[] {
    const window = { fromMs: sinceMs, toMs: Date.now() + 1 };
    return collectTraces(this.store.spans(window), this.store.logs(window), 'storefront');
  }

  async forget(): Promise<void> {
    const { port } = this.#sandbox;
    await this.#stopSandbox();
    await this.#startSandbox(port);
  }

  async fillHistory({ before, after }: { readonly before: readonly CapturedTrace[]; readonly after?: Since }): Promise<void> {
    const toMs = Date.now();
    const turnMs = after?.fromMs ?? toMs;
    const stretches: Stretch[] = [
      { traces: before, fromMs: toMs - HISTORY_MS, toMs: toMs - DENSE_MS, maxPerMin: SAMPLES_PER_MIN, hasLogs: false },
      { traces: before, fromMs: toMs - DENSE_MS, toMs: turnMs, maxPerMin: Number.POSITIVE_INFINITY, hasLogs: true },
      ...(after ? [{ traces: after.traces, fromMs: turnMs, toMs, maxPerMin: Number.POSITIVE_INFINITY, hasLogs: true }] : []),
    ];
    const { requestsPerSec } = this;
    const timeOfDayMs = (epochMs: number) => this.timeOfDayMs(epochMs);
    await this.intake.sendTraces(
      writeHistory(stretches, { requestsPerSec, timeOfDayMs, random: this.#random, newId: createNewId(this.#random) }),
    );
  }

  async deploy(service: string, version: string): Promise<Deployment> {
    const deployment = await this.shop.deploy(service, version);
    await this.intake.sendDeployment(deployment);
    return deployment;
  }

  async rollBack({ service }: Scenario): Promise<void> {
    this.acquirer.endOutage();
    await this.shop.deploy(service, baseRelease(this.repository.history).version);
  }

  async close(): Promise<void> {
    this.#traffic?.stop();
    await this.shop?.stop();
    await this.acquirer?.close();
    if (this.#sandbox) await this.#stopSandbox();
    if (this.#owner) await rm(this.#owner, { force: true });
  }

  /** Empties the folder of an earlier run, unless that still goes on. */
  async #takeFolder(): Promise<void> {
    const owner = path.join(this.#dir, 'process-id');
    const pid = Number(await readFile(owner, 'utf8').catch(() => '0'));
    if (isRunning(pid)) throw demoRunning(pid);
    await rm(this.#dir, { recursive: true, force: true });
    await mkdir(this.#dir, { recursive: true });
    await writeFile(owner, String(process.pid));
    this.#owner = owner;
  }

  async #startSandbox(port: number): Promise<void> {
    const { say } = this.options;
    const onError = (error: unknown) => say(`The sandbox failed to answer: ${error instanceof Error ? error.stack : error}`);
    this.#sandbox = await startSandbox({ port, routes: apiRoutes, onError, ...DEMO_KEYS }).catch((error) => {
      throw (error as NodeJS.ErrnoException).code === 'EADDRINUSE' ? portTaken(port, error) : error;
    });
    this.#loop = startMonitorLoop(this.#sandbox, EVALUATE_EVERY_MS);
  }

  async #stopSandbox(): Promise<void> {
    this.#loop?.dispose();
    await this.#sandbox.close();
  }
}

function isRunning(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Spans are sent every two seconds; after this long nothing of what was is still on its way. */
export const FLUSH_MS = 3_000;

export const flushed = (signal: AbortSignal) => sleep(FLUSH_MS, undefined, { signal });
