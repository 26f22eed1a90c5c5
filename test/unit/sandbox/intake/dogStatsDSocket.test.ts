import assert from 'node:assert/strict';
import { createSocket } from 'node:dgram';
import { listenForDogStatsD } from '../../../../src/sandbox/intake/dogStatsDSocket';
import { startSandbox } from '../../../../src/sandbox/server';
import { createTelemetryStore } from '../../../../src/sandbox/store/telemetryStore';

async function arrived(ask: () => boolean): Promise<boolean> {
  for (let attempt = 0; attempt < 500 && !ask(); attempt += 1) await new Promise((resolve) => setTimeout(resolve, 10));
  return ask();
}

describe('the DogStatsD socket', () => {
  it('takes datagrams, readable or not', async () => {
    const store = createTelemetryStore();
    const socket = await listenForDogStatsD(store, 0);
    const client = createSocket('udp4');
    try {
      client.send('nonsense', socket.port, '127.0.0.1');
      client.send('hits:1|c', socket.port, '127.0.0.1');
      assert.ok(await arrived(() => store.metricNames(0).includes('hits')));
    } finally {
      client.close();
      socket.close();
    }
  });

  it('belongs to a sandbox that is asked for it', async () => {
    const sandbox = await startSandbox({ dogStatsdPort: 0 });
    assert.ok((sandbox.dogStatsdPort ?? 0) > 0);
    await assert.rejects(startSandbox({ dogStatsdPort: sandbox.dogStatsdPort }), { code: 'EADDRINUSE' });
    await sandbox.close();
  });
});
