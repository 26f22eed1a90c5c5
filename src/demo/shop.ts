import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Balancer, startBalancer } from './balancer';
import type { Deployment } from './deployment';
import { runGit } from './git';
import type { IntakeClient } from './intakeClient';
import { checkOutRelease, releaseName } from './releases';
import { type ServiceProcess, startServiceProcess } from './serviceProcess';
import { baseRelease, releaseOf } from './shopHistory';
import type { ShopRepository } from './shopRepository';

export interface ShopOptions {
  readonly repository: ShopRepository;
  /** Where releases and the catalog's database go. Modules that the services need are found in a folder above it. */
  readonly dir: string;
  /** The program node, version 22.5 or later. */
  readonly node: string;
  /** Where the tracers send to. */
  readonly agentUrl: string;
  readonly intake: IntakeClient;
  readonly env: string;
  readonly acquirerUrl: string;
  readonly signal: AbortSignal;
}

/** The shop, running. */
export interface Shop {
  /** The storefront. */
  readonly url: string;
  /** Port of each service, as the others see it. */
  readonly ports: ReadonlyMap<string, number>;
  /** Replaces a service's process by one of the release, without turning visitors away, and returns what was deployed. */
  deploy(service: string, version: string): Promise<Deployment>;
  stop(): Promise<void>;
}

/** The host that the shop's code calls unless it is told another. */
export const ACQUIRER_NAME = 'api.acquirer.example';

/** For connections that are on their way to the old process while the new one takes over. */
const DRAIN_MS = 300;

/** Starts every service from the first release, each behind a balancer of its own. */
export async function startShop(options: ShopOptions): Promise<Shop> {
  const { history, root } = options.repository;
  const balancers = new Map<string, Balancer>();
  const running = new Map<string, ServiceProcess>();
  const stopAll = async () => {
    await Promise.all([...running.values()].map((process) => process.stop()));
    await Promise.all([...balancers.values()].map((balancer) => balancer.close()));
  };
  const deploy = async (service: string, version: string): Promise<Deployment> => {
    const startedMs = Date.now();
    const { commit } = releaseOf(history, version);
    const started = await startRelease(service, version, commit, balancers, options);
    const old = running.get(service);
    running.set(service, started);
    balancers.get(service)?.switchTo(started.port);
    const finishedMs = Date.now();
    if (old) await sleep(DRAIN_MS);
    await old?.stop();
    const author = (await runGit(['show', '-s', '--format=%an', commit], { cwd: root })).toString('utf8').trim();
    return { service, version, commit, author, repositoryUrl: history.repositoryUrl, env: options.env, startedMs, finishedMs };
  };
  try {
    for (const service of history.services) balancers.set(service, await startBalancer());
    await Promise.all(history.services.map((service) => deploy(service, baseRelease(history).version)));
  } catch (error) {
    await stopAll();
    throw error;
  }
  const ports = new Map([...balancers].map(([service, { port }]) => [service, port]));
  return { url: urlOf('storefront', balancers), ports, deploy, stop: stopAll };
}

const urlOf = (service: string, balancers: ReadonlyMap<string, Balancer>) => balancers.get(service)?.url ?? '';

async function startRelease(
  service: string,
  version: string,
  commit: string,
  balancers: ReadonlyMap<string, Balancer>,
  { repository, dir, node, agentUrl, intake, env, acquirerUrl, signal }: ShopOptions,
): Promise<ServiceProcess> {
  const releaseDir = await checkOutRelease(repository.root, service, commit, join(dir, 'releases'));
  const host = `${releaseName(service, commit)}-0`;
  const tracing = {
    DD_SERVICE: service,
    DD_ENV: env,
    DD_VERSION: version,
    DD_TRACE_AGENT_URL: agentUrl,
    DD_GIT_COMMIT_SHA: commit,
    DD_GIT_REPOSITORY_URL: repository.history.repositoryUrl,
    DD_RUNTIME_METRICS_ENABLED: 'true',
    DD_REMOTE_CONFIGURATION_ENABLED: 'false',
    DD_INSTRUMENTATION_TELEMETRY_ENABLED: 'false',
    DD_TRACE_STARTUP_LOGS: 'false',
    DD_TRACE_MIDDLEWARE_TRACING_ENABLED: 'false',
    DD_TRACE_DISABLED_PLUGINS: 'dns,net',
    // A refusal such as a declined card is an answer; a call has failed when the other side has.
    DD_TRACE_HTTP_CLIENT_ERROR_STATUSES: '500-599',
    ...(service === 'payments' ? namedAcquirer(acquirerUrl) : {}),
  };
  const places = {
    CATALOG_DB: join(dir, 'catalog.sqlite'),
    CATALOG_URL: urlOf('catalog', balancers),
    CHECKOUT_URL: urlOf('checkout', balancers),
    PAYMENTS_URL: urlOf('payments', balancers),
    ACQUIRER_URL: acquirerUrl,
  };
  const collectLogs = (lines: readonly string[]) => intake.sendLogLines(service, host, lines);
  return startServiceProcess({ service, releaseDir, node, env: { ...tracing, ...places }, collectLogs, signal });
}

/** Everything listens on one address here; the one call that leaves the shop gets the name that it has in earnest. */
function namedAcquirer(acquirerUrl: string): Readonly<Record<string, string>> {
  const { hostname } = new URL(acquirerUrl);
  return { DD_TRACE_PEER_SERVICE_DEFAULTS_ENABLED: 'true', DD_TRACE_PEER_SERVICE_MAPPING: `${hostname}:${ACQUIRER_NAME}` };
}
