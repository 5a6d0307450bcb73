import assert from "node:assert/strict";
import { after, test } from "node:test";
import { newMeeting, newUser } from "../harness/api.mjs";
import { openChromium } from "../harness/browsers.mjs";
import { areTogether, gather, until } from "../harness/person.mjs";

const chromium = await openChromium();
after(() => chromium.close());

test(
  "four people in two rooms see, hear and read only their room, and all of them again afterwards, over one exchange",
  { timeout: 300_000 },
  async () => {
    const user = await newUser("Ana");
    const code = await newMeeting(user);
    const ana = await chromium.person(1, "Ana", { width: 1280, height: 800 });
    const bo = await chromium.person(2, "Bo");
    const cy = await chromium.person(3, "Cy");
    const di = await chromium.person(4, "Di");
    const all = [ana, bo, cy, di];
    await gather(code, user, ana, [bo, cy, di]);
    await areTogether(all);
    const before = await Promise.all(all.map((person) => person.counters()));

    const { page } = ana;
    await page.getByRole("button", { name: "More", exact: true }).click();
    await page.getByRole("menuitem", { name: "Breakout rooms" }).click();
    const place = async (name, room) => {
      await page.getByRole("button", { name: `Room of ${name}` }).click();
      await page.getByRole("option", { name: room, exact: true }).click();
    };
    await place("Bo", "Room 1");
    await place("Cy", "Room 2");
    await place("Di", "Room 2");
    // The rooms are open before the answer that says so is here: what is pressed meanwhile is done.
    let answer;
    const answered = new Promise((done) => (answer = done));
    await page.route(/\/breakouts$/, async (route) => {
      if (route.request().method() !== "POST") return route.continue();
      const response = await route.fetch();
      await answered;
      await route.fulfill({ response });
    });
    await page.getByRole("button", { name: "Open the rooms" }).click();
    await bo.sees("You are in Room 1");
    await cy.sees("You are in Room 2");
    await di.sees("You are in Room 2");
    await ana.isWith([], all);
    const first = page.getByRole("region", { name: "Room 1", exact: true });
    await first.getByRole("button", { name: "Go there" }).click();
    await ana.sees("You are in Room 1");
    answer();
    await areTogether([ana, bo], [cy, di]);

    await bo.evaluate(() => window.parleyTest.meeting.chat.send("for room one"));
    await cy.evaluate(() => window.parleyTest.meeting.chat.send("for room two"));
    const chats = (person) =>
      person.evaluate(() => window.parleyTest.meeting.chat.messages.map(({ text }) => text));
    await until(
      "Ana to read Bo",
      () => chats(ana),
      (texts) => texts.includes("for room one"),
    );
    await until(
      "Di to read Cy",
      () => chats(di),
      (texts) => texts.includes("for room two"),
    );
    assert.deepEqual(await chats(ana), ["for room one"]);
    assert.deepEqual(await chats(di), ["for room two"]);

    await page.getByLabel("Message to all rooms").fill("Five minutes left");
    await page.getByRole("button", { name: "Send to all" }).click();
    for (const person of [bo, cy, di]) await person.sees("Ana to everyone: Five minutes left");

    // Di moves to the other room, and goes back to the main room by themselves.
    await place("Di", "Room 1");
    await di.sees("You are in Room 1");
    await areTogether([ana, bo, di], [cy]);
    await di.page.getByRole("button", { name: "Back to the main room" }).click();
    await di.isWith([], all);
    await di.sees("You belong to Room 1");

    // Who comes back is where they were.
    await cy.page.reload();
    await cy.pressJoin();
    await cy.isIn();
    await cy.sees("You are in Room 2");

    await page.getByRole("button", { name: "Close in 60 seconds" }).click();
    await bo.sees("The rooms close in");
    await page.getByRole("button", { name: "Close the rooms now" }).click();
    await areTogether(all);
    for (const [index, person] of all.entries()) {
      if (person === cy) continue;
      const now = await person.counters();
      assert.equal(now.negotiationNeeded, 0, `${person.name}: negotiationneeded`);
      assert.equal(
        now.setRemoteDescription - before[index].setRemoteDescription,
        0,
        `${person.name}: setRemoteDescription`,
      );
      assert.equal(now.exchanges, 1, `${person.name}: exchanges`);
    }
  },
);
