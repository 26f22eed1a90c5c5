import { createSocket } from 'node:dgram';
import type { TelemetryStore } from '../store/store';
import { createStatsDIntake } from './statsDIntake';

export interface DogStatsDSocket {
  readonly port: number;
  close(): void;
}

/** Listens for DogStatsD datagrams on 127.0.0.1; rejects when the port is taken. Unreadable lines are dropped, as the agent does. */
export function listenForDogStatsD(store: TelemetryStore, port: number): Promise<DogStatsDSocket> {
  const take = createStatsDIntake(store);
  const socket = createSocket('udp4');
  socket.on('message', (datagram) => take(datagram.toString('utf8')));
  return new Promise((resolve, reject) => {
    socket.once('error', reject);
    socket.bind(port, '127.0.0.1', () => resolve({ port: socket.address().port, close: () => void socket.close() }));
  });
}
