import { parentPort } from 'node:worker_threads';
import { createEngine } from './engine/engine';
import { type Channel, openChannel } from './protocol/channel';
import { engineContract } from './protocol/engineApi';
import type { engineHostContract } from './protocol/engineHostApi';

/** The engine in a worker thread of the extension host. */
function main(): void {
  const port = parentPort;
  if (port === null) throw new Error('The engine runs in a worker thread only.');
  const log = {
    info: (message: string) => channel.notify('log', { level: 'info', message }),
    error: (message: string, cause?: unknown) => channel.notify('log', { level: 'error', message: withCause(message, cause) }),
  };
  const engine = createEngine({
    log,
    onProgress: (runId, event) => channel.notify('progress', { runId, event }),
    onSurveyProgress: (surveyId, progress) => channel.notify('surveyProgress', { surveyId, progress }),
    onForecasted: (runId, done) => channel.notify('forecasted', { runId, done }),
    onPulled: (runId, progress) => channel.notify('modelPulled', { runId, progress }),
    onSpent: (runId, spending) => channel.notify('modelSpent', { runId, spending }),
    completeWithEditor: (request, signal) => channel.request('completeWithEditor', request, { signal }),
    permitModel: (choice, signal) => channel.request('permitModel', { choice }, { signal }),
  });
  const channel: Channel<typeof engineHostContract> = openChannel({
    transport: {
      post: (message) => port.postMessage(message),
      listen(receive) {
        port.on('message', receive);
        return { dispose: () => void port.off('message', receive) };
      },
    },
    inbound: engineContract,
    handlers: engine,
    onProblem: log.error,
  });
}

/** The log crosses as text, so the whole chain of causes is written out with its stacks. */
function withCause(message: string, cause: unknown): string {
  if (cause === undefined) return message;
  if (!(cause instanceof Error)) return `${message} ${String(cause)}`;
  const own = `${message}\n${cause.stack ?? cause.message}`;
  return cause.cause === undefined ? own : withCause(`${own}\nCaused by:`, cause.cause);
}

main();
