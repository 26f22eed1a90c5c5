import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Gate {
  readonly url: string;
  /** While set, requests whose path matches are taken and never answered. */
  held: RegExp | null;
  close(): void;
}

/** A server before another one, which passes everything on but what is held. */
export async function openGate(target: string): Promise<Gate> {
  const server = createServer((incoming, outgoing) => {
    if (gate.held?.test(incoming.url ?? '')) return;
    const { method, headers, url } = incoming;
    const passed = request(new URL(url ?? '/', target), { method, headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
    });
    passed.on('error', () => outgoing.destroy());
    incoming.pipe(passed);
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const gate: Gate = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    held: null,
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
  return gate;
}
