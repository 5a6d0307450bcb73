import assert from "node:assert/strict";
import { after, test } from "node:test";
import { call, newMeeting, newUser } from "../harness/api.mjs";
import { openChromium } from "../harness/browsers.mjs";
import { until } from "../harness/person.mjs";

const chromium = await openChromium();
after(() => chromium.close());

const box = (person) => person.page.getByRole("combobox", { name: "Search messages, files and meetings" });
const group = (person, name) => person.page.getByRole("group", { name });

/** Asks again until the index has heard of what was just written. */
const finds = (person, words, option) =>
  until(`${person.name} to find ${option} by "${words}"`, async () => {
    await box(person).fill("");
    await box(person).fill(words);
    await person.page.getByRole("option", { name: option }).first().waitFor({ timeout: 3_000 });
    return true;
  });

async function chatOf(one, other) {
  const body = { kind: "direct", user_id: other.id };
  const { data } = await call("POST", "/conversations", { body, token: one.token });
  return data.conversation_id;
}
const say = (user, chat, name, text) =>
  call("POST", `/conversations/${chat}/messages`, { body: { client_msg_id: name, text }, token: user.token });

test(
  "by keys alone, in English and Chinese, each result leads to its place",
  { timeout: 240_000 },
  async () => {
    const [annUser, benUser] = [await newUser("Ann"), await newUser("Ben")];
    const chat = await chatOf(annUser, benUser);
    await say(annUser, chat, "first", "The harbour plan: 季度预算已更新");
    for (let i = 0; i < 56; i++) await say(i % 2 ? annUser : benUser, chat, `m${i}`, `line ${i}`);
    const code = await newMeeting(benUser, { title: "Harbour review 季度回顾" });

    const ben = await chromium.person(2, "Ben");
    await ben.signIn(benUser, `?then=/chats/${chat}`);
    await ben.page.locator("form textarea").waitFor();
    await ben.page.locator("form input[type=file]").setInputFiles({
      name: "harbour 季度.txt",
      mimeType: "text/plain",
      buffer: Buffer.from("depths and tides"),
    });
    await ben.page.locator("form textarea").fill("sent");
    await ben.page.keyboard.press("Enter");
    await ben.page.getByRole("button", { name: "Save harbour 季度.txt" }).waitFor({ timeout: 60_000 });

    await ben.page.keyboard.press("Control+k");
    await box(ben).waitFor();
    await finds(ben, "季度预算", /The harbour plan/);
    await ben.page.keyboard.press("Enter");
    await ben.page.locator("li[data-found]").filter({ hasText: "The harbour plan" }).waitFor();
    assert.match(new URL(ben.page.url()).pathname, /^\/chats\/d_[\w-]+\/1$/);

    await ben.page.keyboard.press("Control+k");
    await finds(ben, "HARB", /Harbour review/);
    for (const name of ["Messages", "Files", "Meetings"]) await group(ben, name).waitFor();
    assert.equal(await group(ben, "Meetings").locator("mark").first().innerText(), "Harb");
    const last = ben.page.getByRole("option").last();
    await ben.page.keyboard.press("ArrowUp");
    assert.equal(await last.getAttribute("aria-selected"), "true");
    assert.equal(await box(ben).getAttribute("aria-activedescendant"), await last.getAttribute("id"));
    await ben.page.keyboard.press("Enter");
    await until(
      "the meeting's page",
      () => new URL(ben.page.url()).pathname,
      (path) => path === `/m/${code}`,
    );

    await ben.page.goBack();
    await ben.page.getByRole("button", { name: "Search", exact: true }).click();
    await finds(ben, "harbour txt", /harbour 季度.txt/);
    await group(ben, "Files").getByRole("option").first().click();
    await ben.page.getByRole("heading", { name: "harbour 季度.txt" }).waitFor();
    await ben.page.getByRole("button", { name: "Save harbour 季度.txt" }).waitFor();

    await ben.page.locator("body").click({ position: { x: 5, y: 400 } });
    await ben.page.keyboard.press("/");
    await box(ben).fill("no such thing anywhere");
    await ben.sees("Nothing found for");
    await ben.page.keyboard.press("Escape");
    await box(ben).waitFor({ state: "detached" });
    await ben.close();
  },
);

test("who left a group, and who was never in it, find nothing of it", { timeout: 180_000 }, async () => {
  const [annUser, benUser, eveUser] = [await newUser("Ann"), await newUser("Ben"), await newUser("Eve")];
  const made = await call("POST", "/conversations", {
    body: { kind: "group", title: "Harbour", user_ids: [benUser.id] },
    token: annUser.token,
  });
  const id = made.data.conversation_id;
  await say(annUser, id, "k1", "lighthouse keys are under the mat");
  const code = await newMeeting(annUser, { title: "Lighthouse keeping" });
  const found = async (user, kind = "") => {
    const { data } = await call("GET", `/search${kind}?q=lighthouse`, { token: user.token });
    return data.list.length;
  };
  await until(
    "Ben to find the message",
    () => found(benUser),
    (count) => count === 1,
  );
  assert.equal(await found(annUser, "/meetings"), 1);
  assert.equal(await found(eveUser), 0);
  for (const user of [benUser, eveUser]) assert.equal(await found(user, "/meetings"), 0);
  const asked = await call("GET", `/search/meetings?q=${code}`, { token: eveUser.token });
  assert.deepEqual(asked.data.list, []);
  const left = await call("DELETE", `/conversations/${id}/members/${benUser.id}`, { token: benUser.token });
  assert.equal(left.status, 200);
  assert.equal(await found(benUser), 0);
});
