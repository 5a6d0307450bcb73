import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, test } from "node:test";
import { call, newUser } from "../harness/api.mjs";
import { openChromium } from "../harness/browsers.mjs";
import { until } from "../harness/person.mjs";

const chromium = await openChromium();
after(() => chromium.close());

test(
  "a series is marked, is saved for the calendar, and its invitations are sent and withdrawn",
  { timeout: 120_000 },
  async () => {
    const user = await newUser("Ana");
    const { data: meeting } = await call("POST", "/meetings", {
      token: user.token,
      body: {
        title: "Weekly planning",
        start_time: new Date(Date.now() + 86_400_000).toISOString(),
        recurrence: { rule: "FREQ=WEEKLY", time_zone: "UTC" },
      },
    });
    const invited = async () => {
      const { data } = await call("GET", `/meetings/${meeting.meeting_id}/invitations`, {
        token: user.token,
      });
      return data.map(({ email }) => email);
    };
    const ana = await chromium.person(1, "Ana", { width: 1280, height: 800 });
    await ana.signIn(user);
    const { page } = ana;
    await page.getByRole("img", { name: "Takes place again" }).waitFor();
    await page.getByRole("button", { name: "Details of Weekly planning" }).click();
    await ana.sees("Nobody is invited yet.");

    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("button", { name: "Add to calendar" }).click(),
    ]);
    assert.equal(download.suggestedFilename(), `${meeting.meeting_id}.ics`);
    const file = await readFile(await download.path(), "utf8");
    assert.match(file, /^BEGIN:VCALENDAR\r\n/);
    assert.match(file, /SUMMARY:Weekly planning/);
    assert.match(file, /RRULE:FREQ=WEEKLY/);

    await page.getByLabel("Invite by e-mail").fill("bo@example.org, cy@example.org");
    await page.getByRole("button", { name: "Send invitations" }).click();
    await page.getByRole("button", { name: "Withdraw the invitation of cy@example.org" }).waitFor();
    assert.deepEqual((await invited()).sort(), ["bo@example.org", "cy@example.org"]);
    await page.getByRole("button", { name: "Withdraw the invitation of bo@example.org" }).click();
    await ana.sees("bo@example.org is not invited any more.");
    await until("one invitation to be left", invited, (emails) => emails.join() === "cy@example.org");
  },
);
