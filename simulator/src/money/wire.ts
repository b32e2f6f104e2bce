import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** Where the server dies: before its packet reaches the database, or after it did and before the answer comes back. */
export type Side = 'before' | 'after';

/** The wire between the server and PostgreSQL, cut at a packet that was drawn: as if the server's machine had gone off. */
export interface Wire {
  readonly url: string;
  /** Every connection ends at the n-th packet from now, and it is told. */
  arm(packets: number, side: Side, onCut: () => void): void;
  /** Nothing is cut any more. */
  disarm(): void;
  close(): Promise<void>;
}

export async function openWire(databaseUrl: string): Promise<Wire> {
  const target = new URL(databaseUrl);
  const ends = new Set<Socket>();
  let left = 0;
  let side: Side = 'before';
  let told = (): void => {};

  const cut = (): void => {
    left = 0;
    for (const socket of ends) socket.destroy();
    ends.clear();
    told();
  };

  // Packets go on as they come: held back for one another, every second question would wait 40 ms for nothing.
  const server = createServer({ noDelay: true }, (client) => {
    const database = connect({ port: Number(target.port), host: target.hostname, noDelay: true });
    ends.add(client).add(database);
    let isLast = false;
    client.on('data', (bytes) => {
      if (left > 0 && --left === 0) {
        if (side === 'before') return cut();
        isLast = true;
      }
      database.write(bytes);
    });
    database.on('data', (bytes) => {
      if (isLast) cut();
      else client.write(bytes);
    });
    for (const [one, other] of [
      [client, database],
      [database, client],
    ] as const) {
      one.on('error', () => other.destroy());
      one.on('close', () => {
        ends.delete(one);
        other.destroy();
      });
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const through = new URL(databaseUrl);
  through.hostname = '127.0.0.1';
  through.port = String((server.address() as AddressInfo).port);
  // The driver's way to name a folder of sockets would go past us.
  through.searchParams.delete('host');
  return {
    url: through.href,
    arm(packets, where, onCut) {
      [left, side, told] = [packets, where, onCut];
    },
    disarm() {
      left = 0;
      told = () => {};
    },
    async close() {
      for (const socket of ends) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
