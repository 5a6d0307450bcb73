import { Backoff, delay } from "../backoff";
import { Emitter } from "../emitter";
import { asParleyError, ParleyError } from "../errors";
import type { ManifestRecord, ReadAddress } from "../rest/file-records";
import type { FileRoutes } from "../rest/files";
import { getRange } from "./exchange";
import { hashOf } from "./hashing";
import { Sha256 } from "./sha256";
import type { Sink } from "./sinks";

/** `waiting` = the connection is away: it goes on by itself. */
export type DownloadState = "loading" | "waiting" | "done" | "failed" | "cancelled";

export interface DownloadEvents {
  /** Anything of it is different, {@link Download.bytes} too. */
  change: DownloadState;
}

export interface DownloadParts {
  api: FileRoutes;
  fileId: string;
  sink: Sink;
  backoff?: Backoff;
}

/** Chunks are asked for ahead of the one that is written. */
const AHEAD = 3;
const ADDRESS_MILLIS = 4 * 60_000;
/** A chunk that is wrong so often stays wrong; an address that is refused so often is not refused for its age. */
const TRIES = 4;
const SLICE_BYTES = 1 << 20;

/**
 * One file on its way here: read in chunks, several at once, each held against its hash before it is written, and the whole at the end. Made by
 * `Files.download`.
 */
export class Download extends Emitter<DownloadEvents> {
  readonly fileId: string;
  /** Resolves with what was loaded; rejects when it fails or is cancelled. */
  readonly done: Promise<ManifestRecord>;
  private readonly parts: DownloadParts;
  private readonly backoff: Backoff;
  private readonly stop = new AbortController();
  private readonly chunks = new AbortController();
  private current: DownloadState = "loading";
  private failure: ParleyError | undefined;
  private about: ManifestRecord | undefined;
  private written = 0;
  private address: { where: ReadAddress; since: number } | undefined;
  private asking: Promise<ReadAddress> | undefined;

  constructor(parts: DownloadParts) {
    super();
    this.parts = parts;
    this.fileId = parts.fileId;
    this.backoff = parts.backoff ?? new Backoff();
    this.done = this.run(AbortSignal.any([this.stop.signal, this.chunks.signal])).then(
      (manifest) => {
        this.become("done");
        return manifest;
      },
      async (thrown: unknown) => {
        this.chunks.abort();
        this.failure = this.stop.signal.aborted
          ? new ParleyError("client.aborted", "cancelled")
          : asParleyError(thrown);
        await this.parts.sink.abort().catch(() => undefined);
        this.become(this.stop.signal.aborted ? "cancelled" : "failed");
        throw this.failure;
      },
    );
    this.done.catch(() => undefined);
  }

  get state(): DownloadState {
    return this.current;
  }

  get error(): ParleyError | undefined {
    return this.failure;
  }

  /** Bytes that are here and right. */
  get bytes(): number {
    return this.written;
  }

  /** Of all bytes; 0 before it is known. */
  get size(): number {
    return this.about?.size ?? 0;
  }

  cancel(): void {
    this.stop.abort();
  }

  private async run(signal: AbortSignal): Promise<ManifestRecord> {
    const { api, fileId, sink } = this.parts;
    const manifest = (this.about = await this.persist(() => api.manifest(fileId, signal), signal));
    const whole = new Sha256();
    const coming: Promise<Uint8Array<ArrayBuffer>>[] = [];
    const ask = (index: number) => {
      const chunk = this.chunk(manifest, index, signal);
      // It is looked at in its order; until then its failure is nobody's.
      chunk.catch(() => undefined);
      coming.push(chunk);
    };
    for (let index = 0; index < manifest.chunks.length; index++) {
      while (coming.length < AHEAD && index + coming.length < manifest.chunks.length) {
        ask(index + coming.length);
      }
      const bytes = await coming.shift()!;
      await addSlowly(whole, bytes);
      signal.throwIfAborted();
      await this.write(bytes);
    }
    if (whole.digest() !== manifest.sha256) {
      throw new ParleyError("file.hash", "what came is not the file that was announced");
    }
    await sink.close().catch((cause: unknown) => Promise.reject(unwritable(cause)));
    return manifest;
  }

  private async write(bytes: Uint8Array<ArrayBuffer>): Promise<void> {
    await this.parts.sink.write(bytes).catch((cause: unknown) => Promise.reject(unwritable(cause)));
    this.written += bytes.length;
    this.emit("change", this.current);
  }

  private async chunk(
    manifest: ManifestRecord,
    index: number,
    signal: AbortSignal,
  ): Promise<Uint8Array<ArrayBuffer>> {
    const first = index * manifest.chunk_size;
    const last = Math.min(first + manifest.chunk_size, manifest.size) - 1;
    for (let tries = 1; ;) {
      const { url, headers = {} } = await this.persist(() => this.where(signal), signal);
      try {
        const bytes = await getRange(url, headers, first, last, signal);
        if ((await hashOf(bytes)) === manifest.chunks[index]) {
          this.backoff.reset();
          this.become("loading");
          return bytes;
        }
        if (++tries > TRIES)
          throw new ParleyError("file.hash", `chunk ${index + 1} is not what was announced`);
      } catch (thrown) {
        const error = asParleyError(thrown);
        if (signal.aborted || error.code === "file.hash") throw error;
        if (error.status === 403) {
          if (++tries > TRIES) throw error;
          if (this.address?.where.url === url) this.address = undefined;
        } else if (error.transient) await this.wait(error, signal);
        else throw error;
      }
    }
  }

  /** An address that is still good, for every chunk the same. */
  private where(signal: AbortSignal): Promise<ReadAddress> {
    const { address } = this;
    if (address && Date.now() - address.since < ADDRESS_MILLIS) return Promise.resolve(address.where);
    return (this.asking ??= this.parts.api
      .address(this.fileId, signal)
      .then((where) => {
        this.address = { where, since: Date.now() };
        return where;
      })
      .finally(() => (this.asking = undefined)));
  }

  private async persist<T>(act: () => Promise<T>, signal: AbortSignal): Promise<T> {
    for (;;) {
      try {
        return await act();
      } catch (thrown) {
        const error = asParleyError(thrown);
        if (signal.aborted || !error.transient) throw error;
        await this.wait(error, signal);
      }
    }
  }

  private async wait(error: ParleyError, signal: AbortSignal): Promise<void> {
    this.become("waiting");
    await delay(Math.max(this.backoff.nextMillis(), (error.retryAfterSeconds ?? 0) * 1_000), signal);
  }

  private become(state: DownloadState): void {
    if (state === this.current || this.current === "failed" || this.current === "cancelled") return;
    this.current = state;
    this.emit("change", state);
  }
}

/** Hashes it a little at a time, so that the page stays smooth. */
async function addSlowly(hash: Sha256, bytes: Uint8Array): Promise<void> {
  for (let from = 0; from < bytes.length; from += SLICE_BYTES) {
    hash.update(bytes.subarray(from, from + SLICE_BYTES));
    if (from + SLICE_BYTES < bytes.length) await delay(0);
  }
}

const unwritable = (cause: unknown): ParleyError =>
  new ParleyError("client.unwritable", "the file cannot be written here", { cause });
