import { parentPort } from 'node:worker_threads';
import type { PredictMessage } from './onnx/modelMessages';
import { createModelServer } from './onnx/modelServer';

/** Runs a forecasting model in a thread or a process of its own, so that ending it gives back all of its memory. */
function main(): void {
  const answer = createModelServer();
  const port = parentPort;
  if (port !== null) {
    port.on('message', async (message: PredictMessage) => port.postMessage(await answer(message)));
    return;
  }
  process.on('message', async (message: PredictMessage) => process.send?.(await answer(message)));
  process.on('disconnect', () => process.exit());
}

main();
