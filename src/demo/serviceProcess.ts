import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { serviceDidNotStart } from '../domain/errors';

export interface ServiceOptions {
  readonly service: string;
  /** Folder of the release. */
  readonly releaseDir: string;
  /** The program node, version 22.5 or later. */
  readonly node: string;
  readonly env: Readonly<Record<string, string>>;
  /** Takes the lines that the service wrote, a few at a time. */
  readonly collectLogs: (lines: readonly string[]) => Promise<void>;
  readonly signal: AbortSignal;
}

/** A running process of a service. */
export interface ServiceProcess {
  readonly port: number;
  /** Lets it finish what it is answering; kills it when that takes long. */
  stop(): Promise<void>;
}

const START_TIMEOUT_MS = 30_000;
const STOP_TIMEOUT_MS = 3_000;
const COLLECT_EVERY_MS = 500;

/** Starts a service of the shop with the tracer loaded and waits until it answers its health check. */
export async function startServiceProcess(options: ServiceOptions): Promise<ServiceProcess> {
  const { service, releaseDir, node, env, signal } = options;
  const port = await freePort();
  const child = spawn(node, ['--disable-warning=ExperimentalWarning', '-r', 'dd-trace/init', join(releaseDir, 'services', service)], {
    cwd: releaseDir,
    env: { ...inherited(), ...env, PORT: String(port) },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const killNow = () => child.kill('SIGKILL');
  process.once('exit', killNow);
  signal.addEventListener('abort', killNow, { once: true });
  child.once('exit', () => {
    process.removeListener('exit', killNow);
    signal.removeEventListener('abort', killNow);
  });
  const logs = collect(child, options.collectLogs);
  let complaint = '';
  child.stderr?.on('data', (chunk: Buffer) => (complaint = (complaint + chunk.toString('utf8')).slice(-2000)));
  try {
    await untilHealthy(child, port, signal);
  } catch (error) {
    killNow();
    signal.throwIfAborted();
    throw serviceDidNotStart(service, complaint.trim() || String(error), error);
  }
  return {
    port,
    async stop() {
      await stop(child);
      await logs.flush();
    },
  };
}

/** The tracer's settings of whoever runs the demo are not the shop's. */
function inherited(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(
    ([name]) => !name.startsWith('DD_') && !name.startsWith('OTEL_') && name !== 'NODE_OPTIONS',
  );
  return Object.fromEntries(kept);
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address !== null ? address.port : 0;
}

async function untilHealthy(child: ChildProcess, port: number, signal: AbortSignal): Promise<void> {
  const deadlineMs = Date.now() + START_TIMEOUT_MS;
  while (Date.now() < deadlineMs) {
    signal.throwIfAborted();
    if (child.exitCode !== null) throw new Error(`ended with exit code ${child.exitCode}`);
    const isHealthy = await fetch(`http://127.0.0.1:${port}/health`, { signal: AbortSignal.timeout(2_000) }).then(
      (response) => response.ok,
      () => false,
    );
    if (isHealthy) return;
    await sleep(100);
  }
  throw new Error(`no answer within ${START_TIMEOUT_MS / 1000} s`);
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, 'exit');
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), STOP_TIMEOUT_MS);
  await exited;
  clearTimeout(timer);
}

/** Reads the service's standard output and hands it on; a line that cannot be delivered is lost, as with any collector. */
function collect(child: ChildProcess, deliver: ServiceOptions['collectLogs']): { flush(): Promise<void> } {
  let lines: string[] = [];
  const flush = async () => {
    const batch = lines;
    lines = [];
    if (batch.length > 0) await deliver(batch).catch(() => undefined);
  };
  if (child.stdout) createInterface({ input: child.stdout }).on('line', (line) => line.startsWith('{') && lines.push(line));
  const timer = setInterval(() => void flush(), COLLECT_EVERY_MS);
  child.once('exit', () => clearInterval(timer));
  return { flush };
}
