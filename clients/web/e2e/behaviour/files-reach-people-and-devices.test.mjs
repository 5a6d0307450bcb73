import assert from "node:assert/strict";
import { createHash, randomBytes } from "node:crypto";
import { createReadStream } from "node:fs";
import { after, test } from "node:test";
import { call, login, newUser } from "../harness/api.mjs";
import { openChromium } from "../harness/browsers.mjs";
import { Device } from "../harness/device.mjs";
import { until } from "../harness/person.mjs";

const chromium = await openChromium();
after(() => chromium.close());

/** Two chunks and a little: it is sent in parts, and checked after that. */
const LARGE = 20_000_001;
const sha256 = (bytes) => createHash("sha256").update(bytes).digest("hex");

async function hashOf(path) {
  const hash = createHash("sha256");
  for await (const piece of createReadStream(path)) hash.update(piece);
  return hash.digest("hex");
}

/** A picture of one colour, as a PNG that every browser draws. */
const picture = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAoAAAAKCAIAAAACUFjqAAAAFUlEQVR4nGNgaPhPChpVjQWNqv5PAgDaEcf3zPrRHQAAAABJRU5ErkJggg==",
  "base64",
);

async function chatOf(one, other) {
  const body = { kind: "direct", user_id: other.id };
  const { data } = await call("POST", "/conversations", { body, token: one.token });
  return data.conversation_id;
}

const attach = (person, ...files) => person.page.locator("form input[type=file]").setInputFiles(files);
const saving = async (person, name) => {
  const [download] = await Promise.all([
    person.page.waitForEvent("download"),
    person.page
      .getByRole("button", { name: `Save ${name}` })
      .last()
      .click(),
  ]);
  return hashOf(await download.path());
};

test(
  "a file that is attached to a message is saved by the other one, byte for byte",
  { timeout: 240_000 },
  async () => {
    const [annUser, benUser] = [await newUser("Ann"), await newUser("Ben")];
    const chat = await chatOf(annUser, benUser);
    const ann = await chromium.person(1, "Ann");
    const ben = await chromium.person(2, "Ben");
    await ann.signIn(annUser, `?then=/chats/${chat}`);
    await ben.signIn(benUser, `?then=/chats/${chat}`);
    const bytes = randomBytes(LARGE);
    await ann.page.locator("form textarea").waitFor();
    await attach(
      ann,
      { name: "plan.bin", mimeType: "application/octet-stream", buffer: bytes },
      { name: "red.png", mimeType: "image/png", buffer: picture },
    );
    await ann.page.locator("form textarea").fill("The plan, and a picture");
    await ann.page.keyboard.press("Enter");
    await ben.page.getByRole("button", { name: "Save plan.bin" }).waitFor({ timeout: 90_000 });
    await ben.page.getByRole("img", { name: "Picture red.png" }).waitFor({ timeout: 30_000 });
    assert.equal(await saving(ben, "plan.bin"), sha256(bytes));
    assert.equal(await saving(ann, "plan.bin"), sha256(bytes));

    // The same content again is there at once, under another name.
    await attach(ann, { name: "copy.bin", mimeType: "application/octet-stream", buffer: bytes });
    await ann.page.keyboard.press("Enter");
    await ben.page.getByRole("button", { name: "Save copy.bin" }).waitFor({ timeout: 30_000 });

    const eve = await newUser("Eve");
    const { data } = await call("GET", "/files", { token: annUser.token });
    const { file_id } = data.list.find(({ name }) => name === "plan.bin");
    const peeked = await call("GET", `/files/${file_id}/url`, { token: eve.token });
    assert.equal(peeked.error, "file.not_found");
    await ann.close();
    await ben.close();
  },
);

test("a program that says it is a picture is refused, and why is said", { timeout: 120_000 }, async () => {
  const [annUser, benUser] = [await newUser("Ann"), await newUser("Ben")];
  const chat = await chatOf(annUser, benUser);
  const ann = await chromium.person(1, "Ann");
  await ann.signIn(annUser, `?then=/chats/${chat}`);
  await ann.page.locator("form textarea").waitFor();
  const program = Buffer.concat([Buffer.from([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1, 0]), randomBytes(2_000)]);
  await attach(ann, { name: "cat.png", mimeType: "image/png", buffer: program });
  await ann.sees("it is a program or a web page");
  const send = ann.page.getByRole("button", { name: "Send", exact: true });
  assert.equal(await send.isDisabled(), true);
  await ann.page.getByRole("button", { name: "Remove cat.png" }).click();
  await ann.page.locator("form textarea").fill("without it, then");
  await ann.page.keyboard.press("Enter");
  await ann.page.locator("li[data-seq]").filter({ hasText: "without it, then" }).waitFor();
  await ann.close();
});

test(
  "a file is pushed to a device and to a person, and its sender sees how far each is",
  { timeout: 240_000 },
  async () => {
    const [annUser, benUser] = [await newUser("Ann"), await newUser("Ben")];
    const ann = await chromium.person(1, "Ann");
    const ben = await chromium.person(2, "Ben");
    // The place that somebody chooses is a file of the browser's own: a dialog of the system cannot be pressed here.
    await ben.page.addInitScript(() => {
      window.showSaveFilePicker = async ({ suggestedName }) => {
        const folder = await navigator.storage.getDirectory();
        return folder.getFileHandle(suggestedName, { create: true });
      };
    });
    await ben.signIn(benUser, "?then=/account");
    await ben.page.getByRole("button", { name: "Receive files in this browser" }).click();
    await ben.sees("This browser");

    await ann.signIn(annUser, "?then=/account");
    await ann.page.getByRole("button", { name: "Register a device" }).click();
    await ann.page.getByLabel("Name", { exact: true }).last().fill("Meter 7");
    await ann.page.getByRole("dialog").getByRole("button", { name: "Register a device" }).click();
    const id = await ann.page.getByLabel("Device", { exact: true }).inputValue();
    const credential = await ann.page.getByLabel("Credential", { exact: true }).inputValue();
    await ann.page.getByRole("button", { name: "I have put it on the device" }).click();
    await ann.sees("Meter 7");
    assert.ok(!(await ann.text()).includes(credential));

    const bytes = randomBytes(LARGE);
    const meter = await Device.start(id, credential);
    await ann.page.getByRole("link", { name: "Files" }).click();
    // The account page that is left has a place for a picture.
    await ann.page.getByRole("button", { name: "Upload files" }).waitFor();
    await ann.page.locator("main input[type=file]").setInputFiles({
      name: "firmware.bin",
      mimeType: "application/octet-stream",
      buffer: bytes,
    });
    await ann.page.getByRole("button", { name: "Push firmware.bin to devices" }).click({ timeout: 90_000 });
    await ann.page.getByLabel("User name or e-mail").fill(benUser.username);
    await ann.page.getByRole("dialog").getByRole("button", { name: "Add" }).click();
    await ann.page.getByRole("dialog").getByText("Ben").waitFor();
    await ann.page.getByLabel(/Meter 7/).check();
    await ann.page.getByLabel("Note").fill("For tonight");
    await ann.page.getByRole("button", { name: "Push the file" }).click();

    const row = (name) => ann.page.getByRole("listitem").filter({ hasText: name });
    await row("Meter 7").waitFor();
    const notice = await meter.next();
    assert.equal(notice.note, "For tonight");
    await row("Meter 7").getByText("Notified").waitFor();
    await meter.report(notice, { state: "downloading", bytes: 8_388_608 });
    await row("Meter 7").getByText("Loading, 42%").waitFor();
    assert.equal(await meter.fetch(notice), sha256(bytes));
    await meter.report(notice, { state: "done", bytes: LARGE, sha256: notice.sha256 });
    await row("Meter 7").getByText("Arrived").waitFor();

    await ben.sees("Ann sends you firmware.bin");
    const forBen = ben.page.getByRole("region", { name: "Files for you" });
    await forBen.getByRole("button", { name: "Save", exact: true }).click();
    await forBen.getByText("Saved").waitFor();
    const saved = await ben.evaluate(async () => {
      const folder = await navigator.storage.getDirectory();
      const file = await (await folder.getFileHandle("firmware.bin")).getFile();
      const hash = await crypto.subtle.digest("SHA-256", await file.arrayBuffer());
      return [...new Uint8Array(hash)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    });
    assert.equal(saved, sha256(bytes));
    await row("Ben").getByText("Arrived").waitFor();
    await ann.sees("2 of 2 arrived");

    // What is revoked is nobody's any more.
    await call("DELETE", `/devices/${id}`, { token: (await login(annUser.username)).token });
    await until(
      "the device to be signed out",
      () => meter.token(),
      (reply) => reply.error === "device.credential",
    );
    await ann.close();
    await ben.close();
  },
);

test("a push that is called back is not offered any more", { timeout: 120_000 }, async () => {
  const [annUser, benUser] = [await newUser("Ann"), await newUser("Ben")];
  const ann = await chromium.person(1, "Ann");
  const ben = await chromium.person(2, "Ben");
  await ben.signIn(benUser, "?then=/account");
  await ben.page.getByRole("button", { name: "Receive files in this browser" }).click();
  await ben.sees("This browser");
  await ann.signIn(annUser, "?then=/files");
  await ann.page.locator("main input[type=file]").setInputFiles({
    name: "wrong.txt",
    mimeType: "text/plain",
    buffer: Buffer.from("not this one"),
  });
  await ann.page.getByRole("button", { name: "Push wrong.txt to devices" }).click({ timeout: 60_000 });
  await ann.page.getByLabel("User name or e-mail").fill(benUser.username);
  await ann.page.getByRole("dialog").getByRole("button", { name: "Add" }).click();
  await ann.page.getByRole("dialog").getByText("Ben").waitFor();
  await ann.page.getByRole("button", { name: "Push the file" }).click();
  await ben.sees("Ann sends you wrong.txt");
  await ann.page.getByRole("button", { name: "Call back", exact: true }).click();
  await ann.page.getByRole("button", { name: "Call it back" }).click();
  await ann.sees("Called back");
  await ben.page.getByText("Ann sends you wrong.txt").waitFor({ state: "detached" });
  await ann.close();
  await ben.close();
});
