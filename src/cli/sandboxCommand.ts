import { resolve } from 'node:path';
import { portTaken } from '../domain/errors';
import { readRecording } from '../recording/readRecording';
import type { Recording } from '../recording/recording';
import { apiRoutes } from '../sandbox/api/apiRoutes';
import { createFixedClock, realClock } from '../sandbox/clock';
import { loadRecording } from '../sandbox/loadRecording';
import { startMonitorLoop } from '../sandbox/monitors/monitorLoop';
import { type Sandbox, startSandbox } from '../sandbox/server';
import { KEEP_ALL } from '../sandbox/store/telemetryStore';
import type { SandboxCommand } from './arguments';
import type { World } from './world';

const EVALUATE_EVERY_MS = 10_000;

/** Runs the sandbox until Ctrl-C. Monitors are evaluated as long as time moves. */
export async function sandboxCommand(command: SandboxCommand, world: World): Promise<void> {
  const recording = command.recording === null ? null : await readRecording(resolve(world.cwd, command.recording));
  const sandbox = await start(command, recording, world);
  const isMoving = recording === null || command.isShifted;
  const loop = isMoving ? startMonitorLoop(sandbox, EVALUATE_EVERY_MS) : null;
  world.stdout.write(greeting(sandbox, recording));
  await untilAborted(world.signal);
  loop?.dispose();
  await sandbox.close();
}

async function start(command: SandboxCommand, recording: Recording | null, { stderr }: World): Promise<Sandbox> {
  const isStill = recording !== null && !command.isShifted;
  const clock = isStill ? createFixedClock(recording.nowMs) : realClock;
  const retention = recording === null ? {} : KEEP_ALL;
  const onError = (error: unknown) => stderr.write(`The sandbox failed to answer: ${error}\n`);
  const { port, statsdPort: dogStatsdPort } = command;
  const sandbox = await startSandbox({ port, dogStatsdPort, clock, retention, routes: apiRoutes, onError }).catch((error) => {
    throw startFailure(error, command);
  });
  if (recording !== null) loadRecording(sandbox.store, recording, { shiftMs: isStill ? 0 : Date.now() - recording.nowMs });
  return sandbox;
}

/** A UDP port is bound, a TCP port is listened on. */
function startFailure(error: NodeJS.ErrnoException, { port, statsdPort }: SandboxCommand): Error {
  if (error.code !== 'EADDRINUSE') return error;
  return error.syscall === 'bind' && statsdPort !== null ? portTaken(statsdPort, error, '--statsd-port') : portTaken(port, error);
}

function greeting({ url, dogStatsdPort }: Sandbox, recording: Recording | null): string {
  return [
    `The sandbox listens on ${url}${recording === null ? '' : ` and answers from the recording ${recording.id}`}.`,
    '',
    'For a service that is traced with dd-trace:',
    `  export DD_TRACE_AGENT_URL=${url}`,
    ...(dogStatsdPort === null ? [] : [`  export DD_DOGSTATSD_PORT=${dogStatsdPort}`]),
    '',
    'For an investigation (any key will do):',
    '  export DD_API_KEY=sandbox DD_APP_KEY=sandbox',
    `  aidog investigate --base-url ${url} --service NAME`,
    '',
    'Ctrl-C ends it.',
    '',
  ].join('\n');
}

function untilAborted(signal: AbortSignal): Promise<void> {
  return new Promise((done) => {
    if (signal.aborted) done();
    else signal.addEventListener('abort', () => done(), { once: true });
  });
}
