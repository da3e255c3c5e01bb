import { Duplex } from "node:stream";

type Done = (error?: Error | null) => void;

/** Looks like the socket `pg` expects and carries its bytes to the embedded engine. */
export class WireStream extends Duplex {
  readonly #send: (bytes: Uint8Array<ArrayBuffer>) => void;

  constructor(send: (bytes: Uint8Array<ArrayBuffer>) => void) {
    super();
    this.#send = send;
  }

  connect(): this {
    queueMicrotask(() => this.emit("connect"));
    return this;
  }

  setNoDelay(): this {
    return this;
  }

  setKeepAlive(): this {
    return this;
  }

  ref(): this {
    return this;
  }

  unref(): this {
    return this;
  }

  override _read(): void {
    // The engine pushes its answers; nothing waits to be pulled.
  }

  override _write(chunk: Uint8Array, _encoding: BufferEncoding, done: Done): void {
    this.#send(Uint8Array.from(chunk));
    done();
  }

  /** `pg` corks a query's messages; sent as one they cost one trip to the other thread. */
  override _writev(chunks: { chunk: Uint8Array }[], done: Done): void {
    const whole = new Uint8Array(chunks.reduce((length, { chunk }) => length + chunk.length, 0));
    let offset = 0;
    for (const { chunk } of chunks) {
      whole.set(chunk, offset);
      offset += chunk.length;
    }
    this.#send(whole);
    done();
  }

  override _final(done: Done): void {
    this.push(null);
    done();
  }
}
