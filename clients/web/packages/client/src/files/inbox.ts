import { Backoff, delay } from "../backoff";
import { Emitter } from "../emitter";
import { asParleyError, ParleyError } from "../errors";
import type { DeliveryReport, DeviceRecord, PendingRecord } from "../rest/file-records";
import type { FileRoutes } from "../rest/files";
import type { FileNoticeFrame, ServerFrame } from "../signaling/frames";
import { Download } from "./download";
import type { Sink } from "./sinks";

/** A file that was pushed to this person, as this browser shows it. Immutable: a change makes a new object. */
export interface Arrival {
  readonly pushId: string;
  readonly fileId: string;
  readonly name: string;
  readonly size: number;
  readonly type: string;
  readonly from: { readonly id: string; readonly name: string };
  readonly note: string | undefined;
  readonly at: Date;
  /** This browser is one of the devices it was pushed to: what becomes of it here is told to the sender. */
  readonly here: boolean;
  /** `offered` = nothing was done with it; `waiting` = the connection is away. */
  readonly state: "offered" | "loading" | "waiting" | "done" | "failed";
  readonly bytes: number;
  readonly error: ParleyError | undefined;
}

export interface InboxEvents {
  /** {@link Inbox.arrivals} or {@link Inbox.device} is different. */
  change: readonly Arrival[];
  /** Something was pushed, just now. */
  arrival: Arrival;
}

/** Where is kept which device this browser is. No secret: its person's session is what opens anything. */
export interface DeviceMemory {
  read(): string | undefined;
  write(deviceId: string | undefined): void;
}

export interface InboxParts {
  api: FileRoutes;
  memory: DeviceMemory;
  backoff?: Backoff;
  reportMillis?: number;
}

/** The sender sees how far it is, not more often. */
const REPORT_MILLIS = 1_500;
const LONGEST_REASON = 200;

interface Entry {
  arrival: Arrival;
  attempt: number;
  /** Nobody of the person's devices is a target of it yet: it waits for the first. */
  unclaimed: boolean;
  download: Download | undefined;
}

/** What is pushed to this person, and this browser as one of the devices to which it goes. */
export class Inbox extends Emitter<InboxEvents> {
  private readonly entries = new Map<string, Entry>();
  private id: string | undefined;
  private closed = new AbortController();
  private refreshing: Promise<void> | undefined;

  constructor(private readonly parts: InboxParts) {
    super();
    this.id = parts.memory.read();
  }

  /** The device that this browser is; undefined until it was registered. */
  get device(): string | undefined {
    return this.id;
  }

  /** What was pushed here and not put away, the latest first. */
  get arrivals(): readonly Arrival[] {
    return [...this.entries.values()]
      .map(({ arrival }) => arrival)
      .sort((a, b) => b.at.getTime() - a.at.getTime());
  }

  /** Makes this browser one of the person's devices: from now on what is pushed to them comes here too, and what has waited for a device. */
  async register(name: string): Promise<DeviceRecord> {
    const { device } = await this.parts.api.register({ name, kind: "browser" });
    this.become(device.device_id);
    await this.refresh();
    return device;
  }

  /** This browser is no device any more. */
  async unregister(): Promise<void> {
    const { id } = this;
    if (!id) return;
    await this.parts.api.removeDevice(id).catch((thrown: unknown) => {
      if (asParleyError(thrown).code !== "device.not_found") throw thrown;
    });
    this.become(undefined);
    for (const [pushId, entry] of this.entries) if (entry.arrival.here) this.drop(pushId);
  }

  /** A device was taken away, perhaps this one. */
  forget(deviceId: string): void {
    if (deviceId === this.id) this.become(undefined);
  }

  /** Asks for what was pushed while nobody listened. */
  refresh(): Promise<void> {
    return (this.refreshing ??= this.look().finally(() => (this.refreshing = undefined)));
  }

  /**
   * Loads it to where `sink` leads, each chunk verified, and tells the sender how far it is. Resolves when it is there; rejects when it fails,
   * is cancelled or called back. What failed may be saved again.
   *
   * @param deviceName what this browser is called as a device, should it have to become one for it
   */
  async save(pushId: string, sink: Sink, deviceName: string): Promise<void> {
    let entry = this.entries.get(pushId);
    if (!entry || entry.download) return;
    if (entry.unclaimed && !this.id) {
      await this.register(deviceName);
      entry = this.entries.get(pushId) ?? entry;
    }
    if (entry.arrival.state === "failed") entry.attempt += 1;
    const download = new Download({
      api: this.parts.api,
      fileId: entry.arrival.fileId,
      sink,
      ...(this.parts.backoff ? { backoff: this.parts.backoff } : {}),
    });
    entry.download = download;
    let toldAt = 0;
    const stop = download.on("change", (state) => {
      this.show(pushId, { state: state === "waiting" ? "waiting" : "loading", bytes: download.bytes });
      const now = Date.now();
      if (state !== "loading" || now - toldAt < (this.parts.reportMillis ?? REPORT_MILLIS)) return;
      toldAt = now;
      void this.report(pushId, { state: "downloading", bytes: download.bytes });
    });
    this.show(pushId, { state: "loading", bytes: 0, error: undefined });
    try {
      const manifest = await download.done;
      stop();
      this.show(pushId, { state: "done", bytes: manifest.size });
      void this.report(pushId, { state: "done", bytes: manifest.size, sha256: manifest.sha256 }, true);
    } catch (thrown) {
      stop();
      const error = asParleyError(thrown);
      this.show(
        pushId,
        error.code === "client.aborted" ? { state: "offered", bytes: 0 } : { state: "failed", error },
      );
      const reason = error.code === "client.aborted" ? "cancelled" : error.code;
      void this.report(pushId, { state: "failed", reason: reason.slice(0, LONGEST_REASON) }, true);
      if (error.code === "client.aborted") entry.attempt += 1;
      throw error;
    } finally {
      const now = this.entries.get(pushId);
      if (now) now.download = undefined;
    }
  }

  /** The browser loads it by its own means: from where. Whether it came, nobody is told. */
  async address(pushId: string): Promise<string> {
    const entry = this.entries.get(pushId);
    if (!entry) throw new ParleyError("push.called_back", "it was called back");
    const { url } = await this.parts.api.address(entry.arrival.fileId);
    void this.report(pushId, { state: "downloading", bytes: 0 });
    return url;
  }

  cancel(pushId: string): void {
    this.entries.get(pushId)?.download?.cancel();
  }

  /** Shows it no more. */
  putAway(pushId: string): void {
    if (!this.entries.get(pushId)?.download) this.drop(pushId);
  }

  /** Takes a frame of the socket. */
  hear(frame: ServerFrame): void {
    if (frame.type === "file-recalled") return this.recall(frame.push_id);
    if (frame.type !== "file-notice" || this.entries.has(frame.push_id)) return;
    const here = this.id !== undefined && frame.devices.includes(this.id);
    this.add(arrivalOf(frame, here), { unclaimed: frame.devices.length === 0, attempt: 1 });
    if (here) void this.report(frame.push_id, { state: "notified" });
    this.emit("arrival", this.entries.get(frame.push_id)!.arrival);
  }

  close(): void {
    this.closed.abort();
    for (const { download } of this.entries.values()) download?.cancel();
    this.removeAllListeners();
  }

  private async look(): Promise<void> {
    const { id } = this;
    if (!id) return;
    let pending: PendingRecord[];
    try {
      pending = await this.parts.api.pending(id);
    } catch (thrown) {
      if (asParleyError(thrown).code === "device.not_found") this.become(undefined);
      return;
    }
    for (const record of pending) {
      const had = this.entries.get(record.push_id);
      if (had?.arrival.here) continue;
      this.add(pendingArrival(record), { unclaimed: false, attempt: Math.max(1, record.attempt) });
      if (record.state === "waiting") void this.report(record.push_id, { state: "notified" });
    }
    const listed = new Set(pending.map(({ push_id }) => push_id));
    for (const [pushId, { arrival, download }] of this.entries) {
      if (arrival.here && !download && arrival.state === "offered" && !listed.has(pushId)) this.drop(pushId);
    }
  }

  private add(arrival: Arrival, how: { unclaimed: boolean; attempt: number }): void {
    this.entries.set(arrival.pushId, { arrival, download: undefined, ...how });
    this.changed();
  }

  private recall(pushId: string): void {
    this.entries.get(pushId)?.download?.cancel();
    this.drop(pushId);
  }

  private drop(pushId: string): void {
    if (this.entries.delete(pushId)) this.changed();
  }

  private show(pushId: string, change: Partial<Arrival>): void {
    const entry = this.entries.get(pushId);
    if (!entry) return;
    entry.arrival = { ...entry.arrival, ...change };
    this.changed();
  }

  /** Tells the sender. @param surely tried until it is told or refused */
  private async report(pushId: string, report: DeliveryReport, surely = false): Promise<void> {
    const entry = this.entries.get(pushId);
    const { id } = this;
    if (!entry?.arrival.here || !id) return;
    const backoff = new Backoff();
    const { signal } = this.closed;
    const { attempt } = entry;
    for (;;) {
      try {
        await this.parts.api.report(pushId, id, { attempt, ...report }, signal);
        return;
      } catch (thrown) {
        const error = asParleyError(thrown);
        if (error.code === "push.called_back" || error.code === "push.not_found") return this.recall(pushId);
        if (!surely || !error.transient || signal.aborted) return;
        const pause = Math.max(backoff.nextMillis(), (error.retryAfterSeconds ?? 0) * 1_000);
        if (
          await delay(pause, signal).then(
            () => false,
            () => true,
          )
        )
          return;
      }
    }
  }

  private become(deviceId: string | undefined): void {
    this.id = deviceId;
    this.parts.memory.write(deviceId);
    this.changed();
  }

  private changed(): void {
    this.emit("change", this.arrivals);
  }
}

function arrivalOf(frame: FileNoticeFrame, here: boolean): Arrival {
  return {
    pushId: frame.push_id,
    fileId: frame.file_id,
    name: frame.name,
    size: frame.size,
    type: frame.media_type ?? "",
    from: { id: frame.from.user_id, name: frame.from.name ?? "" },
    note: frame.note || undefined,
    at: new Date(frame.at ?? Date.now()),
    here,
    state: "offered",
    bytes: 0,
    error: undefined,
  };
}

function pendingArrival(record: PendingRecord): Arrival {
  const failed = record.state === "failed";
  return {
    ...arrivalOf({ ...record, type: "file-notice", devices: [] }, true),
    state: failed ? "failed" : "offered",
    error: failed ? new ParleyError("push.failed", "it failed before") : undefined,
  };
}
