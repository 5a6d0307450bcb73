import assert from "node:assert/strict";
import { after, test } from "node:test";
import { call, loginAfterChange, newMeeting, newUser } from "../harness/api.mjs";
import { violations } from "../harness/axe.mjs";
import { openChromium } from "../harness/browsers.mjs";
import { makeAdmin, url } from "../harness/system.mjs";

const chromium = await openChromium();
after(() => chromium.close());

/** Holds that a screen has no violation, light and dark. */
async function check(person, screen) {
  for (const colorScheme of ["light", "dark"]) {
    await person.page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    assert.deepEqual(await violations(person.page), [], `${screen}, ${colorScheme}`);
  }
}

test("axe finds no violation on any screen, light and dark", { timeout: 300_000 }, async () => {
  const user = await newUser("Ana");
  makeAdmin(user.username);
  user.token = (await loginAfterChange(user.username)).token;
  const code = await newMeeting(user);
  await newMeeting(user, { title: "Planned", password: "x", settings: { require_approval: true } });
  const other = await newUser("Bo");
  const begun = { kind: "direct", user_id: user.id };
  const chat = await call("POST", "/conversations", { body: begun, token: other.token });
  const said = { client_msg_id: "1", text: "See you at ten: https://example.org" };
  const { conversation_id: id } = chat.data;
  await call("POST", `/conversations/${id}/messages`, { body: said, token: other.token });
  const ana = await chromium.person(1, "Ana");
  for (const path of [
    "/",
    "/sign-in",
    "/sign-up",
    "/forgot-password",
    "/reset-password",
    "/account",
    `/m/${code}`,
    "/nowhere",
  ]) {
    await ana.page.goto(url() + path, { waitUntil: "networkidle" });
    await check(ana, path);
  }
  await ana.signIn(user);
  await ana.page.getByRole("button", { name: "Cancel Planned" }).waitFor();
  await check(ana, "home, signed in");
  await ana.page.getByRole("button", { name: "Details of Planned" }).click();
  await ana.page.getByText("Nobody is invited yet.").waitFor();
  await check(ana, "invitations");
  await ana.page.keyboard.press("Escape");
  await ana.page.getByRole("button", { name: "Account: Ana" }).click();
  await ana.page.getByRole("menuitem", { name: "Account" }).click();
  await ana.page.getByText("Chrom", { exact: false }).first().waitFor();
  await check(ana, "account");
  await ana.page.getByRole("button", { name: "Delete the account" }).click();
  await ana.page.getByLabel("Your password, to be sure it is you").waitFor();
  await check(ana, "deleting the account");
  await ana.page.keyboard.press("Escape");
  await ana.page.goto(url());
  await ana.page.getByRole("button", { name: "Plan a meeting" }).click();
  await ana.page.getByLabel("Title").waitFor();
  await check(ana, "planning");
  for (const area of ["users", "meetings", "nodes", "limits", "audit"]) {
    await ana.page.goto(`${url()}/admin/${area}`, { waitUntil: "networkidle" });
    await ana.page.waitForSelector("main section li, main section p");
    await check(ana, `admin ${area}`);
  }
  await ana.page.goto(`${url()}/chats`);
  await ana.page.getByRole("link", { name: /Bo/ }).waitFor();
  await check(ana, "chats");
  await ana.page.getByRole("link", { name: /Bo/ }).click();
  await ana.page.getByText("See you at ten").last().waitFor();
  await ana.page.locator("form textarea").fill("@b");
  await ana.page.getByRole("option", { name: "Bo" }).waitFor();
  await check(ana, "a chat");
  await ana.page.getByRole("button", { name: "New chat" }).click();
  await ana.page.getByText("Group", { exact: true }).click();
  await check(ana, "a new chat");
  await ana.page.goto(`${url()}/notifications`);
  await ana.page.getByRole("heading", { name: "Notifications" }).waitFor();
  await ana.page
    .getByText("sent you a message")
    .or(ana.page.getByText("Nothing you missed"))
    .first()
    .waitFor();
  await check(ana, "notifications");
  await ana.page.getByRole("link", { name: "How you are told" }).click();
  await ana.page.getByText("Nothing was sent yet").waitFor();
  await check(ana, "how one is told");
  await ana.page.goto(`${url()}/files`);
  await ana.page.getByText("No files yet").or(ana.page.getByText("notes.txt")).first().waitFor();
  await check(ana, "files");
  await ana.page.locator("main input[type=file]").setInputFiles({
    name: "notes.txt",
    mimeType: "text/plain",
    buffer: Buffer.from("Read them before we begin."),
  });
  await ana.page.getByRole("button", { name: "Push notes.txt to devices" }).waitFor();
  await check(ana, "files, with one");
  await ana.page.getByRole("button", { name: "Push notes.txt to devices" }).click();
  await ana.page.getByRole("button", { name: "Push the file" }).waitFor();
  await check(ana, "pushing a file");
  await ana.page.getByLabel("User name or e-mail").fill(other.username);
  await ana.page.getByRole("dialog").getByRole("button", { name: "Add" }).click();
  await ana.page.getByRole("button", { name: "Remove Bo" }).waitFor();
  await ana.page.getByRole("button", { name: "Push the file" }).click();
  await ana.page.getByRole("button", { name: "Call back" }).waitFor();
  await check(ana, "a push");
  await ana.page.keyboard.press("Control+k");
  await ana.page.getByRole("combobox").waitFor();
  await check(ana, "search");
  await ana.page.getByRole("combobox").fill("planned");
  await ana.page.getByRole("option", { name: /Planned/ }).waitFor();
  await check(ana, "found meetings");
  await ana.page.getByRole("combobox").fill("notes");
  await ana.page
    .getByRole("option", { name: /notes.txt/ })
    .first()
    .waitFor();
  await check(ana, "found files");
  await ana.page.getByRole("combobox").fill("nothing that is there");
  await ana.page.getByText("Nothing found for").waitFor();
  await check(ana, "nothing found");
  await ana.page.getByRole("combobox").fill("notes");
  await ana.page
    .getByRole("option", { name: /notes.txt/ })
    .first()
    .click();
  await ana.page.getByRole("heading", { name: "notes.txt" }).waitFor();
  await check(ana, "a file");
  await ana.page.goto(`${url()}/webhooks`);
  await ana.page.getByRole("button", { name: "Add a webhook" }).click();
  await ana.page.getByLabel("Address").fill("http://127.0.0.1:9/hook");
  await check(ana, "a new webhook");
  await ana.page.getByRole("button", { name: "Add the webhook" }).click();
  await ana.page.getByLabel("Secret", { exact: true }).waitFor();
  await check(ana, "a webhook's secret");
  await ana.page.getByRole("button", { name: "I have it" }).click();
  await ana.page.getByRole("button", { name: "Send a test" }).click();
  await ana.page
    .getByRole("button", { name: /^Details of Test/ })
    .first()
    .click();
  await ana.page.getByText("webhook_id").waitFor();
  await check(ana, "a delivery");
  await ana.page.keyboard.press("Escape");
  await check(ana, "a webhook");
  await ana.page.goto(`${url()}/webhooks`);
  await ana.page
    .getByRole("link", { name: /127.0.0.1/ })
    .first()
    .waitFor();
  await check(ana, "webhooks");
  await ana.page.goto(`${url()}/account`);
  await ana.page.getByRole("button", { name: "Register a device" }).click();
  await ana.page.getByLabel("Name", { exact: true }).last().fill("Meter");
  await check(ana, "registering a device");
  await ana.page.getByRole("dialog").getByRole("button", { name: "Register a device" }).click();
  await ana.page.getByLabel("Credential", { exact: true }).waitFor();
  await check(ana, "a device's credential");
  await ana.page.goto(`${url()}/m/${code}?diagnostics=1`);
  await ana.pressJoin();
  await ana.isIn();
  await check(ana, "meeting");
  for (const panel of ["Chat", "People"]) {
    await ana.pressNamed(panel);
    await ana.page.waitForSelector(`aside[aria-label="${panel}"]`);
    if (panel === "Chat") {
      await ana.page.locator("form textarea").fill("Hello");
      await ana.page.keyboard.press("Enter");
      await ana.page.locator("li[data-seq]").first().waitFor();
    }
    await check(ana, panel);
  }
  await ana.pressNamed("More");
  await ana.page.getByRole("menuitem", { name: "Breakout rooms" }).click();
  await ana.page.waitForSelector('aside[aria-label="Breakout rooms"]');
  await check(ana, "breakout rooms");
  await ana.page.getByRole("button", { name: "Open the rooms" }).click();
  await ana.page.getByRole("button", { name: "Close the rooms now" }).waitFor();
  await check(ana, "open breakout rooms");
  await ana.page.getByRole("button", { name: "Close the rooms now" }).click();
  await ana.page.getByRole("button", { name: "Open the rooms" }).waitFor();
  await ana.pressNamed("More");
  await ana.page.getByRole("menuitem", { name: "Polls" }).click();
  await ana.page.getByRole("button", { name: "Ask something" }).click();
  await ana.page.getByLabel("Question").fill("Lunch?");
  await check(ana, "asking a poll");
  await ana.page.getByLabel("Answer 1").fill("Now");
  await ana.page.getByLabel("Answer 2").fill("Later");
  await ana.page.getByRole("button", { name: "Start the poll" }).click();
  await ana.page.getByRole("button", { name: "Close the poll" }).waitFor();
  await check(ana, "an open poll");
  await ana.page.keyboard.press("?");
  await ana.page.waitForSelector("[role=dialog]");
  await check(ana, "shortcuts");
  await ana.leave();
  await ana.sees("You left the meeting");
  await check(ana, "after");
  await ana.close();
});
