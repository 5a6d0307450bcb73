import { createHash, randomUUID } from "node:crypto";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type {
  DeliveryRecord,
  FileIntent,
  FileRecord,
  PartAddress,
  PendingRecord,
  UploadRecord,
} from "../src/rest/file-records";

export const CHUNK = 8 << 20;
export const sha256 = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");

interface Stored {
  file: FileRecord;
  chunks: readonly string[];
  parts: Map<number, Buffer>;
}

/** What goes wrong, and how often: each use is one less. */
export interface Faults {
  /** Parts whose connection is cut after some bytes. */
  cutPuts: number;
  /** Addresses that are refused as too old. */
  expired: number;
  /** Calls of the API that are answered 503. */
  busy: number;
  /** Chunks that are read with a wrong byte. */
  wrong: number;
  /** Chunks whose reply is cut. */
  cutGets: number;
  /** What the check finds. */
  refuse: string | undefined;
}

/** The files part of the API and the store behind its addresses, over real HTTP, with faults. */
export class FilesServer {
  readonly faults: Faults = { cutPuts: 0, expired: 0, busy: 0, wrong: 0, cutGets: 0, refuse: undefined };
  readonly calls: string[] = [];
  /** Bytes that came in parts, twice those that came twice. */
  received = 0;
  /** Most parts that were on their way at once. */
  mostAtOnce = 0;
  /** Parts wait for this before they are answered. */
  gate: Promise<void> = Promise.resolve();
  readonly reports: Record<string, unknown>[] = [];
  pending: PendingRecord[] = [];
  calledBack = false;
  private atOnce = 0;
  private readonly stored = new Map<string, Stored>();
  private checksLeft = 1;
  private readonly server: Server;

  private constructor() {
    this.server = createServer((request, response) => {
      this.answer(request, response).catch(() => response.destroy());
    });
  }

  static async start(): Promise<FilesServer> {
    const one = new FilesServer();
    await new Promise<void>((resolve) => one.server.listen(0, "127.0.0.1", resolve));
    return one;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** Everything of a file that came. */
  content(id: string): Buffer {
    return Buffer.concat([...this.stored.get(id)!.parts].sort(([a], [b]) => a - b).map(([, part]) => part));
  }

  /** A file that is there. */
  put(name: string, bytes: Buffer): FileRecord {
    const chunks: string[] = [];
    const parts = new Map<number, Buffer>();
    for (let at = 0; at < bytes.length; at += CHUNK) {
      parts.set(parts.size + 1, bytes.subarray(at, at + CHUNK));
      chunks.push(sha256(bytes.subarray(at, at + CHUNK)));
    }
    const intent = { name, size: bytes.length, sha256: sha256(bytes), chunks };
    const stored = this.keep(intent, parts);
    stored.file = { ...stored.file, state: "ready", type: "application/octet-stream" };
    return stored.file;
  }

  /** Loses a part that had been stored. */
  lose(id: string, part: number): void {
    this.stored.get(id)!.parts.delete(part);
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url!, this.url);
    if (url.pathname.startsWith("/store/")) return this.store(request, response, url);
    const body = await read(request);
    const path = url.pathname.replace("/api/v1", "");
    this.calls.push(`${request.method} ${path}`);
    const say = (status: number, data: unknown, error?: string) => {
      response.writeHead(status, { "Content-Type": "application/json" });
      response.end(JSON.stringify(error ? { code: status, error, message: error } : { code: status, data }));
    };
    if (this.faults.busy > 0) {
      this.faults.busy -= 1;
      return say(503, undefined, "store.unavailable");
    }
    this.route(request.method!, path, body.length ? JSON.parse(body.toString()) : {}, say);
  }

  private route(
    method: string,
    path: string,
    body: Record<string, unknown>,
    say: (status: number, data: unknown, error?: string) => void,
  ): void {
    const [, root, id = "", area, , act] = path.split("/");
    if (root === "pushes" && act === "state") {
      if (this.calledBack) return say(410, undefined, "push.called_back");
      this.reports.push(body);
      return say(200, { state: body["state"] } as DeliveryRecord);
    }
    if (root === "devices" && method === "POST") {
      const device = { device_id: "dv_1", name: body["name"], kind: body["kind"], credential: false };
      return say(201, { device });
    }
    if (root === "devices") return say(200, { list: this.pending });
    if (!id) return this.intend(body as unknown as FileIntent, say);
    const stored = this.stored.get(id);
    if (!stored) return say(404, undefined, "file.not_found");
    if (area === "parts") return say(200, this.upload(stored, body["parts"] as number[] | undefined));
    if (area === "complete") return this.complete(stored, say);
    if (area === "manifest") {
      const { file_id, name, size, sha256: hash } = stored.file;
      return say(200, { file_id, name, size, sha256: hash, chunk_size: CHUNK, chunks: stored.chunks });
    }
    if (area === "url") {
      const address = { url: `${this.url}/store/${id}?t=${randomUUID()}`, method: "GET", headers: {} };
      return say(200, { ...address, expires_at: later(), type: stored.file.type });
    }
    if (area === "shares") {
      stored.file = { ...stored.file, conversations: [String(body["conversation_id"])] };
      return say(200, stored.file);
    }
    if (method === "DELETE") {
      this.stored.delete(id);
      return say(200, null);
    }
    if (stored.file.state === "checking" && --this.checksLeft <= 0) this.check(stored);
    return say(200, stored.file);
  }

  private intend(intent: FileIntent, say: (status: number, data: unknown, error?: string) => void): void {
    const same = [...this.stored.values()].find(({ file }) => file.sha256 === intent.sha256);
    if (same?.file.state === "ready") return say(200, { file: { ...same.file, name: intent.name } });
    const stored = same ?? this.keep(intent, new Map());
    say(same ? 200 : 201, { file: stored.file, upload: this.upload(stored) });
  }

  private keep(intent: FileIntent, parts: Map<number, Buffer>): Stored {
    const file: FileRecord = {
      file_id: `f_${this.stored.size + 1}`,
      name: intent.name,
      size: intent.size,
      sha256: intent.sha256,
      state: "uploading",
      mine: true,
      created_at: new Date().toISOString(),
    };
    const stored = { file, chunks: intent.chunks, parts };
    this.stored.set(file.file_id, stored);
    return stored;
  }

  private upload({ file, chunks, parts }: Stored, asked?: readonly number[]): UploadRecord {
    const missing = chunks.map((_, index) => index + 1).filter((part) => !parts.has(part));
    const wanted = (asked ?? missing).filter((part) => missing.includes(part)).slice(0, 32);
    const addresses = wanted.map((part): PartAddress => ({
      part,
      size: Math.min(CHUNK, file.size - (part - 1) * CHUNK),
      method: "PUT",
      url: `${this.url}/store/${file.file_id}/${part}?t=${randomUUID()}`,
      headers: { "x-amz-checksum-sha256": chunks[part - 1]! },
      expires_at: later(),
    }));
    const present = [...parts.keys()];
    return {
      chunk_size: CHUNK,
      parts: chunks.length,
      present,
      addresses,
      more: wanted.length < missing.length,
    };
  }

  private complete(stored: Stored, say: (status: number, data: unknown, error?: string) => void): void {
    if (stored.parts.size < stored.chunks.length) return say(409, undefined, "file.incomplete");
    if (stored.file.state === "uploading") stored.file = { ...stored.file, state: "checking" };
    this.checksLeft = 2;
    say(202, stored.file);
  }

  private check(stored: Stored): void {
    const { refuse } = this.faults;
    stored.file = refuse
      ? { ...stored.file, state: "refused", reason: refuse }
      : { ...stored.file, state: "ready", type: "application/octet-stream" };
  }

  private async store(request: IncomingMessage, response: ServerResponse, url: URL): Promise<void> {
    const [, , id = "", part] = url.pathname.split("/");
    const stored = this.stored.get(id);
    if (!stored || this.faults.expired > 0) {
      if (stored) this.faults.expired -= 1;
      request.resume();
      response.writeHead(403).end();
      return;
    }
    if (request.method === "PUT") return this.take(request, response, stored, Number(part));
    return this.give(request, response, stored);
  }

  private async take(
    request: IncomingMessage,
    response: ServerResponse,
    stored: Stored,
    part: number,
  ): Promise<void> {
    this.atOnce += 1;
    this.mostAtOnce = Math.max(this.mostAtOnce, this.atOnce);
    try {
      if (this.faults.cutPuts > 0) {
        this.faults.cutPuts -= 1;
        request.once("data", () => request.socket.destroy());
        return;
      }
      const bytes = await read(request);
      this.received += bytes.length;
      await this.gate;
      if (sha256(bytes) !== request.headers["x-amz-checksum-sha256"]) {
        response.writeHead(400).end();
        return;
      }
      stored.parts.set(part, bytes);
      response.writeHead(200).end();
    } finally {
      this.atOnce -= 1;
    }
  }

  private give(request: IncomingMessage, response: ServerResponse, stored: Stored): void {
    const [, first, last] = /bytes=(\d+)-(\d+)/.exec(request.headers.range ?? "")!;
    const all = this.content(stored.file.file_id);
    const bytes = Buffer.from(all.subarray(Number(first), Number(last) + 1));
    if (this.faults.wrong > 0) {
      this.faults.wrong -= 1;
      bytes[0]! ^= 1;
    }
    response.writeHead(206, { "Content-Length": bytes.length });
    if (this.faults.cutGets > 0) {
      this.faults.cutGets -= 1;
      response.write(bytes.subarray(0, 1_000), () => response.destroy());
    } else response.end(bytes);
  }
}

async function read(request: IncomingMessage): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for await (const piece of request) pieces.push(piece as Buffer);
  return Buffer.concat(pieces);
}

const later = (): string => new Date(Date.now() + 300_000).toISOString();
