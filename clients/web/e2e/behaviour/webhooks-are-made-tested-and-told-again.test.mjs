import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { createServer } from "node:http";
import { after, test } from "node:test";
import { call, newMeeting, newUser } from "../harness/api.mjs";
import { openChromium } from "../harness/browsers.mjs";
import { until } from "../harness/person.mjs";

const chromium = await openChromium();
after(() => chromium.close());

/** Somebody's server: keeps what is posted, and answers as it is told to. */
async function receiver() {
  const taken = [];
  const state = { status: 204 };
  const server = createServer(async (request, response) => {
    const pieces = [];
    for await (const piece of request) pieces.push(piece);
    taken.push({ headers: request.headers, body: Buffer.concat(pieces).toString() });
    response.writeHead(state.status).end();
  });
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  return {
    taken,
    state,
    url: `http://127.0.0.1:${server.address().port}/in`,
    close: () => server.close(),
  };
}

function isSigned({ headers, body }, secret) {
  const key = Buffer.from(secret.replace("whsec_", ""), "base64");
  const text = `${headers["webhook-id"]}.${headers["webhook-timestamp"]}.${body}`;
  const code = createHmac("sha256", key).update(text).digest("base64");
  return headers["webhook-signature"].split(" ").includes(`v1,${code}`);
}

test("a webhook is made, hears of a meeting, and is told again", { timeout: 240_000 }, async () => {
  const yours = await receiver();
  const user = await newUser("Ana");
  const ana = await chromium.person(1, "Ana");
  const button = (name) => ana.page.getByRole("button", { name, exact: typeof name === "string" });
  try {
    await ana.signIn(user, "?then=/webhooks");
    await ana.sees("No webhooks yet");
    await button("Add a webhook").click();
    await ana.page.getByLabel("Address").fill("http://10.0.0.1/in");
    await button("Add the webhook").click();
    await ana.page
      .getByRole("dialog")
      .getByText("It begins with https://")
      .or(ana.page.getByText("not on the public internet, or"))
      .first()
      .waitFor();
    await ana.page.getByLabel("Address").fill(yours.url);
    await ana.page.getByLabel("What it is for").fill("Door sign");
    await button("Add the webhook").click();
    const secret = await ana.page.getByLabel("Secret", { exact: true }).inputValue();
    assert.match(secret, /^whsec_/);
    await button("I have it").click();

    await button("Send a test").click();
    await ana.page.getByText("Delivered").first().waitFor({ timeout: 60_000 });
    await until("the test to arrive", () => yours.taken.length === 1);
    assert.equal(JSON.parse(yours.taken[0].body).type, "webhook.test");
    assert.ok(isSigned(yours.taken[0], secret));

    const code = await newMeeting(user, { title: "Harbour" });
    await call("POST", `/meetings/${code}/start`, { body: {}, token: user.token });
    await until("the meeting's start to arrive", () =>
      yours.taken.some(({ body }) => JSON.parse(body).type === "meeting.started"),
    );
    await ana.page.reload();
    await ana.page.getByText("A meeting begins").first().waitFor();
    await button(/^Details of A meeting begins/).click();
    await ana.page.getByText('"title": "Harbour"').waitFor();
    await ana.page.keyboard.press("Escape");

    const before = yours.taken.length;
    await button(/^Send again: A meeting begins/).click();
    await until("it to arrive again", () => yours.taken.length === before + 1);
    const [first, again] = yours.taken.filter(({ body }) => JSON.parse(body).type === "meeting.started");
    assert.equal(again.headers["webhook-id"], first.headers["webhook-id"]);
    assert.equal(again.body, first.body);

    await button("New secret").click();
    await button("Make it").click();
    const next = await ana.page.getByLabel("Secret", { exact: true }).inputValue();
    assert.notEqual(next, secret);
    await button("I have it").click();
    yours.state.status = 503;
    const count = yours.taken.length;
    await button("Send a test").click();
    await ana.sees("not taken: answered 503", 60_000);
    await until("the test to arrive", () => yours.taken.length > count);
    assert.ok(isSigned(yours.taken[count], secret) && isSigned(yours.taken[count], next));

    await button("Disable").click();
    await ana.sees("Disabled by you.");
    assert.equal(await button("Send a test").isDisabled(), true);
    await button("Enable").click();
    await button("Edit").click();
    await ana.page.getByLabel("What it is for").fill("Second door");
    await button("Save").click();
    await ana.page.getByRole("heading", { name: "Second door" }).waitFor();
    await button("Delete").click();
    await button("Delete the webhook").click();
    await ana.sees("No webhooks yet");
  } finally {
    yours.close();
    await ana.close();
  }
});
