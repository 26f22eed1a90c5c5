import { fork } from 'node:child_process';
import type { PredictedMessage, PredictMessage } from './modelMessages';

/** A process that runs a model. */
export interface ModelPeer {
  post(message: PredictMessage): void;
  onMessage(listener: (message: PredictedMessage) => void): void;
  /** Calls back once when it ends by itself, with the reason in words. */
  onEnd(listener: (why: string, cause?: unknown) => void): void;
  /** Whether this process waits for it before it exits. */
  setAwaited(isAwaited: boolean): void;
  end(): void;
}

/** `script` is the bundle of `src/model.ts`. A process, since a model may crash, or the system may end it for want of memory. */
export function startProcess(script: string, execArgv: readonly string[] = []): ModelPeer {
  const child = fork(script, [], {
    execArgv: [...execArgv],
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    // One arena: glibc would keep memory for each of V8's threads, 10 MB in all.
    env: { ...process.env, ELECTRON_RUN_AS_NODE: '1', MALLOC_ARENA_MAX: '1' },
  });
  return {
    post: (message) => void child.send(message, () => undefined),
    onMessage: (listener) => void child.on('message', (message) => listener(message as PredictedMessage)),
    onEnd(listener) {
      child.once('error', (error) => listener(error.message, error));
      child.once('exit', (code, signal) => listener(signal === null ? `it exited with code ${code}` : `it was ended by ${signal}`));
    },
    setAwaited(isAwaited) {
      if (isAwaited) {
        child.ref();
        child.channel?.ref();
      } else {
        child.unref();
        child.channel?.unref();
      }
    },
    end: () => void child.kill('SIGKILL'),
  };
}
