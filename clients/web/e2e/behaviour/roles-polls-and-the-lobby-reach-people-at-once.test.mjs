import assert from "node:assert/strict";
import { after, test } from "node:test";
import { newMeeting, newUser } from "../harness/api.mjs";
import { openChromium } from "../harness/browsers.mjs";
import { gather, until } from "../harness/person.mjs";

const chromium = await openChromium();
after(() => chromium.close());

test(
  "a viewer is silenced and may speak again, a poll is asked, voted on and read, over one exchange",
  { timeout: 180_000 },
  async () => {
    const user = await newUser("Ana");
    const code = await newMeeting(user);
    const ana = await chromium.person(1, "Ana", { width: 1280, height: 800 });
    const bo = await chromium.person(2, "Bo", { width: 1280, height: 800 });
    await gather(code, user, ana, [bo]);
    await ana.seesMoving(bo);
    await ana.hears([bo.tone], [ana.tone]);

    await ana.pressNamed("People");
    const give = async (role) => {
      await ana.page.getByRole("button", { name: "Acts for Bo" }).click();
      await ana.page.getByRole("menuitem", { name: role }).click();
    };
    await give("Make viewer");
    await ana.hearsNoMore(bo.tone);
    await until(
      "Bo to know",
      () => bo.evaluate(() => window.parleyTest.meeting.role),
      (role) => role === "viewer",
    );
    await give("Make participant");
    await until(
      "Bo to know",
      () => bo.evaluate(() => window.parleyTest.meeting.role),
      (role) => role === "guest",
    );
    await bo.pressNamed("Turn microphone on");
    await ana.hears([bo.tone], [ana.tone]);

    const polls = async ({ page }) => {
      await page.getByRole("button", { name: "More", exact: true }).click();
      await page.getByRole("menuitem", { name: "Polls" }).click();
    };
    await polls(bo);
    await bo.sees("No polls yet");
    await polls(ana);
    await ana.page.getByRole("button", { name: "Ask something" }).click();
    await ana.page.getByLabel("Question").fill("Lunch?");
    await ana.page.getByLabel("Answer 1").fill("Now");
    await ana.page.getByLabel("Answer 2").fill("Later");
    await ana.page.getByRole("button", { name: "Start the poll" }).click();
    await bo.sees("Lunch?");
    await bo.page.getByRole("radio", { name: "Later" }).check();
    await bo.page.getByRole("button", { name: "Vote" }).click();
    await bo.sees("1 vote");
    await ana.page.getByRole("button", { name: "Close the poll" }).click();
    await bo.page.getByRole("img", { name: "Later: 1 of 1" }).waitFor();

    for (const person of [ana, bo]) {
      const now = await person.counters();
      assert.equal(now.negotiationNeeded, 0, `${person.name}: negotiationneeded`);
      assert.equal(now.exchanges, 1, `${person.name}: exchanges`);
    }
  },
);

test("who waits hears at once whether they come in", { timeout: 120_000 }, async () => {
  const user = await newUser("Cy");
  const code = await newMeeting(user, { settings: { require_approval: true } });
  const cy = await chromium.person(3, "Cy", { width: 1280, height: 800 });
  const di = await chromium.person(4, "Di");
  const ed = await chromium.person(5, "Ed");
  await cy.joinAs(user, code);
  await cy.isIn();
  await Promise.all([di, ed].map((guest) => guest.joinAsGuest(code)));
  for (const guest of [di, ed]) await guest.sees("Waiting to be let in");
  await cy.pressNamed("People");
  const row = (name) => cy.page.getByRole("listitem").filter({ hasText: name });
  await row("Ed").getByRole("button", { name: "Refuse" }).click();
  await ed.sees("The host did not let you in");
  await row("Di").getByRole("button", { name: "Let in" }).click();
  await di.isIn();
  await cy.seesMoving(di);
});
