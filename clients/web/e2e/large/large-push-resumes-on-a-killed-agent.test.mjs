import assert from "node:assert/strict";
import { createCipheriv, createHash } from "node:crypto";
import { createReadStream, createWriteStream, existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { after, test } from "node:test";
import { newUser } from "../harness/api.mjs";
import { Agent } from "../harness/agent.mjs";
import { openChromium } from "../harness/browsers.mjs";
import { until } from "../harness/person.mjs";
import { url } from "../harness/system.mjs";
import { Wire } from "../harness/wire.mjs";

const SIZE = 200_000_000;
const PART = 8_388_608;
const NAME = "image.bin";
/** How long a loaded machine may take for the whole file: to send, to check, to fetch it three times. */
const PATIENCE_MILLIS = 300_000;

const place = mkdtempSync(join(tmpdir(), "parley-large-"));
const chromium = await openChromium();
const wire = new Wire();
const agents = ["Kiosk 1", "Kiosk 2", "Kiosk 3"].map((name) => {
  const agent = new Agent(join(place, name.replace(" ", "-")));
  return Object.assign(agent, { name });
});
after(async () => {
  await chromium.close();
  for (const agent of agents) if (agent.pid) await agent.end("SIGKILL");
  wire.close();
  rmSync(place, { recursive: true, force: true });
});

async function hashOf(path) {
  const hash = createHash("sha256");
  for await (const piece of createReadStream(path)) hash.update(piece);
  return hash.digest("hex");
}

/** Writes a file of bytes that look random and are the same every time. */
async function writeImage(path) {
  const stream = createCipheriv("aes-128-ctr", Buffer.alloc(16, 7), Buffer.alloc(16));
  const zeros = Buffer.alloc(1 << 20);
  const pieces = function* () {
    for (let left = SIZE; left > 0; left -= zeros.length) {
      yield stream.update(left < zeros.length ? zeros.subarray(0, left) : zeros);
    }
  };
  await pipeline(Readable.from(pieces()), createWriteStream(path));
  return hashOf(path);
}

async function register({ page }, name) {
  await page.getByRole("button", { name: "Register a device" }).click();
  await page.getByLabel("Name", { exact: true }).last().fill(name);
  await page.getByRole("dialog").getByRole("button", { name: "Register a device" }).click();
  const id = await page.getByLabel("Device", { exact: true }).inputValue();
  const credential = await page.getByLabel("Credential", { exact: true }).inputValue();
  await page.getByRole("button", { name: "I have put it on the device" }).click();
  return [id, credential];
}

test(
  "200 MB reach three agents; one that is killed half-way goes on where it was",
  { timeout: 900_000 },
  async () => {
    const image = join(place, NAME);
    const sha256 = await writeImage(image);
    const user = await newUser("Ann");
    const ann = await chromium.person(1, "Ann");
    const { page } = ann;
    await ann.signIn(user, "?then=/account");
    for (const agent of agents) agent.adopt(...(await register(ann, agent.name)));
    const [first, second, third] = agents;
    const proxy = await wire.open();
    wire.holdAt(SIZE / 2);
    first.start();
    second.start();
    third.start({ parallel: 1, proxy });

    await page.goto(`${url()}/files`);
    await page.getByRole("button", { name: "Upload files" }).waitFor();
    const began = Date.now();
    const lap = (what) => console.log(`${what} after ${((Date.now() - began) / 1000).toFixed(1)} s`);
    await page.locator("main input[type=file]").setInputFiles(image);
    await page.getByRole("button", { name: `Push ${NAME} to devices` }).click({ timeout: PATIENCE_MILLIS });
    lap("uploaded and checked");
    for (const { name } of agents) await page.getByLabel(new RegExp(name)).check();
    await page.getByRole("button", { name: "Push the file" }).click();
    const row = ({ name }) => page.getByRole("listitem").filter({ hasText: name });

    // One connection, held at the half: the page tells how far the third is, and it gets no further.
    await row(third)
      .getByText(/Loading, 4\d%/)
      .waitFor({ timeout: PATIENCE_MILLIS });
    const half = wire.passed;
    assert.ok(half >= SIZE / 2 && half < SIZE / 2 + PART, `${half} bytes of ${SIZE} had passed`);
    assert.deepEqual(await third.end("SIGKILL"), { code: null, signal: "SIGKILL" });
    assert.ok(!existsSync(join(third.folder, NAME)), "half a file has no name");
    lap(`killed at ${half} bytes`);
    for (const agent of [first, second])
      await row(agent).getByText("Arrived").waitFor({ timeout: PATIENCE_MILLIS });
    await ann.sees("2 of 3 arrived");

    wire.holdAt(Infinity);
    third.start({ parallel: 1, proxy });
    await row(third).getByText("Arrived").waitFor({ timeout: PATIENCE_MILLIS });
    await ann.sees("3 of 3 arrived");
    lap("arrived on all three");
    assert.ok(wire.passed <= SIZE + PART, `${wire.passed} bytes were pulled for ${SIZE}`);
    assert.match(third.said, new RegExp(`${NAME}: 4\\d % of`), "what was there is not begun again");
    for (const agent of agents) {
      assert.equal(await hashOf(join(agent.folder, NAME)), sha256, agent.name);
      assert.deepEqual(readdirSync(join(agent.folder, ".parley/parts")), [], `${agent.name} leaves nothing`);
      assert.deepEqual(await agent.end("SIGTERM"), { code: 0, signal: null });
    }
    console.log(`pulled ${wire.passed - SIZE} bytes of ${SIZE} twice`);
  },
);
