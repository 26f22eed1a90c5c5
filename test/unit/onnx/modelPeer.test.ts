import assert from 'node:assert/strict';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { PredictedMessage } from '../../../src/onnx/modelMessages';
import { type ModelPeer, startProcess } from '../../../src/onnx/modelPeer';

const message = { id: 1, modelFile: 'm', wasmFile: 'w', contexts: Float32Array.of(1, 2) };

async function script(text: string): Promise<string> {
  const file = join(await mkdtemp(join(tmpdir(), 'aidog-peer-')), 'peer.cjs');
  await writeFile(file, text);
  return file;
}

const ended = (peer: ModelPeer) => new Promise<string>((resolve) => peer.onEnd(resolve));
const heard = (peer: ModelPeer) => new Promise<PredictedMessage>((resolve) => peer.onMessage(resolve));

describe('a process of a model', () => {
  it('takes and gives numbers, and ends when told to', async () => {
    const peer = startProcess(
      await script(`process.on('message', ({ id, contexts }) => process.send({ id, answers: contexts.map((each) => 2 * each) }));`),
    );
    const [answer, end] = [heard(peer), ended(peer)];
    peer.post(message);
    assert.deepEqual(await answer, { id: 1, answers: Float32Array.of(2, 4) });
    peer.end();
    assert.match(await end, /SIGKILL/);
  });

  it('tells of its exit and of its violent end', async () => {
    assert.match(await ended(startProcess(await script('process.exit(3)'))), /exited with code 3/);
    assert.match(await ended(startProcess(await script(`process.kill(process.pid, 'SIGKILL')`))), /ended by SIGKILL/);
  });
});
