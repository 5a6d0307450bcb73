import assert from "node:assert/strict";
import { after, test } from "node:test";
import { newMeeting, newUser } from "../harness/api.mjs";
import { openChromium } from "../harness/browsers.mjs";
import { gather, until } from "../harness/person.mjs";
import { url } from "../harness/system.mjs";

const chromium = await openChromium();
after(() => chromium.close());

const write = async (person, text) => {
  await person.page.locator("form textarea").fill(text);
  await person.page.keyboard.press("Enter");
};
const texts = (person) =>
  person.page.locator("li[data-seq]").evaluateAll((items) => items.map((item) => item.innerText));
const reads = (person, text) =>
  until(
    `${person.name} to read "${text}" among the messages`,
    () => texts(person),
    (all) => all.some((shown) => shown.includes(text)),
  );
const message = (person, text) => person.page.locator("li[data-seq]").filter({ hasText: text }).last();

test("who reloads a meeting finds its chat, and what was done to it", { timeout: 180_000 }, async () => {
  const user = await newUser("Ana");
  const code = await newMeeting(user);
  const ana = await chromium.person(1, "Ana");
  const bo = await chromium.person(2, "Bo");
  await gather(code, user, ana, [bo]);
  await ana.pressNamed("Chat");
  await write(ana, "Shall we begin? https://example.org/agenda.");
  await until("Bo's badge", () =>
    bo.evaluate(() => document.querySelector('button[aria-label^="Chat, 1"]') !== null),
  );
  await bo.pressNamed("Chat");
  await reads(bo, "Shall we begin?");
  const link = message(bo, "Shall we begin?").locator("a");
  assert.equal(await link.getAttribute("href"), "https://example.org/agenda");
  assert.match(await link.getAttribute("rel"), /noopener/);

  await message(bo, "Shall we begin?").hover();
  await bo.page.getByRole("button", { name: "Reply to Ana" }).click();
  await bo.page.locator("form textarea").pressSequentially("Yes, @an");
  await bo.page.getByRole("option", { name: "Ana" }).waitFor();
  await bo.page.keyboard.press("Enter");
  await bo.page.keyboard.press("Enter");
  await reads(ana, "Yes, @Ana");
  await message(ana, "Yes, @Ana").getByText("Shall we begin?").waitFor();
  await message(ana, "Yes, @Ana").hover();
  await ana.page.getByRole("button", { name: "More for the message of Bo" }).click();
  await ana.page.getByRole("menuitem", { name: "React 🎉" }).click();
  await bo.page.getByRole("button", { name: "🎉: 1 person" }).waitFor();

  await write(bo, "a slip");
  await reads(ana, "a slip");
  await until("Bo to change what the server has by then", async () => {
    await bo.page.locator("form textarea").press("ArrowUp");
    return bo.page.getByText("Changing your message").isVisible();
  });
  await bo.page.locator("form textarea").fill("a slip, mended");
  await bo.page.keyboard.press("Enter");
  await reads(ana, "a slip, mended");
  await message(ana, "a slip, mended").hover();
  await ana.page.getByRole("button", { name: "More for the message of Bo" }).last().click();
  await ana.page.getByRole("menuitem", { name: "Take back for everyone" }).click();
  await bo.sees("A host took this message back.");

  const before = await texts(bo);
  await bo.page.reload();
  await bo.pressJoin();
  await bo.isIn();
  await bo.pressNamed("Chat");
  await reads(bo, "Shall we begin?");
  await until(
    "the same messages as before",
    async () => (await texts(bo)).length,
    (count) => count === before.length,
  );
  await bo.page.getByRole("button", { name: "🎉: 1 person" }).waitFor();
  await bo.sees("A host took this message back.");
  assert.ok(!(await bo.text()).includes("a slip"));
  await write(bo, "back again");
  await reads(ana, "back again");
  await bo.close();
  await ana.close();
});

test(
  "a direct message reaches the other's page, live and after they were away",
  { timeout: 180_000 },
  async () => {
    const [annUser, benUser] = [await newUser("Ann"), await newUser("Ben")];
    const ann = await chromium.person(1, "Ann");
    const ben = await chromium.person(2, "Ben");
    await ben.signIn(benUser, "?then=/chats");
    await ben.sees("No chats yet");
    await ann.signIn(annUser, "?then=/chats");
    await ann.page.getByRole("button", { name: "New chat" }).click();
    await ann.page.getByLabel("User name or e-mail").fill(`${benUser.username}x`);
    await ann.page.getByRole("button", { name: "Start the chat" }).click();
    await ann.sees("Nobody has the name");
    await ann.page.getByLabel("User name or e-mail").fill(benUser.username);
    await ann.page.getByRole("button", { name: "Start the chat" }).click();
    await ann.sees("Nothing written yet");
    await write(ann, "Are you free at ten?");

    const row = ben.page.getByRole("link", { name: /Ann/ });
    await row.waitFor();
    await row.getByText("1 unread message").waitFor({ state: "attached" });
    await row.click();
    await reads(ben, "Are you free at ten?");
    await ann.sees("Seen");
    await row.getByText("unread").waitFor({ state: "detached" });

    await ben.page.context().setOffline(true);
    await ben.page.goto("about:blank").catch(() => undefined);
    await write(ann, "I will be late");
    await write(ann, "half past ten then");
    await reads(ann, "half past ten then");
    await ben.page.context().setOffline(false);
    await ben.page.goto(url());
    await ben.page.getByRole("link", { name: /Chats.*2 unread messages/ }).click();
    await ben.page.getByRole("link", { name: /Ann/ }).click();
    await reads(ben, "I will be late");
    await reads(ben, "half past ten then");

    await ann.evaluate(() => window.testSockets.cut());
    await write(ann, "sent by the next page");
    await ann.sees("Sends when you are back online");
    await ann.page.reload();
    await reads(ann, "sent by the next page");
    await reads(ben, "sent by the next page");
    assert.equal((await texts(ben)).filter((text) => text.includes("sent by the next page")).length, 1);

    await ann.page.getByRole("searchbox", { name: "Search messages" }).fill("free ten");
    const hit = ann.page.getByRole("list", { name: "Messages found" }).getByRole("button");
    await until(
      "the message to be found",
      async () => {
        if ((await hit.count()) === 0) {
          await ann.page.getByRole("searchbox", { name: "Search messages" }).fill("");
          await ann.page.getByRole("searchbox", { name: "Search messages" }).fill("free ten");
        }
        await hit.first().waitFor({ timeout: 2_000 });
        return hit.count();
      },
      (count) => count === 1,
    );
    await hit.click();
    await ann.page.locator("li[data-found]").filter({ hasText: "Are you free at ten?" }).waitFor();
    await ben.close();
    await ann.close();
  },
);

test("a group is made, talks, gets a new name, and is left", { timeout: 120_000 }, async () => {
  const [annUser, benUser] = [await newUser("Ann"), await newUser("Ben")];
  const ann = await chromium.person(1, "Ann");
  const ben = await chromium.person(2, "Ben", { width: 390, height: 844 });
  await ben.signIn(benUser, "?then=/chats");
  await ben.sees("No chats yet");
  await ann.signIn(annUser, "?then=/chats");
  await ann.page.getByRole("button", { name: "New chat" }).click();
  await ann.page.getByText("Group", { exact: true }).click();
  await ann.page.getByLabel("Name of the group").fill("Lunch");
  await ann.page.getByLabel("User name or e-mail").fill(benUser.username);
  await ann.page.getByRole("button", { name: "Add", exact: true }).click();
  await ann.page.getByRole("button", { name: "Remove Ben" }).waitFor();
  await ann.page.getByRole("button", { name: "Start the group" }).click();
  await ann.sees("2 members");
  await ann.page.locator("form textarea").pressSequentially("Noodles, @be");
  await ann.page.getByRole("option", { name: "Ben" }).waitFor();
  await ann.page.keyboard.press("Enter");
  await ann.page.keyboard.press("Enter");
  await ben.page.getByRole("link", { name: /Lunch/ }).click();
  await reads(ben, "Noodles, @Ben");
  assert.equal(await ben.page.locator("li[data-seq] mark").innerText(), "@Ben");

  await ann.page.getByRole("button", { name: "Chat options" }).click();
  await ann.page.getByRole("menuitem", { name: "Rename" }).click();
  await ann.page.getByLabel("Name of the group").fill("Late lunch");
  await ann.page.getByRole("button", { name: "Rename" }).click();
  await ben.sees("Late lunch");
  await ben.page.getByRole("button", { name: "Chat options" }).click();
  await ben.page.getByRole("menuitem", { name: "Leave the group" }).click();
  await ben.page.getByRole("button", { name: "Leave", exact: true }).click();
  await ben.sees("No chats yet");
  await ann.sees("1 member");
  await ben.close();
  await ann.close();
});
