import { Emitter } from "../emitter";
import type {
  DeliveryRecord,
  DeviceDraft,
  DeviceRecord,
  DeviceReply,
  FileRecord,
  FileState,
  PushRecord,
  PushTargets,
} from "../rest/file-records";
import type { FileRoutes } from "../rest/files";
import type { Page } from "../rest/records";
import type { PushStateFrame } from "../signaling/frames";
import type { SignalingSocket } from "../signaling/socket";
import { Download } from "./download";
import { Inbox, type DeviceMemory } from "./inbox";
import { Lanes } from "./lanes";
import { MemorySink, type Sink } from "./sinks";
import { Upload } from "./upload";

export interface FilesEvents {
  /** A file of this person came further: `ready` or `refused`, on whichever device it was uploaded. */
  file: { readonly fileId: string; readonly state: FileState };
  /** A push of this person came further on some device. */
  push: PushStateFrame;
}

export interface FilesParts {
  api: FileRoutes;
  /** Where the server speaks to this person; guests have none. */
  socket?: SignalingSocket;
  memory?: DeviceMemory;
}

/** Parts that are sent at once, of all uploads. */
const SENT_AT_ONCE = 4;
const READ_AT_ONCE = 1;

/**
 * Files of the person who is signed in, and pushes to devices. A guest reads what is shared in their meeting's chat, and no more. Made by
 * {@link Parley.files}.
 *
 * ```ts
 * const files = await parley.files();
 * const upload = files.upload(file);
 * upload.on("change", () => show(upload.progress));
 * const { file_id } = await upload.done;
 * await files.push(file_id, { conversation_id: "c_1" });
 * ```
 */
export class Files extends Emitter<FilesEvents> {
  /** What is pushed to this person. */
  readonly inbox: Inbox;
  private readonly api: FileRoutes;
  private readonly uploads = new Set<Upload>();
  private readonly sending = new Lanes(SENT_AT_ONCE);
  private readonly reading = new Lanes(READ_AT_ONCE);
  private readonly stops: (() => void)[];

  constructor({ api, socket, memory }: FilesParts) {
    super();
    this.api = api;
    this.inbox = new Inbox({ api, memory: memory ?? forgetful() });
    this.stops = socket
      ? [
          socket.on("frame", (frame) => {
            this.inbox.hear(frame);
            if (frame.type === "push-state") this.emit("push", frame);
            if (frame.type !== "file-state") return;
            for (const upload of this.uploads) upload.hear(frame.file_id);
            this.emit("file", { fileId: frame.file_id, state: frame.state });
          }),
          socket.on("state", (state) => {
            if (state === "open") void this.inbox.refresh();
          }),
          socket.on("moved", () => void this.inbox.refresh()),
        ]
      : [];
    if (socket) void this.inbox.refresh();
  }

  /** Begins, or goes on with, an upload. @param conversationId where it is shared as soon as it is ready */
  upload(blob: Blob, options: { name?: string; conversationId?: string } = {}): Upload {
    const upload = new Upload({
      api: this.api,
      blob,
      name: options.name ?? ("name" in blob ? String(blob.name) : "file"),
      conversationId: options.conversationId,
      sending: this.sending,
      reading: this.reading,
    });
    this.uploads.add(upload);
    const stop = upload.on("change", (state) => {
      if (state !== "ready" && state !== "cancelled") return;
      this.uploads.delete(upload);
      stop();
    });
    return upload;
  }

  /** Begins a download to where `sink` leads. */
  download(fileId: string, sink: Sink): Download {
    return new Download({ api: this.api, fileId, sink });
  }

  /** The content in memory, verified. @param type what it is taken for */
  async read(fileId: string, type: string, signal?: AbortSignal): Promise<Blob> {
    const sink = new MemorySink();
    const download = this.download(fileId, sink);
    const cancel = () => download.cancel();
    signal?.addEventListener("abort", cancel, { once: true });
    try {
      await download.done;
    } finally {
      signal?.removeEventListener("abort", cancel);
    }
    return sink.blob(type);
  }

  /** Where the browser may load the content from by its own means; good for a few minutes. */
  async address(fileId: string): Promise<string> {
    return (await this.api.address(fileId)).url;
  }

  /** Those of this person, the newest first. */
  list(filter: { page?: number; pageSize?: number; state?: FileState } = {}): Promise<Page<FileRecord>> {
    return this.api.list(filter);
  }

  get(id: string): Promise<FileRecord> {
    return this.api.get(id);
  }

  /** Nobody can read it any more; its pushes end. */
  remove(id: string): Promise<void> {
    return this.api.remove(id);
  }

  /** From now on everybody in the conversation may read it. */
  share(id: string, conversationId: string): Promise<FileRecord> {
    return this.api.share(id, conversationId);
  }

  unshare(id: string, conversationId: string): Promise<void> {
    return this.api.unshare(id, conversationId);
  }

  devices(filter: { page?: number; pageSize?: number; shared?: boolean } = {}): Promise<Page<DeviceRecord>> {
    return this.api.devices(filter);
  }

  /** Registers a device. Its credential, where it has one, is in this answer alone. */
  registerDevice(draft: DeviceDraft): Promise<DeviceReply> {
    return this.api.register(draft);
  }

  /** Signs the device out at once. */
  async removeDevice(id: string): Promise<void> {
    await this.api.removeDevice(id);
    this.inbox.forget(id);
  }

  /** Sends a file to people and devices: a notice first, then each device loads it. */
  push(id: string, targets: PushTargets, note?: string): Promise<PushRecord> {
    const client_push_id = crypto.randomUUID();
    const push = () => this.api.push(id, { targets, client_push_id, ...(note ? { note } : {}) });
    return push().catch((thrown: unknown) => {
      // Whether it was lost on the way there or back: the same again is the same push.
      if ((thrown as { code?: string }).code === "network.unreachable") return push();
      throw thrown;
    });
  }

  /** Those of this person, the newest first. */
  pushes(filter: { page?: number; pageSize?: number } = {}): Promise<Page<PushRecord>> {
    return this.api.pushes(filter);
  }

  /** One, with how far each device is. */
  getPush(
    id: string,
    filter: { page?: number; pageSize?: number } = {},
  ): Promise<PushRecord & { deliveries: Page<DeliveryRecord> }> {
    return this.api.getPush(id, filter);
  }

  /** Ends a push where it is not done yet. */
  callBack(pushId: string): Promise<void> {
    return this.api.callBack(pushId);
  }

  close(): void {
    for (const stop of this.stops) stop();
    for (const upload of this.uploads) upload.close();
    this.inbox.close();
    this.removeAllListeners();
  }
}

function forgetful(): DeviceMemory {
  let id: string | undefined;
  return { read: () => id, write: (next) => void (id = next) };
}
