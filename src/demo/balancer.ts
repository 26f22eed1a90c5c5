import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** What clients of a service connect to; it hands each connection to the process that serves at the time. */
export interface Balancer {
  readonly port: number;
  readonly url: string;
  /** New connections go to this port; those to another one last until either side ends them. */
  switchTo(port: number): void;
  close(): Promise<void>;
}

/** Listens on 127.0.0.1, on any free port. Connections are refused until there is something to switch to. */
export async function startBalancer(): Promise<Balancer> {
  let target: number | null = null;
  const open = new Set<Socket>();
  const server = createServer((client) => {
    if (target === null) return void client.destroy();
    const upstream = connect(target, '127.0.0.1');
    join(client, upstream, open);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    port,
    url: `http://127.0.0.1:${port}`,
    switchTo(next) {
      target = next;
    },
    async close() {
      for (const socket of open) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function join(client: Socket, upstream: Socket, open: Set<Socket>): void {
  for (const [one, other] of [
    [client, upstream],
    [upstream, client],
  ] as const) {
    open.add(one);
    one.setNoDelay(true);
    one.pipe(other);
    one.on('error', () => other.destroy());
    one.on('close', () => {
      open.delete(one);
      other.end();
    });
  }
}
