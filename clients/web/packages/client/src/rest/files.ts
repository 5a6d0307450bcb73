import type {
  DeliveryRecord,
  DeliveryReport,
  DeviceDraft,
  DeviceRecord,
  DeviceReply,
  FileIntent,
  FileRecord,
  FileState,
  IntentReply,
  ManifestRecord,
  PendingRecord,
  PushRecord,
  PushTargets,
  ReadAddress,
  UploadRecord,
} from "./file-records";
import type { Http } from "./http";
import type { Page } from "./records";

/** The files part of the REST API, one method a route. */
export class FileRoutes {
  constructor(private readonly http: Http) {}

  /** Begins an upload, or goes on with an unfinished one of the same content, size and name. */
  intend(intent: FileIntent, signal?: AbortSignal): Promise<IntentReply> {
    return this.http.call("POST", "/files", { body: intent, ...(signal ? { signal } : {}) });
  }

  /** Fresh addresses of an upload. @param parts at most 32 of them; absent, the first that are missing */
  addresses(id: string, parts?: readonly number[], signal?: AbortSignal): Promise<UploadRecord> {
    const body = parts ? { parts } : {};
    return this.http
      .call<UploadRecord | { upload: UploadRecord }>("POST", `${file(id)}/parts`, {
        body,
        ...(signal ? { signal } : {}),
      })
      .then((reply) => ("upload" in reply ? reply.upload : reply));
  }

  complete(id: string, signal?: AbortSignal): Promise<FileRecord> {
    return this.http.call("POST", `${file(id)}/complete`, { body: {}, ...(signal ? { signal } : {}) });
  }

  list(filter: { page?: number; pageSize?: number; state?: FileState } = {}): Promise<Page<FileRecord>> {
    const query = pageOf(filter);
    if (filter.state) query.set("state", filter.state);
    return this.http.call("GET", `/files?${query}`);
  }

  get(id: string, signal?: AbortSignal): Promise<FileRecord> {
    return this.http.call("GET", file(id), signal ? { signal } : {});
  }

  manifest(id: string, signal?: AbortSignal): Promise<ManifestRecord> {
    return this.http.call("GET", `${file(id)}/manifest`, signal ? { signal } : {});
  }

  /** Where the content is read, whole or in ranges. */
  address(id: string, signal?: AbortSignal): Promise<ReadAddress> {
    return this.http.call("GET", `${file(id)}/url`, signal ? { signal } : {});
  }

  remove(id: string): Promise<void> {
    return this.http.call("DELETE", file(id));
  }

  share(id: string, conversationId: string): Promise<FileRecord> {
    return this.http.call("POST", `${file(id)}/shares`, { body: { conversation_id: conversationId } });
  }

  unshare(id: string, conversationId: string): Promise<void> {
    return this.http.call("DELETE", `${file(id)}/shares/${encodeURIComponent(conversationId)}`);
  }

  register(draft: DeviceDraft): Promise<DeviceReply> {
    return this.http.call("POST", "/devices", { body: draft });
  }

  devices(filter: { page?: number; pageSize?: number; shared?: boolean } = {}): Promise<Page<DeviceRecord>> {
    const query = pageOf(filter);
    if (filter.shared) query.set("shared", "true");
    return this.http.call("GET", `/devices?${query}`);
  }

  removeDevice(id: string): Promise<void> {
    return this.http.call("DELETE", device(id));
  }

  /** What a device has still to fetch, the oldest first. */
  async pending(deviceId: string): Promise<PendingRecord[]> {
    return (await this.http.call<{ list: PendingRecord[] }>("GET", `${device(deviceId)}/pushes`)).list;
  }

  /** @param pushId the same again is the same push */
  push(
    id: string,
    push: { targets: PushTargets; note?: string; client_push_id?: string },
  ): Promise<PushRecord> {
    return this.http.call("POST", `${file(id)}/push`, { body: push });
  }

  pushes(filter: { page?: number; pageSize?: number } = {}): Promise<Page<PushRecord>> {
    return this.http.call("GET", `/pushes?${pageOf(filter)}`);
  }

  getPush(
    id: string,
    filter: { page?: number; pageSize?: number } = {},
  ): Promise<PushRecord & { deliveries: Page<DeliveryRecord> }> {
    return this.http.call("GET", `${push(id)}?${pageOf(filter)}`);
  }

  report(
    pushId: string,
    deviceId: string,
    report: DeliveryReport,
    signal?: AbortSignal,
  ): Promise<DeliveryRecord> {
    return this.http.call("POST", `${push(pushId)}/devices/${encodeURIComponent(deviceId)}/state`, {
      body: report,
      ...(signal ? { signal } : {}),
    });
  }

  callBack(id: string): Promise<void> {
    return this.http.call("DELETE", push(id));
  }
}

const file = (id: string): string => `/files/${encodeURIComponent(id)}`;
const device = (id: string): string => `/devices/${encodeURIComponent(id)}`;
const push = (id: string): string => `/pushes/${encodeURIComponent(id)}`;

function pageOf(filter: { page?: number; pageSize?: number }): URLSearchParams {
  return new URLSearchParams({
    page: String(filter.page ?? 1),
    page_size: String(filter.pageSize ?? 20),
  });
}
