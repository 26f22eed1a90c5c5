import { fork } from 'node:child_process';
import { Worker } from 'node:worker_threads';
import type { PredictedMessage, PredictMessage } from './modelMessages';

/** A thread or a process that runs a model. */
export interface ModelPeer {
  post(message: PredictMessage): void;
  onMessage(listener: (message: PredictedMessage) => void): void;
  /** Calls back once when it ends by itself, with the reason in words. */
  onEnd(listener: (why: string, cause?: unknown) => void): void;
  /** Whether this process waits for it before it exits. */
  setAwaited(isAwaited: boolean): void;
  end(): void;
}

/** `script` is the bundle of `src/model.ts`. */
export function startThread(script: string, execArgv: readonly string[] = []): ModelPeer {
  const worker = new Worker(script, { name: 'aidog-model', execArgv: [...execArgv] });
  return {
    post: (message) => worker.postMessage(message),
    onMessage: (listener) => void worker.on('message', listener),
    onEnd(listener) {
      worker.once('error', (error) => listener(error instanceof Error ? error.message : String(error), error));
      worker.once('exit', (code) => listener(`its thread ended with code ${code}`));
    },
    setAwaited: (isAwaited) => void (isAwaited ? worker.ref() : worker.unref()),
    end: () => void worker.terminate(),
  };
}

/** The same in a process, which a model may crash or that the system may end for want of memory. */
export function startProcess(script: string, execArgv: readonly string[] = []): ModelPeer {
  const child = fork(script, [], {
    execArgv: [...execArgv],
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' },
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
