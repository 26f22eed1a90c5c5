import type { PredictMessage } from './onnx/modelMessages';
import { createModelServer } from './onnx/modelServer';

/** Runs a forecasting model in a process of its own, so that ending it gives back all of its memory. */
function main(): void {
  const answer = createModelServer();
  process.on('message', async (message: PredictMessage) => process.send?.(await answer(message)));
  process.on('disconnect', () => process.exit());
}

main();
