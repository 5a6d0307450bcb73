import assert from "node:assert/strict";
import { randomInt } from "node:crypto";
import { after, test } from "node:test";
import { call, newUser } from "../harness/api.mjs";
import { openChromium } from "../harness/browsers.mjs";
import { until } from "../harness/person.mjs";
import { url } from "../harness/system.mjs";

const chromium = await openChromium();
after(() => chromium.close());

const SERVICE = "updates.push.services.mozilla.com";
const BROWSER = {
  keys: {
    p256dh: "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4",
    auth: "BTBZMqHH6r4Tts7J_aSIgg",
  },
};

/** What this machine would have sent to an address. */
async function outbox(address) {
  const response = await fetch(`${url()}/local/mail.json?to=${encodeURIComponent(address)}`);
  return response.json();
}

async function must(path, { token }, body) {
  const reply = await call("POST", path, { body, token });
  assert.ok(reply.status < 300, `${path}: ${reply.status} ${reply.error}`);
  return reply.data;
}

test("people choose channels and quiet hours, and confirm a telephone", { timeout: 180_000 }, async () => {
  const [annUser, benUser] = [await newUser("Ann"), await newUser("Ben")];
  const endpoint = `https://${SERVICE}/wpush/v2/${benUser.username}`;
  await must("/notifications/subscriptions", benUser, { ...BROWSER, endpoint });
  const { conversation_id: id } = await must("/conversations", annUser, {
    kind: "direct",
    user_id: benUser.id,
  });
  await must(`/conversations/${id}/messages`, annUser, { client_msg_id: "k1", text: "Are you there?" });
  await until("what is pushed to Ben's browser", async () =>
    (await outbox(SERVICE)).find(
      ({ name, subject }) => name === benUser.id && subject === "Ann sent you a message",
    ),
  );

  const ben = await chromium.person(2, "Ben");
  const { page } = ben;
  await ben.signIn(benUser, "?then=/notifications/choices");
  await ben.sees("How you are told");
  await page
    .getByRole("list", { name: "What was sent" })
    .getByText(/about 1 thing · delivered/)
    .first()
    .waitFor();

  const mail = page
    .getByRole("group", { name: "Somebody writes to you" })
    .getByLabel("By mail, if it is still unread after ten minutes");
  assert.equal(await mail.isChecked(), true);
  await mail.uncheck();
  await page.getByText("Quiet hours", { exact: true }).click();
  await page.getByLabel("From").fill("21:30");
  await page.getByRole("button", { name: "Save" }).click();
  await ben.sees("Your choices are saved");
  await page.reload();
  await page.getByLabel("From").waitFor();
  assert.equal(await mail.isChecked(), false);
  assert.equal(await page.getByLabel("From").inputValue(), "21:30");

  const number = `+49151${randomInt(10_000_000, 99_999_999)}`;
  await page.getByLabel("Number with its country").fill(number);
  await page.getByRole("button", { name: "Send a code" }).click();
  await ben.sees(`A code was sent to ${number}. It is good for ten minutes.`);
  const [text] = await outbox(number);
  await page.getByLabel("Code", { exact: true }).fill(/[0-9]{6}/.exec(text.text)[0]);
  await page.getByRole("button", { name: "Confirm" }).click();
  await ben.sees(`Text messages go to ${number}.`);
  await ben.close();
});

test("what is pushed is shown while no page is in sight", { timeout: 120_000 }, async () => {
  const ben = await chromium.person(3, "Ben");
  const { page } = ben;
  const context = page.context();
  await context.grantPermissions(["notifications"], { origin: url() });
  await page.goto(url());
  const started = context.waitForEvent("serviceworker");
  await page.evaluate(async () => {
    await navigator.serviceWorker.register("/push-worker.js");
    await navigator.serviceWorker.ready;
  });
  const worker = await started;
  const devtools = await context.newCDPSession(page);
  let registrationId;
  devtools.on("ServiceWorker.workerRegistrationUpdated", ({ registrations }) => {
    registrationId ??= registrations.find(({ scopeURL }) => scopeURL.startsWith(url()))?.registrationId;
  });
  await devtools.send("ServiceWorker.enable");
  await until("the worker's registration", () => registrationId);
  const push = (lines, link) =>
    devtools.send("ServiceWorker.deliverPushMessage", {
      origin: url(),
      registrationId,
      data: JSON.stringify({ lines, link, topic: link }),
    });
  const shown = () =>
    worker.evaluate(async () =>
      (await self.registration.getNotifications()).map(({ title, body, data }) => [title, body, data.link]),
    );

  await push(["Ann sent you a message"], "/chats/d_1");
  await page.goto("about:blank");
  await push(["Ann sent you 2 messages"], "/chats/d_1");
  await push(["One thing", "Another thing"], "/notifications");

  const all = await until("both", shown, (list) => list.length === 2);
  assert.deepEqual(all.sort(), [
    ["Ann sent you 2 messages", "", "/chats/d_1"],
    ["Parley", "One thing\nAnother thing", "/notifications"],
  ]);
  await ben.close();
});
