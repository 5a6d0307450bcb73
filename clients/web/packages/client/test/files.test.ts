import { randomBytes } from "node:crypto";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { Backoff } from "../src/backoff";
import { Download } from "../src/files/download";
import { hashHere } from "../src/files/hashing";
import { Inbox } from "../src/files/inbox";
import { Lanes } from "../src/files/lanes";
import { Sha256 } from "../src/files/sha256";
import { MemorySink } from "../src/files/sinks";
import { Upload } from "../src/files/upload";
import { FileRoutes } from "../src/rest/files";
import { Http } from "../src/rest/http";
import { CHUNK, FilesServer, sha256 } from "./files-server";

const quick = () => new Backoff(1, 5, () => 0);
const utf8 = (text: string) => new TextEncoder().encode(text);

let server: FilesServer;
let api: FileRoutes;
beforeEach(async () => {
  server = await FilesServer.start();
  const http = new Http(server.url);
  http.authorize({ token: "t", expiresAtMillis: Number.MAX_SAFE_INTEGER });
  api = new FileRoutes(http);
});
afterEach(() => server.close());

const uploading = (bytes: Uint8Array<ArrayBuffer>, name = "plan.bin") =>
  new Upload({
    api,
    blob: new Blob([bytes]),
    name,
    sending: new Lanes(4),
    reading: new Lanes(1),
    backoff: quick(),
  });
const loading = (fileId: string, sink = new MemorySink()) => ({
  sink,
  download: new Download({ api, fileId, sink, backoff: quick() }),
});
const content = async (sink: MemorySink) => Buffer.from(await sink.blob("").arrayBuffer());
const until = async (true_: () => boolean) => {
  while (!true_()) await new Promise((resolve) => setTimeout(resolve, 2));
};
const THREE = CHUNK * 2 + 1_000;

describe("SHA-256 of what comes piece by piece", () => {
  // NIST's examples for FIPS 180-4, and RFC 6234's.
  it.each([
    ["", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"],
    ["abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"],
    [
      "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
      "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1",
    ],
    ["a".repeat(1_000_000), "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"],
    ["01234567".repeat(80), "594847328451bdfa85056225462cc1d867d877fb388df0ce35f25ab5562bfbb5"],
  ])("is that of the standards' examples", (text, expected) => {
    expect(new Sha256().update(utf8(text)).digest()).toBe(expected);
  });

  it("is the same however it is cut, at every length around a block", () => {
    for (let length = 0; length < 200; length++) {
      const bytes = randomBytes(length);
      const hash = new Sha256();
      for (let at = 0; at < length;) {
        const piece = 1 + (at % 67);
        hash.update(bytes.subarray(at, at + piece));
        at += piece;
      }
      expect([length, hash.digest()]).toEqual([length, sha256(bytes)]);
    }
  });

  it("names a file by the whole and by each chunk", async () => {
    const bytes = randomBytes(2_500);
    const told: number[] = [];
    const hashes = await hashHere(new Blob([bytes]), 1_000, (hashed) => told.push(hashed));
    expect(hashes.sha256).toBe(sha256(bytes));
    expect(hashes.chunks).toEqual([0, 1_000, 2_000].map((at) => sha256(bytes.subarray(at, at + 1_000))));
    expect(told).toEqual([1_000, 2_000, 2_500]);
  });
});

describe("an upload", () => {
  it("sends every part, several at once, and is ready when it was looked at", async () => {
    const bytes = randomBytes(THREE);
    let open = (): void => undefined;
    server.gate = new Promise((resolve) => (open = resolve));
    const upload = uploading(bytes);
    const states: string[] = [];
    upload.on("change", (state) => states.at(-1) === state || states.push(state));
    await until(() => server.received === bytes.length);
    open();
    const file = await upload.done;
    expect([file.state, upload.state, upload.progress]).toEqual(["ready", "ready", 1]);
    expect(states.filter((state) => state !== "hashing")).toEqual(["sending", "checking", "ready"]);
    expect(sha256(server.content(file.file_id))).toBe(sha256(bytes));
    expect(server.mostAtOnce).toBe(3);
  });

  it("goes on over cut connections and a busy server, and sends nothing twice that came", async () => {
    const bytes = randomBytes(THREE);
    Object.assign(server.faults, { cutPuts: 3, busy: 2 });
    const file = await uploading(bytes).done;
    expect(sha256(server.content(file.file_id))).toBe(sha256(bytes));
    expect(server.received).toBe(bytes.length);
  });

  it("asks for fresh addresses when they are over", async () => {
    server.faults.expired = 3;
    const bytes = randomBytes(THREE);
    const file = await uploading(bytes).done;
    expect(sha256(server.content(file.file_id))).toBe(sha256(bytes));
    expect(server.calls.filter((call) => call.endsWith("/parts")).length).toBeGreaterThan(0);
  });

  it("goes on where another page had stopped", async () => {
    const bytes = randomBytes(THREE);
    let open = (): void => undefined;
    const first = uploading(bytes);
    await until(() => server.received > 0 && first.file !== undefined);
    const id = first.file!.file_id;
    await until(() => server.content(id).length > 0);
    first.close();
    await expect(first.done).rejects.toMatchObject({ code: "client.aborted" });
    expect(first.state).toBe("cancelled");
    server.gate = new Promise((resolve) => (open = resolve));
    open();
    const before = server.content(id).length;
    const received = server.received;
    const file = await uploading(bytes).done;
    expect(file.file_id).toBe(id);
    expect(server.received - received).toBeLessThanOrEqual(bytes.length - before);
    expect(sha256(server.content(id))).toBe(sha256(bytes));
  });

  it("is shared where it is wanted before it is done", async () => {
    const upload = new Upload({
      api,
      blob: new Blob([randomBytes(100)]),
      name: "notes",
      conversationId: "c_1",
      sending: new Lanes(4),
      reading: new Lanes(1),
      backoff: quick(),
    });
    expect((await upload.done).conversations).toEqual(["c_1"]);
    expect(server.calls.at(-1)).toMatch(/^POST .*shares$/);
  });

  it("sends nothing where the content is there already", async () => {
    const bytes = randomBytes(5_000);
    server.put("one", bytes);
    const file = await uploading(bytes, "two").done;
    expect([file.name, file.state, server.received]).toEqual(["two", "ready", 0]);
  });

  it("sends a part again that the server has lost", async () => {
    const bytes = randomBytes(THREE);
    const upload = uploading(bytes);
    await until(() => server.calls.some((call) => call.endsWith("/complete")) || upload.sentBytes > 0);
    await until(() => upload.file !== undefined && server.content(upload.file.file_id).length > 0);
    server.lose(upload.file!.file_id, 1);
    const file = await upload.done;
    expect(sha256(server.content(file.file_id))).toBe(sha256(bytes));
  });

  it("says why the server refuses it", async () => {
    server.faults.refuse = "type";
    const upload = uploading(randomBytes(100));
    await expect(upload.done).rejects.toMatchObject({ code: "file.refused_type" });
    expect([upload.state, upload.error?.code]).toEqual(["refused", "file.refused_type"]);
  });

  it("throws away what was sent when it is cancelled", async () => {
    server.gate = new Promise(() => undefined);
    const upload = uploading(randomBytes(THREE));
    await until(() => server.received > 0);
    upload.cancel();
    await until(() => server.calls.some((call) => call.startsWith("DELETE /files/")));
    expect(upload.state).toBe("cancelled");
    await expect(upload.done).rejects.toMatchObject({ code: "client.aborted" });
  });

  it("tells a file that changed from an address that is over, and reads it anew on the next try", async () => {
    const bytes = randomBytes(2_000);
    const other = randomBytes(2_000);
    let now = bytes;
    const blob = new Blob([bytes]);
    Object.defineProperty(blob, "slice", {
      value: (from: number, end: number) => new Blob([now]).slice(from, end),
    });
    const upload = new Upload({
      api,
      blob,
      name: "notes",
      sending: new Lanes(4),
      reading: new Lanes(1),
      backoff: quick(),
    });
    upload.on("change", (state) => state === "sending" && (now = other));
    await expect(upload.done).rejects.toMatchObject({ code: "client.file_changed" });
    upload.retry();
    const file = await upload.done;
    expect(server.content(file.file_id).equals(other)).toBe(true);
  });

  it("has at least one byte", async () => {
    await expect(uploading(new Uint8Array()).done).rejects.toMatchObject({ code: "file.empty" });
  });
});

describe("a download", () => {
  it("is the file, over cut connections, wrong bytes and addresses that are over", async () => {
    const bytes = randomBytes(THREE);
    const { file_id } = server.put("film", bytes);
    Object.assign(server.faults, { cutGets: 2, wrong: 2, expired: 2 });
    const { download, sink } = loading(file_id);
    const manifest = await download.done;
    expect([download.state, download.bytes, manifest.sha256]).toEqual(["done", bytes.length, sha256(bytes)]);
    expect((await content(sink)).equals(bytes)).toBe(true);
  });

  it("writes nothing that is wrong, and fails when it stays wrong", async () => {
    const { file_id } = server.put("film", randomBytes(3_000));
    server.faults.wrong = 100;
    const { download, sink } = loading(file_id);
    await expect(download.done).rejects.toMatchObject({ code: "file.hash" });
    expect([download.state, (await content(sink)).length]).toEqual(["failed", 0]);
  });

  it("ends when it is cancelled, and keeps nothing", async () => {
    const { file_id } = server.put("film", randomBytes(THREE));
    server.faults.cutGets = 1_000_000;
    const { download, sink } = loading(file_id);
    await until(() => download.state === "waiting");
    download.cancel();
    await expect(download.done).rejects.toMatchObject({ code: "client.aborted" });
    expect([download.state, (await content(sink)).length]).toEqual(["cancelled", 0]);
  });
});

describe("what is pushed to this browser", () => {
  const notice = (fileId: string, devices: string[]) =>
    ({
      type: "file-notice",
      push_id: "ps_1",
      file_id: fileId,
      name: "plan.pdf",
      size: 3_000,
      sha256: "",
      from: { user_id: "u_2", name: "Ana" },
      devices,
    }) as const;
  const inboxOf = (id: string | undefined) => {
    const kept = { id };
    const inbox = new Inbox({
      api,
      memory: { read: () => kept.id, write: (next) => void (kept.id = next) },
      backoff: quick(),
      reportMillis: 0,
    });
    return { inbox, kept };
  };

  it("is offered, loaded, and told to who sent it", async () => {
    const bytes = randomBytes(3_000);
    const { file_id } = server.put("plan.pdf", bytes);
    const { inbox } = inboxOf("dv_1");
    inbox.hear(notice(file_id, ["dv_1"]));
    inbox.hear(notice(file_id, ["dv_1"]));
    expect(inbox.arrivals.map(({ name, here, state }) => [name, here, state])).toEqual([
      ["plan.pdf", true, "offered"],
    ]);
    const sink = new MemorySink();
    await inbox.save("ps_1", sink, "Firefox");
    await until(() => server.reports.some(({ state }) => state === "done"));
    expect((await content(sink)).equals(bytes)).toBe(true);
    expect(server.reports[0]).toMatchObject({ state: "notified", attempt: 1 });
    expect(server.reports.at(-1)).toMatchObject({ state: "done", attempt: 1, sha256: sha256(bytes) });
    expect(inbox.arrivals[0]!.state).toBe("done");
    inbox.close();
  });

  it("makes this browser a device where its person has none", async () => {
    const { file_id } = server.put("plan.pdf", randomBytes(3_000));
    const { inbox, kept } = inboxOf(undefined);
    inbox.hear(notice(file_id, []));
    const { type: _type, devices: _devices, ...fields } = notice(file_id, []);
    const at = new Date().toISOString();
    server.pending = [{ ...fields, state: "waiting", bytes: 0, attempt: 1, at }];
    await inbox.save("ps_1", new MemorySink(), "Firefox on Linux");
    expect(kept.id).toBe("dv_1");
    await until(() => server.reports.some(({ state }) => state === "done"));
    inbox.close();
  });

  it("is tried again as another attempt after it failed", async () => {
    const { file_id } = server.put("plan.pdf", randomBytes(3_000));
    const { inbox } = inboxOf("dv_1");
    inbox.hear(notice(file_id, ["dv_1"]));
    server.faults.wrong = 5;
    await expect(inbox.save("ps_1", new MemorySink(), "")).rejects.toMatchObject({ code: "file.hash" });
    expect([inbox.arrivals[0]!.state, inbox.arrivals[0]!.error?.code]).toEqual(["failed", "file.hash"]);
    server.faults.wrong = 0;
    await inbox.save("ps_1", new MemorySink(), "");
    await until(() => server.reports.some(({ state }) => state === "done"));
    expect(server.reports).toContainEqual({ state: "failed", attempt: 1, reason: "file.hash" });
    expect(server.reports.at(-1)).toMatchObject({ state: "done", attempt: 2 });
    inbox.close();
  });

  it("is gone when it is called back, though the frame was lost", async () => {
    const { file_id } = server.put("plan.pdf", randomBytes(3_000));
    const { inbox } = inboxOf("dv_1");
    server.calledBack = true;
    inbox.hear(notice(file_id, ["dv_1"]));
    await until(() => inbox.arrivals.length === 0);
    inbox.close();
  });

  it("comes later when nobody listened", async () => {
    const { file_id } = server.put("plan.pdf", randomBytes(10));
    const { type: _type, devices: _devices, ...fields } = notice(file_id, []);
    const at = new Date().toISOString();
    server.pending = [{ ...fields, state: "waiting", bytes: 0, attempt: 1, at }];
    const { inbox } = inboxOf("dv_1");
    await inbox.refresh();
    expect(inbox.arrivals.map(({ here, state }) => [here, state])).toEqual([[true, "offered"]]);
    await until(() => server.reports.length === 1);
    inbox.close();
  });
});
