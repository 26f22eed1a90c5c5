import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { startAcquirer } from '../../src/demo/acquirer';
import { startBalancer } from '../../src/demo/balancer';

async function answering(text: string): Promise<{ server: Server; port: number }> {
  const server = createServer((_, response) => response.end(text)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { server, port: (server.address() as AddressInfo).port };
}

const ask = async (url: string) => (await fetch(url, { headers: { connection: 'close' } })).text();

describe('the balancer', () => {
  it('hands over to the process that serves at the time', async () => {
    const [old, young] = [await answering('old'), await answering('young')];
    const balancer = await startBalancer();
    try {
      await assert.rejects(ask(balancer.url), 'nobody serves yet');
      balancer.switchTo(old.port);
      assert.equal(await ask(balancer.url), 'old');
      balancer.switchTo(young.port);
      assert.equal(await ask(balancer.url), 'young');
      old.server.close();
      assert.equal(await ask(balancer.url), 'young');
    } finally {
      await balancer.close();
      old.server.close();
      young.server.close();
    }
  });

  it('ends a connection when its process goes away', async () => {
    const { server, port } = await answering('x');
    server.removeAllListeners('request');
    server.on('request', (request) => request.socket.destroy());
    const balancer = await startBalancer();
    try {
      balancer.switchTo(port);
      await assert.rejects(ask(balancer.url));
    } finally {
      await balancer.close();
      server.close();
    }
  });
});

describe('the acquirer', () => {
  const charge = (url: string, card = 'tok_good') =>
    fetch(`${url}/v2/charges`, { method: 'POST', body: JSON.stringify({ orderId: 'o', card }), signal: AbortSignal.timeout(300) });

  it('charges cards, each under its own reference, and declines those that are no good', async () => {
    const acquirer = await startAcquirer({ seed: 1 });
    try {
      const answers = await Promise.all([charge(acquirer.url), charge(acquirer.url)]);
      assert.deepEqual(
        answers.map(({ status }) => status),
        [201, 201],
      );
      const references = await Promise.all(answers.map(async (answer) => ((await answer.json()) as { reference: string }).reference));
      assert.equal(new Set(references).size, 2);
      assert.equal((await charge(acquirer.url, 'tok_declined')).status, 402);
    } finally {
      await acquirer.close();
    }
  });

  it('refuses or ignores every charge during an outage, and recovers from it', async () => {
    const acquirer = await startAcquirer({ seed: 1 });
    try {
      acquirer.beginOutage();
      const outcomes = await Promise.all(
        Array.from({ length: 12 }, () =>
          charge(acquirer.url).then(
            ({ status }) => String(status),
            (error: Error) => error.name,
          ),
        ),
      );
      assert.deepEqual([...new Set(outcomes)].sort(), ['503', 'TimeoutError']);
      acquirer.endOutage();
      assert.equal((await charge(acquirer.url)).status, 201);
    } finally {
      await acquirer.close();
    }
  });
});
