import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { FrameStream } from '@gongzhi/kernel/dlt645/index.ts';
import { type MeterState, respond, say } from './meter.ts';

/** A concentrator with meters behind it: it is called, or it calls and says who it is. */
export interface MeterLine {
  readonly port: number;
  readonly meters: ReadonlyMap<string, MeterState>;
  close(): Promise<void>;
}

export interface LineOptions {
  /** How much later than asked an answer of who is late comes. */
  readonly lateMilliseconds?: number;
}

/** Meters on one bus: what they hear, and what they put on it, piece by piece. */
export function aBus(
  meters: readonly MeterState[],
  send: (bytes: Uint8Array) => void,
  late = 10_000,
): { hear(bytes: Uint8Array): void; stop(): void } {
  const stream = new FrameStream();
  const timers = new Set<NodeJS.Timeout>();
  return {
    hear(bytes) {
      for (const heard of stream.push(bytes)) {
        if (heard.type !== 'frame') continue;
        for (const meter of meters) {
          const message = respond(meter, heard.frame);
          if (message === null) continue;
          for (const piece of say(meter, message, late)) {
            const timer = setTimeout(() => {
              timers.delete(timer);
              send(piece.bytes);
            }, piece.afterMilliseconds);
            timers.add(timer);
          }
        }
      }
    },
    stop() {
      for (const timer of timers) clearTimeout(timer);
    },
  };
}

function speak(socket: Socket, meters: readonly MeterState[], late?: number): void {
  const bus = aBus(meters, (bytes) => socket.write(bytes), late);
  socket.on('error', () => {});
  socket.on('close', () => bus.stop());
  socket.on('data', (bytes: Buffer) => bus.hear(bytes));
}

const named = (meters: readonly MeterState[]) => new Map(meters.map((meter) => [meter.address, meter]));

/** Waits to be called. */
export async function serveMeters(
  meters: readonly MeterState[],
  port = 0,
  options: LineOptions = {},
): Promise<MeterLine> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    speak(socket, meters, options.lateMilliseconds);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    meters: named(meters),
    close: () =>
      new Promise((done) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => done());
      }),
  };
}

/** Calls, and says first who it is. */
export async function callServer(
  meters: readonly MeterState[],
  at: { readonly host: string; readonly port: number },
  introduction: string,
  options: LineOptions = {},
): Promise<MeterLine> {
  const socket = connect(at);
  await new Promise<void>((resolve, reject) => {
    socket.once('connect', resolve);
    socket.once('error', reject);
  });
  socket.write(`${introduction}\n`);
  speak(socket, meters, options.lateMilliseconds);
  return {
    port: at.port,
    meters: named(meters),
    close: () =>
      new Promise((done) => {
        // Put out by the other side already.
        if (socket.closed) return done();
        socket.once('close', () => done());
        socket.destroy();
      }),
  };
}
