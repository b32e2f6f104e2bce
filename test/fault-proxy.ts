import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** A wire between a server and PostgreSQL that can be cut, slowed down or frozen, now or when certain bytes come by. */
export interface FaultProxy {
  /** The same database by way of this wire. */
  through(databaseUrl: string): string;
  /** Ends every connection now; new ones work. */
  cut(): void;
  /** New connections are refused too, until `mend`. */
  down(): void;
  mend(): void;
  /** Nothing passes in either direction and nobody is told, as when a cable is pulled; `thaw` lets all of it go on. */
  freeze(): void;
  thaw(): void;
  /** Every packet takes so much longer each way. */
  delay(milliseconds: number): void;
  /**
   * Once, on the first connection whose client sends all of `marks` in this order. 'cut': what stands before the last
   * mark still arrives, and the connection ends. 'hold answers': everything arrives, and no answer ever comes back.
   * The promise is kept when it has happened.
   */
  when(marks: readonly string[], fault: 'cut' | 'hold answers'): Promise<void>;
  /** Open connections. */
  count(): number;
  close(): Promise<void>;
}

interface Trap {
  readonly marks: readonly Buffer[];
  readonly fault: 'cut' | 'hold answers';
  readonly sprung: () => void;
}

class Wire {
  readonly #client: Socket;
  readonly #server: Socket;
  readonly #proxy: Proxy;
  /** How many marks of a trap came by on this wire. */
  #progress = new Map<Trap, number>();
  #isHolding = false;

  constructor(client: Socket, server: Socket, proxy: Proxy) {
    this.#client = client;
    this.#server = server;
    this.#proxy = proxy;
    client.on('data', (bytes) => this.#sent(bytes as Buffer));
    server.on('data', (bytes) => this.#answered(bytes as Buffer));
    for (const [one, other] of [
      [client, server],
      [server, client],
    ] as const) {
      one.on('error', () => other.destroy());
      one.on('close', () => {
        other.destroy();
        proxy.wires.delete(this);
      });
    }
    if (proxy.isFrozen) this.pause();
  }

  pause(): void {
    this.#client.pause();
    this.#server.pause();
  }

  resume(): void {
    this.#client.resume();
    this.#server.resume();
  }

  end(): void {
    this.#client.destroy();
    this.#server.destroy();
  }

  #sent(bytes: Buffer): void {
    for (const trap of this.#proxy.traps) {
      let from = 0;
      for (let i = this.#progress.get(trap) ?? 0; i < trap.marks.length; i++) {
        const at = bytes.indexOf(trap.marks[i]!, from);
        if (at < 0) break;
        this.#progress.set(trap, i + 1);
        from = at + trap.marks[i]!.length;
        if (i + 1 === trap.marks.length) return this.#spring(trap, bytes, at);
      }
    }
    this.#proxy.later(() => this.#server.write(bytes));
  }

  #spring(trap: Trap, bytes: Buffer, at: number): void {
    this.#proxy.traps.delete(trap);
    if (trap.fault === 'hold answers') {
      this.#isHolding = true;
      this.#server.write(bytes);
      return trap.sprung();
    }
    this.#server.end(bytes.subarray(0, at), () => {
      this.#client.destroy();
      trap.sprung();
    });
  }

  #answered(bytes: Buffer): void {
    if (!this.#isHolding) this.#proxy.later(() => this.#client.write(bytes));
  }
}

class Proxy {
  readonly wires = new Set<Wire>();
  readonly traps = new Set<Trap>();
  isFrozen = false;
  isDown = false;
  milliseconds = 0;

  later(pass: () => void): void {
    if (this.milliseconds === 0) pass();
    else setTimeout(pass, this.milliseconds);
  }

  cut(): void {
    for (const wire of this.wires) wire.end();
  }
}

export async function openFaultProxy(databaseUrl: string): Promise<FaultProxy> {
  const { hostname, port } = new URL(databaseUrl);
  const proxy = new Proxy();
  // Held back for one another, packets of one answer would come 40 ms apart.
  const server = createServer({ noDelay: true }, (client) => {
    if (proxy.isDown) return void client.destroy();
    proxy.wires.add(new Wire(client, connect({ port: Number(port), host: hostname, noDelay: true }), proxy));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const own = (server.address() as AddressInfo).port;
  return {
    through(url) {
      const changed = new URL(url);
      changed.hostname = '127.0.0.1';
      changed.port = String(own);
      // The drivers' way to name a socket folder would go past us.
      changed.searchParams.delete('host');
      return changed.href;
    },
    cut: () => proxy.cut(),
    down() {
      proxy.isDown = true;
      proxy.cut();
    },
    mend() {
      proxy.isDown = false;
    },
    freeze() {
      proxy.isFrozen = true;
      for (const wire of proxy.wires) wire.pause();
    },
    thaw() {
      proxy.isFrozen = false;
      for (const wire of proxy.wires) wire.resume();
    },
    delay(milliseconds) {
      proxy.milliseconds = milliseconds;
    },
    when: (marks, fault) =>
      new Promise((sprung) => {
        proxy.traps.add({ marks: marks.map((mark) => Buffer.from(mark)), fault, sprung });
      }),
    count: () => proxy.wires.size,
    async close() {
      proxy.cut();
      server.close();
      await once(server, 'close');
    },
  };
}
