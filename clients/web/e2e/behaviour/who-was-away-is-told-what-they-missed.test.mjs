import assert from "node:assert/strict";
import { after, test } from "node:test";
import { call, newMeeting, newUser } from "../harness/api.mjs";
import { openChromium } from "../harness/browsers.mjs";
import { until } from "../harness/person.mjs";
import { url } from "../harness/system.mjs";

const chromium = await openChromium();
after(() => chromium.close());

const bell = (person) => person.page.getByRole("link", { name: /^Notifications/ });
const unread = async ({ token }) => (await call("GET", "/notifications", { token })).data.unread;

test(
  "who was away finds what they missed once, live and afterwards, on every device",
  { timeout: 180_000 },
  async () => {
    const [annUser, benUser] = [await newUser("Ann"), await newUser("Ben")];
    const must = async (path, body) => {
      const reply = await call("POST", path, { body, token: annUser.token });
      assert.ok(reply.status < 300, `${path}: ${reply.status} ${reply.error}`);
      return reply.data;
    };
    const { conversation_id: id } = await must("/conversations", { kind: "direct", user_id: benUser.id });
    for (const number of [1, 2, 3]) {
      await must(`/conversations/${id}/messages`, { client_msg_id: `k${number}`, text: `Word ${number}` });
    }
    await until(
      "Ben's notification",
      () => unread(benUser),
      (count) => count === 1,
    );

    const ben = await chromium.person(2, "Ben");
    await ben.signIn(benUser);
    await ben.sees("Your meetings");
    // The other one is this sign-in: Ben has a session elsewhere, in no browser.
    await bell(ben).getByText("2 unread").waitFor({ state: "attached" });
    await bell(ben).click();
    await ben.sees("Ann sent you 3 messages");

    const code = await newMeeting(annUser, { title: "Planning" });
    await must(`/meetings/${code}/invitations`, { emails: [`${benUser.username}@example.org`] });
    await ben.sees("Ann invites you to Planning");
    await until(
      "all three to be unread",
      () => unread(benUser),
      (count) => count === 3,
    );

    await ben.page.getByRole("button", { name: "Mark as read: Ann sent you 3 messages" }).click();
    await bell(ben).getByText("2 unread").waitFor({ state: "attached" });
    const elsewhere = await chromium.person(3, "Ben");
    await elsewhere.signIn(benUser, "?then=/notifications");
    await elsewhere.sees("Ann invites you to Planning");
    await ben.page.getByRole("button", { name: "Mark all as read" }).click();
    await elsewhere.page.getByRole("button", { name: "Mark all as read" }).waitFor({ state: "detached" });
    assert.equal(await unread(benUser), 0);

    await ben.page.getByRole("link", { name: "Ann invites you to Planning" }).click();
    await until("the meeting's page", () => ben.page.url().startsWith(`${url()}/m/${code}`));
    await ben.close();
    await elsewhere.close();
  },
);
