import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createRandom } from './random';

/** The company that charges cards: outside the shop, not traced, nobody's commit. */
export interface Acquirer {
  readonly url: string;
  /** From now on every charge fails: some are refused with 503, others never answered. */
  beginOutage(): void;
  endOutage(): void;
  close(): Promise<void>;
}

const LATENCY_MS = { min: 15, spread: 25 };
const UNANSWERED_PART = 0.4;

/** Starts it on 127.0.0.1, on the given port or any free one. */
export async function startAcquirer({ seed, port = 0 }: { seed: number; port?: number }): Promise<Acquirer> {
  const random = createRandom(seed);
  let isOut = false;
  let charges = 0;
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString('utf8')));
    request.on('end', () => {
      const part = random();
      if (isOut && part < UNANSWERED_PART) return;
      const answer = isOut ? outage : decide(body, ++charges);
      setTimeout(() => send(response, answer), LATENCY_MS.min + random() * LATENCY_MS.spread);
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    beginOutage() {
      isOut = true;
    },
    endOutage() {
      isOut = false;
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

interface Answer {
  readonly status: number;
  readonly body: Readonly<Record<string, string>>;
}

const outage: Answer = { status: 503, body: { error: 'issuer network unavailable' } };

function decide(body: string, count: number): Answer {
  if (body.includes('tok_declined')) return { status: 402, body: { error: 'card declined' } };
  return { status: 201, body: { reference: `ch_${count.toString(36).padStart(6, '0')}` } };
}

function send(response: ServerResponse, { status, body }: Answer): void {
  if (response.destroyed) return;
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body));
}
