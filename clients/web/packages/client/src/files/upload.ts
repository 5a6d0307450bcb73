import { Backoff, delay } from "../backoff";
import { Emitter } from "../emitter";
import { asParleyError, ParleyError } from "../errors";
import type { FileRecord, PartAddress, UploadRecord } from "../rest/file-records";
import type { FileRoutes } from "../rest/files";
import { putPart } from "./exchange";
import { hashBlob, type Hashes } from "./hashing";
import type { Lanes } from "./lanes";

/**
 * `waiting` = the connection is away: it goes on by itself; `checking` = everything is there, and the server looks at it; `refused` = it
 * looked, and will not have it.
 */
export type UploadState =
  "hashing" | "sending" | "waiting" | "checking" | "ready" | "refused" | "failed" | "cancelled";

export interface UploadEvents {
  /** Anything of it is different, {@link Upload.progress} too. */
  change: UploadState;
}

export interface UploadParts {
  api: FileRoutes;
  blob: Blob;
  name: string;
  /** Shared there as soon as it is ready. */
  conversationId?: string | undefined;
  /** So many parts are sent at once, of all uploads. */
  sending: Lanes;
  /** So many files are read at once. */
  reading: Lanes;
  backoff?: Backoff;
}

export const CHUNK_BYTES = 8 << 20;
/** As many addresses as one call gives. */
const ASKED_AT_ONCE = 32;
/** An address is good for five minutes; nobody's clock is asked, and nothing is begun with one that ends soon. */
const ADDRESS_MILLIS = 4 * 60_000;
/** So often parts that had been sent are found missing. */
const ROUNDS = 3;
/** A fresh address that is refused so often is not refused for its age. */
const REFUSALS = 4;
const TOLD_MILLIS = 100;
const CHECK_FIRST_MILLIS = 500;
const CHECK_CAP_MILLIS = 5_000;

/**
 * One file on its way to the server: hashed, sent in the parts that are missing there, several at once, and looked at. What was sent stays sent,
 * through lost connections, expired addresses and closed pages: the same file uploaded again goes on where it was. Made by `Files.upload`.
 */
export class Upload extends Emitter<UploadEvents> {
  readonly name: string;
  readonly size: number;
  /** As the browser says; what it is, the server finds out. */
  readonly type: string;
  private readonly parts: UploadParts;
  private readonly backoff: Backoff;
  private current: UploadState = "hashing";
  private record: FileRecord | undefined;
  private failure: ParleyError | undefined;
  private hashes: Hashes | undefined;
  private hashed = 0;
  private stop = new AbortController();
  private readonly present = new Map<number, number>();
  private readonly moving = new Map<number, number>();
  private toldAt = 0;
  private settled: Promise<FileRecord>;
  private look: (() => void) | undefined;

  constructor(parts: UploadParts) {
    super();
    this.parts = parts;
    this.name = parts.name;
    this.size = parts.blob.size;
    this.type = parts.blob.type || "application/octet-stream";
    this.backoff = parts.backoff ?? new Backoff();
    this.settled = this.begin();
  }

  get state(): UploadState {
    return this.current;
  }

  /** What the server says of it, once it said anything. */
  get file(): FileRecord | undefined {
    return this.record;
  }

  /** Why it failed or was refused, `file.` and the reason for the latter. */
  get error(): ParleyError | undefined {
    return this.failure;
  }

  /** How far it is, 0 to 1: reading it counts for a tenth. */
  get progress(): number {
    if (this.current === "ready" || this.current === "checking") return 1;
    if (this.size === 0) return 0;
    return (0.1 * this.hashed + 0.9 * this.sentBytes) / this.size;
  }

  /** Bytes that are there or on their way. */
  get sentBytes(): number {
    let sum = 0;
    for (const bytes of [...this.present.values(), ...this.moving.values()]) sum += bytes;
    return Math.min(sum, this.size);
  }

  /** Resolves with the file when it is ready; rejects when it fails, is refused or cancelled. After {@link retry} there is a new one. */
  get done(): Promise<FileRecord> {
    return this.settled;
  }

  /** Tries again what failed; what is there already is not sent again. */
  retry(): void {
    if (this.current !== "failed" && this.current !== "refused") return;
    this.failure = undefined;
    this.stop = new AbortController();
    this.settled = this.begin();
  }

  /** Gives it up. What was sent is thrown away, here if that can be, else by the server after a while. */
  cancel(): void {
    if (this.current === "ready" || this.current === "cancelled") return;
    this.stop.abort();
    this.become("cancelled");
    const { record } = this;
    if (record && record.state !== "ready") this.parts.api.remove(record.file_id).catch(() => undefined);
  }

  /** Goes no further; what was sent stays there for a while, and is not sent again. */
  close(): void {
    this.stop.abort();
    if (this.current !== "ready") this.become("cancelled");
  }

  /** Takes what the server says of the file between two questions. */
  hear(fileId: string): void {
    if (this.record?.file_id === fileId) this.look?.();
  }

  private begin(): Promise<FileRecord> {
    const { signal } = this.stop;
    this.become(this.hashes ? "sending" : "hashing");
    const running = this.run(signal)
      .then((record) => this.share(record, signal))
      .then(
        (record) => {
          this.record = record;
          this.become("ready");
          return record;
        },
        (thrown: unknown) => {
          const error = signal.aborted
            ? new ParleyError("client.aborted", "cancelled")
            : asParleyError(thrown);
          this.failure = error;
          if (this.current !== "cancelled") {
            this.become(this.record?.state === "refused" ? "refused" : "failed");
            this.stop.abort();
          }
          throw error;
        },
      );
    // Who asks for it hears of it; nobody has to.
    running.catch(() => undefined);
    return running;
  }

  private async run(signal: AbortSignal): Promise<FileRecord> {
    if (this.size === 0) throw new ParleyError("file.empty", "a file has at least one byte");
    const hashes = (this.hashes ??= await this.read(signal));
    const { blob, name, conversationId, api } = this.parts;
    for (let round = 1; ; round++) {
      const { file, upload } = await this.persist(
        () =>
          api.intend(
            {
              name,
              size: blob.size,
              sha256: hashes.sha256,
              type: this.type,
              chunks: hashes.chunks,
              ...(conversationId ? { conversation_id: conversationId } : {}),
            },
            signal,
          ),
        signal,
      );
      this.record = file;
      if (file.state === "ready" || !upload) return file;
      this.become("sending");
      try {
        await this.send(file, upload, signal);
        return await this.check(file, signal);
      } catch (thrown) {
        // It was thrown away meanwhile, as what takes a week is, or a part was: what is missing is sent.
        const { code } = asParleyError(thrown);
        const lacking = code === "file.not_found" || code === "file.incomplete";
        if (!lacking || signal.aborted || round >= ROUNDS) throw thrown;
      }
    }
  }

  /** Asked for again: who is told that it is ready may be told before it is shared. */
  private async share(record: FileRecord, signal: AbortSignal): Promise<FileRecord> {
    const { api, conversationId } = this.parts;
    if (!conversationId) return record;
    this.record = record;
    return this.persist(() => api.share(record.file_id, conversationId), signal);
  }

  private read(signal: AbortSignal): Promise<Hashes> {
    const told = (bytes: number) => {
      this.hashed = bytes;
      this.tell();
    };
    return this.parts.reading
      .run(() => hashBlob(this.parts.blob, CHUNK_BYTES, told, signal), signal)
      .catch((cause: unknown) => {
        if (signal.aborted) throw cause;
        throw new ParleyError("client.file_unreadable", "the file cannot be read", { cause });
      });
  }

  /** Sends every part that is missing. */
  private async send(file: FileRecord, upload: UploadRecord, signal: AbortSignal): Promise<void> {
    const addresses = new Addresses(this.parts.api, file.file_id, upload);
    this.present.clear();
    for (const part of upload.present) this.present.set(part, this.sizeOf(part, upload));
    const missing: number[] = [];
    for (let part = 1; part <= upload.parts; part++) if (!this.present.has(part)) missing.push(part);
    const stop = new AbortController();
    const either = AbortSignal.any([signal, stop.signal]);
    const one = async (part: number) => {
      try {
        await this.parts.sending.run(() => this.sendPart(part, upload, addresses, missing, either), either);
      } catch (thrown) {
        stop.abort();
        throw thrown;
      }
    };
    const results = await Promise.allSettled(missing.map(one));
    signal.throwIfAborted();
    const failed = results
      .filter((result) => result.status === "rejected")
      .map((result) => asParleyError(result.reason));
    const first = failed.find((error) => error.code !== "client.aborted") ?? failed[0];
    if (first) throw first;
  }

  private async sendPart(
    part: number,
    upload: UploadRecord,
    addresses: Addresses,
    missing: readonly number[],
    signal: AbortSignal,
  ): Promise<void> {
    const from = (part - 1) * upload.chunk_size;
    const bytes = this.parts.blob.slice(from, from + this.sizeOf(part, upload));
    for (let refusals = 0; ;) {
      const wanted = missing.filter((one) => !this.present.has(one));
      const address = await this.persist(() => addresses.of(part, wanted, signal), signal);
      if (!address) return this.arrived(part, bytes.size);
      try {
        await putPart(
          address,
          bytes,
          (sent) => {
            this.moving.set(part, sent);
            this.tell();
          },
          signal,
        );
        return this.arrived(part, bytes.size);
      } catch (thrown) {
        this.moving.delete(part);
        const error = asParleyError(thrown);
        if (signal.aborted) throw error;
        if (error.status === 403) addresses.forget(part);
        if (error.status >= 400 && error.status < 500 && error.status !== 429) {
          // Its bytes are not those that were hashed, unless the address was merely old.
          if (error.status !== 403 || ++refusals >= REFUSALS) {
            this.hashes = undefined;
            throw new ParleyError("client.file_changed", "the file is not what it was when it was read", {
              cause: error,
            });
          }
          continue;
        }
        await this.wait(error, signal);
      }
    }
  }

  private arrived(part: number, bytes: number): void {
    this.present.set(part, bytes);
    this.moving.delete(part);
    this.backoff.reset();
    this.become("sending");
    this.tell();
  }

  private async check(file: FileRecord, signal: AbortSignal): Promise<FileRecord> {
    const { api } = this.parts;
    let record = await this.persist(() => api.complete(file.file_id, signal), signal);
    const pause = new Backoff(CHECK_FIRST_MILLIS, CHECK_CAP_MILLIS, () => 0);
    while (record.state === "checking" || record.state === "uploading") {
      this.record = record;
      this.become("checking");
      await this.lookAfter(pause.nextMillis(), signal);
      record = await this.persist(() => api.get(file.file_id, signal), signal);
    }
    this.record = record;
    if (record.state === "ready") return record;
    throw new ParleyError(
      `file.refused_${record.reason ?? record.state}`,
      "the server does not take the file",
    );
  }

  /** Waits so long, or until the server said that there is something to look at. */
  private async lookAfter(millis: number, signal: AbortSignal): Promise<void> {
    const heard = new Promise<void>((resolve) => (this.look = resolve));
    await Promise.race([delay(millis, signal), heard]);
    this.look = undefined;
  }

  /** Does it until it works or is refused: a lost connection comes back. */
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
    if (this.current === "sending") this.become("waiting");
    await delay(Math.max(this.backoff.nextMillis(), (error.retryAfterSeconds ?? 0) * 1_000), signal);
  }

  private sizeOf(part: number, upload: UploadRecord): number {
    return Math.min(upload.chunk_size, this.size - (part - 1) * upload.chunk_size);
  }

  private become(state: UploadState): void {
    if (state === this.current) return;
    if (this.current === "cancelled") return;
    this.current = state;
    this.emit("change", state);
  }

  private tell(): void {
    const now = Date.now();
    if (now - this.toldAt < TOLD_MILLIS) return;
    this.toldAt = now;
    this.emit("change", this.current);
  }
}

/** Where parts go: what was given and is still good, and fresh ones for the next missing parts at once. */
class Addresses {
  private readonly known = new Map<number, { address: PartAddress; since: number }>();
  private readonly stored = new Set<number>();
  private asking: Promise<readonly number[]> | undefined;

  constructor(
    private readonly api: FileRoutes,
    private readonly fileId: string,
    upload: UploadRecord,
  ) {
    this.take(upload);
  }

  /** Of this part; undefined where it is stored already. */
  async of(part: number, missing: readonly number[], signal: AbortSignal): Promise<PartAddress | undefined> {
    for (;;) {
      const known = this.known.get(part);
      if (known && Date.now() - known.since < ADDRESS_MILLIS) return known.address;
      this.known.delete(part);
      if (this.stored.has(part)) return undefined;
      const next = [part, ...missing.filter((one) => one > part)].slice(0, ASKED_AT_ONCE);
      this.asking ??= this.ask(next, signal).finally(() => (this.asking = undefined));
      const asked = await this.asking;
      if (asked.includes(part) && !this.known.has(part) && !this.stored.has(part)) {
        throw new ParleyError("file.incomplete", `no address for part ${part}`);
      }
    }
  }

  forget(part: number): void {
    this.known.delete(part);
    this.stored.delete(part);
  }

  private async ask(parts: readonly number[], signal: AbortSignal): Promise<readonly number[]> {
    this.take(await this.api.addresses(this.fileId, parts, signal));
    return parts;
  }

  private take(upload: UploadRecord): void {
    const since = Date.now();
    for (const address of upload.addresses) this.known.set(address.part, { address, since });
    for (const part of upload.present) this.stored.add(part);
  }
}
