// A device without a person, as a test needs it: it signs in by its credential, asks what was pushed to it and loads it.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { call } from "./api.mjs";
import { until } from "./person.mjs";

export class Device {
  #token;

  constructor(id, credential) {
    this.id = id;
    this.credential = credential;
  }

  /** Signs in. */
  static async start(id, credential) {
    const device = new Device(id, credential);
    const { status, data } = await device.token();
    assert.equal(status, 200, "the device's token");
    device.#token = data.token;
    return device;
  }

  token() {
    return call("POST", "/devices/token", { body: { device_id: this.id, credential: this.credential } });
  }

  /** The first push that waits for it; the sender is told that it knows. */
  async next() {
    const notice = await until("a push to the device", async () => {
      const { data } = await call("GET", `/devices/${this.id}/pushes`, { token: this.#token });
      return data.list[0];
    });
    await this.report(notice, { state: "notified" });
    return notice;
  }

  async report({ push_id }, report) {
    const path = `/pushes/${push_id}/devices/${this.id}/state`;
    const { status, error } = await call("POST", path, { body: report, token: this.#token });
    assert.equal(status, 200, `reporting ${report.state}: ${error}`);
  }

  /** Loads it in ranges, as large files are loaded. @returns its SHA-256 */
  async fetch({ file_id }) {
    const manifest = (await call("GET", `/files/${file_id}/manifest`, { token: this.#token })).data;
    const address = (await call("GET", `/files/${file_id}/url`, { token: this.#token })).data;
    const whole = createHash("sha256");
    for (const [index, expected] of manifest.chunks.entries()) {
      const first = index * manifest.chunk_size;
      const last = Math.min(first + manifest.chunk_size, manifest.size) - 1;
      const reply = await fetch(address.url, {
        headers: { ...address.headers, Range: `bytes=${first}-${last}` },
      });
      const bytes = Buffer.from(await reply.arrayBuffer());
      assert.equal(createHash("sha256").update(bytes).digest("hex"), expected, `chunk ${index + 1}`);
      whole.update(bytes);
    }
    return whole.digest("hex");
  }
}
