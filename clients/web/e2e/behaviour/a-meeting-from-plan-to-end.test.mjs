import assert from "node:assert/strict";
import { createHash, randomBytes } from "node:crypto";
import { createReadStream } from "node:fs";
import { after, test } from "node:test";
import { newUser, PASSWORD } from "../harness/api.mjs";
import { openChromium } from "../harness/browsers.mjs";
import { areTogether, until } from "../harness/person.mjs";
import { url } from "../harness/system.mjs";

const chromium = await openChromium();
after(() => chromium.close());

/** Somebody who comes by links: the pages that they open show the test what is inside. */
async function newcomer(number, name, size) {
  const person = await chromium.person(number, name, size);
  await person.page.addInitScript(() => (window.parleyTest = {}));
  return person;
}

async function signUp({ page, name }) {
  await page.goto(`${url()}/sign-up`);
  await page.getByLabel("User name").fill(`w_${randomBytes(6).toString("hex")}`);
  await page.getByLabel("E-mail").fill(`${randomBytes(6).toString("hex")}@example.org`);
  await page.getByLabel("Name shown to others").fill(name);
  await page.getByLabel("Password").fill(PASSWORD);
  await page.getByRole("button", { name: "Create account" }).click();
  await page.getByRole("button", { name: `Account: ${name}` }).waitFor({ timeout: 60_000 });
}

/** Finds the invitation among this machine's mail, and follows its link. */
async function followMail({ page, name }, address) {
  const letter = page.getByRole("listitem").filter({ hasText: `<${address}>` });
  await until(
    `${name}'s invitation in the mail`,
    async () => {
      await page.goto(`${url()}/local/mail`);
      return letter.count();
    },
    (count) => count === 1,
    90_000,
  );
  await letter.getByRole("link", { name: "Invitation: Launch" }).click();
  await page.getByRole("link", { name: /\/m\// }).click();
}

async function savedBy({ page }, name) {
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: `Save ${name}` }).click(),
  ]);
  const hash = createHash("sha256");
  for await (const piece of createReadStream(await download.path())) hash.update(piece);
  return hash.digest("hex");
}

const choose = async ({ page }, item) => {
  await page.getByRole("button", { name: "More", exact: true }).click();
  await page.getByRole("menuitem", { name: item }).click();
};

test(
  "a meeting is planned; people come by its mail, wait, write, save, vote, part, and all see its end",
  { timeout: 300_000 },
  async () => {
    const ana = await newcomer(1, "Ana", { width: 1280, height: 800 });
    const bo = await newcomer(2, "Bo");
    const cy = await newcomer(3, "Cy");
    const all = [ana, bo, cy];
    const { page } = ana;
    const [forBo, forCy] = ["bo", "cy"].map((who) => `${who}-${randomBytes(6).toString("hex")}@example.org`);

    await signUp(ana);
    await page.getByRole("button", { name: "Plan a meeting" }).click();
    await page.getByLabel("Title").fill("Launch");
    await page.getByLabel("Invite by e-mail").fill(`${forBo}, ${forCy}`);
    await page.getByText("Ask before people join").click();
    await page.getByRole("button", { name: "Plan the meeting" }).click();
    await ana.sees("2 invitations are on their way.");
    await page.getByRole("button", { name: "Done" }).click();

    // Bo has an account and is expected; Cy comes as a guest, whom the link alone does not let in.
    const start = async () => {
      await page.getByRole("button", { name: "Start Launch" }).click();
      await ana.sees("You join as Ana");
      await ana.pressJoin();
      await ana.isIn();
    };
    const boComes = async () => {
      const account = await newUser("Bo");
      await followMail(bo, forBo);
      await bo.page.getByRole("button", { name: "Sign in" }).click();
      await bo.fillSignIn(account);
      await bo.sees("You join as Bo");
    };
    const cyComes = async () => {
      await followMail(cy, forCy);
      await cy.sees("You join as a guest");
    };
    await Promise.all([start(), boComes(), cyComes()]);
    await Promise.all([bo.pressJoin(), cy.pressJoin()]);
    await bo.isIn();
    await cy.sees("Waiting to be let in");
    await ana.pressNamed("People");
    await page.getByRole("button", { name: "Let in" }).click();
    await cy.isIn();
    await areTogether(all);

    const plan = randomBytes(300_000);
    await ana.pressNamed("Chat");
    await page.locator("form input[type=file]").setInputFiles({
      name: "plan.bin",
      mimeType: "application/octet-stream",
      buffer: plan,
    });
    await page.locator("form textarea").fill("The plan, to be read by ten");
    await page.keyboard.press("Enter");
    for (const person of [bo, cy]) {
      await person.pressNamed("Chat");
      await person.sees("The plan, to be read by ten", 60_000);
      assert.equal(await savedBy(person, "plan.bin"), createHash("sha256").update(plan).digest("hex"));
    }
    await cy.page.locator("form textarea").fill("Got it");
    await cy.page.keyboard.press("Enter");
    await ana.sees("Got it");

    await choose(ana, "Polls");
    await page.getByRole("button", { name: "Ask something" }).click();
    await page.getByLabel("Question").fill("Lunch?");
    await page.getByLabel("Answer 1").fill("Now");
    await page.getByLabel("Answer 2").fill("Later");
    await page.getByRole("button", { name: "Start the poll" }).click();
    for (const person of [bo, cy]) {
      await choose(person, "Polls");
      await person.page.getByRole("radio", { name: "Later" }).check();
      await person.page.getByRole("button", { name: "Vote" }).click();
    }
    await ana.sees("2 votes");
    await page.getByRole("button", { name: "Close the poll" }).click();
    for (const person of all) await person.page.getByRole("img", { name: "Later: 2 of 2" }).waitFor();

    await choose(ana, "Breakout rooms");
    for (const [name, room] of [
      ["Bo", "Room 1"],
      ["Cy", "Room 2"],
    ]) {
      await page.getByRole("button", { name: `Room of ${name}` }).click();
      await page.getByRole("option", { name: room, exact: true }).click();
    }
    await page.getByRole("button", { name: "Open the rooms" }).click();
    await bo.sees("You are in Room 1");
    await cy.sees("You are in Room 2");
    await page
      .getByRole("region", { name: "Room 1", exact: true })
      .getByRole("button", { name: "Go there" })
      .click();
    await ana.sees("You are in Room 1");
    await areTogether([ana, bo], [cy]);
    await page.getByRole("button", { name: "Close the rooms now" }).click();
    await areTogether(all);

    await page.getByRole("button", { name: "Leave", exact: true }).click();
    await page.getByRole("menuitem", { name: "End meeting for everyone" }).click();
    for (const person of all) await person.sees("The meeting has ended");
    await page.getByRole("button", { name: "Back to start" }).click();
    await page.getByRole("tab", { name: "Past" }).click();
    await page.getByRole("link", { name: /Launch/ }).waitFor();
  },
);
