import type {
  DeliveryRecord,
  DeviceDraft,
  DeviceRecord,
  FileIntent,
  FileRecord,
  FoundFileRecord,
  PushRecord,
} from "../rest/file-records";
import { Refusal } from "./refusal";

interface Writer {
  user: string;
  name: string;
}

type Fields = Record<string, unknown>;

/** What a device of the mock loads in a second, bytes. */
const DEVICE_BYTES = 1_500_000;

/** Files, devices and pushes in memory. Content is not kept: every file is taken for one that was there already. */
export class MockFiles {
  private readonly files: (FileRecord & { chunks: readonly string[] })[] = [];
  private readonly devices: DeviceRecord[] = [];
  private readonly pushes: (PushRecord & { targets: readonly DeviceRecord[] })[] = [];
  /** What people are called. */
  nameOf: (id: string) => string = (id) => id;
  private counter = 0;

  /** Adds a file, for scripts and screens. */
  add(owner: string, name: string, size: number, type: string, more: Partial<FileRecord> = {}): FileRecord {
    const sha256 = String(++this.counter).padStart(64, "0");
    return this.keep({ name, size, sha256, type, chunks: [sha256] }, owner, more);
  }

  addDevice(owner: string, draft: DeviceDraft): DeviceRecord {
    const device = {
      device_id: `dv_${++this.counter}`,
      name: draft.name,
      kind: draft.kind,
      owner,
      credential: Boolean(draft.credential),
      created_at: new Date().toISOString(),
    };
    this.devices.push(device);
    return device;
  }

  /** Pushes a file to every device of its owner but the first. */
  push(file: FileRecord, from: Writer, note?: string): PushRecord {
    const push = {
      push_id: `ps_${++this.counter}`,
      file_id: file.file_id,
      name: file.name,
      size: file.size,
      sha256: file.sha256,
      from: { user_id: from.user, name: from.name },
      ...(note ? { note } : {}),
      created_at: new Date().toISOString(),
      counts: { waiting: 0, notified: 0, downloading: 0, done: 0, failed: 0 },
      people_without_device: 0,
      targets: [...this.devices],
    };
    this.pushes.unshift(push);
    return this.show(push);
  }

  /** Answers a call, or undefined for what is not about files. */
  answer(method: string, path: string, body: Fields, caller: Writer): unknown {
    const [, root, id, area] = path.split("/");
    if (root === "devices") return this.device(method, id, area, body, caller);
    if (root === "pushes") return this.pushed(method, id, area);
    if (root !== "files") return undefined;
    if (!id) {
      if (method === "POST") return { file: this.keep(body as unknown as FileIntent, caller.user) };
      return page(this.files.filter(({ owner }) => owner === caller.user));
    }
    const file = this.files.find((one) => one.file_id === id);
    if (!file) throw new Refusal(404, "file.not_found");
    if (area === "push") return this.push(file, caller, body["note"] as string | undefined);
    if (area === "url") {
      return {
        url: "data:text/plain,mock",
        method: "GET",
        type: file.type,

        expires_at: later(),
      };
    }
    if (method === "DELETE") this.files.splice(this.files.indexOf(file), 1);
    return file;
  }

  /** One's own by name, and those of others that are shared somewhere, by name and sender. */
  search(user: string, fits: (text: string) => boolean): FoundFileRecord[] {
    return this.files
      .filter(
        ({ state, owner, conversations = [] }) => state === "ready" && (owner === user || conversations[0]),
      )
      .map((file) => ({
        file,
        ...(file.owner === user
          ? {}
          : { from: { user_id: file.owner ?? "", name: this.nameOf(file.owner ?? "") } }),
        ...(file.conversations?.[0] ? { conversation_id: file.conversations[0] } : {}),
      }))
      .filter(({ file, from }) => fits(`${file.name} ${from?.name ?? ""}`));
  }

  private keep(intent: FileIntent, owner: string, more: Partial<FileRecord> = {}): FileRecord {
    const at = new Date().toISOString();
    const file = {
      file_id: `f_${++this.counter}`,
      name: intent.name,
      size: intent.size,
      sha256: intent.sha256,
      type: intent.type ?? "application/octet-stream",
      state: "ready" as const,
      owner,
      mine: true,
      conversations: intent.conversation_id ? [intent.conversation_id] : [],
      created_at: at,
      ready_at: at,
      chunks: intent.chunks,
      ...more,
    };
    this.files.unshift(file);
    return file;
  }

  private device(
    method: string,
    id: string | undefined,
    area: string | undefined,
    body: Fields,
    caller: Writer,
  ): unknown {
    if (!id && method === "POST") {
      const device = this.addDevice(caller.user, body as unknown as DeviceDraft);
      return { device, ...(device.credential ? { credential: `dk_${device.device_id}_mock` } : {}) };
    }
    if (!id) return page(this.devices.filter(({ owner }) => owner === caller.user));
    if (area === "pushes") return { list: [] };
    const place = this.devices.findIndex(({ device_id }) => device_id === id);
    if (place < 0) throw new Refusal(404, "device.not_found");
    if (method === "DELETE") return void this.devices.splice(place, 1);
    return this.devices[place];
  }

  private pushed(method: string, id: string | undefined, area: string | undefined): unknown {
    if (!id) return page(this.pushes.map((push) => this.show(push)));
    const push = this.pushes.find((one) => one.push_id === id);
    if (!push) throw new Refusal(404, "push.not_found");
    if (area) return {};
    if (method === "DELETE") return void (push.called_back_at = new Date().toISOString());
    return { ...this.show(push), deliveries: page(this.deliveries(push)) };
  }

  private show(push: PushRecord & { targets: readonly DeviceRecord[] }): PushRecord {
    const counts = { waiting: 0, notified: 0, downloading: 0, done: 0, failed: 0 };
    for (const { state } of this.deliveries(push)) counts[state] += 1;
    const { targets: _targets, ...shown } = push;
    return { ...shown, counts };
  }

  /** Each device loads more slowly than the one before it; the last is not there. */
  private deliveries(push: PushRecord & { targets: readonly DeviceRecord[] }): DeliveryRecord[] {
    const seconds = (Date.now() - Date.parse(push.created_at)) / 1_000;
    return push.targets.map((device, index) => {
      const bytes = Math.min(push.size, Math.round((seconds * DEVICE_BYTES) / (index + 1)));
      const away = index > 0 && index === push.targets.length - 1;
      return {
        device_id: device.device_id,
        device_name: device.name,
        state: away ? "waiting" : bytes >= push.size ? "done" : "downloading",
        bytes: away ? 0 : bytes,
        attempt: 1,
        updated_at: new Date().toISOString(),
      };
    });
  }
}

const page = <T>(list: T[]) => ({ list, total: list.length, page: 1, page_size: 20, total_pages: 1 });
const later = (): string => new Date(Date.now() + 300_000).toISOString();
