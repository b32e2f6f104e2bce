import type { Socket } from 'node:net';
import { Duplex } from 'node:stream';
import { PacketSizes } from './packets.ts';

/** A connection that ends as soon as a packet is announced that is longer than `most`. */
export class LimitedConnection extends Duplex {
  readonly #socket: Socket;
  readonly #sizes: PacketSizes;

  constructor(socket: Socket, most: number) {
    super({ allowHalfOpen: false });
    this.#socket = socket;
    const sizes = new PacketSizes(most);
    this.#sizes = sizes;
    socket.on('data', (chunk: Buffer) => {
      if (!sizes.fits(chunk)) this.destroy(new Error('packet too large'));
      else if (!this.push(chunk)) socket.pause();
    });
    socket.on('end', () => this.push(null));
    socket.on('error', (error) => this.destroy(error));
    socket.on('close', () => this.destroy());
  }

  /** Whoever is known may say more at once. */
  allow(most: number): void {
    this.#sizes.allow(most);
  }

  override _read(): void {
    this.#socket.resume();
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: () => void): void {
    if (this.#socket.destroyed || this.#socket.write(chunk)) done();
    else this.#whenDrained(done);
  }

  override _writev(chunks: { chunk: Buffer }[], done: () => void): void {
    this._write(Buffer.concat(chunks.map(({ chunk }) => chunk)), 'utf8', done);
  }

  override _final(done: () => void): void {
    this.#socket.end(done);
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    this.#socket.destroy();
    done(error);
  }

  #whenDrained(done: () => void): void {
    const settle = () => {
      this.#socket.off('drain', settle);
      this.#socket.off('close', settle);
      done();
    };
    this.#socket.on('drain', settle);
    this.#socket.on('close', settle);
  }
}
