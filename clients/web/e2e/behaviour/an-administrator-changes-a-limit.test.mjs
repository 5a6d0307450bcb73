import assert from "node:assert/strict";
import { after, test } from "node:test";
import { call, loginAfterChange, newUser } from "../harness/api.mjs";
import { openChromium } from "../harness/browsers.mjs";
import { until } from "../harness/person.mjs";
import { makeAdmin, url } from "../harness/system.mjs";

const chromium = await openChromium();
after(() => chromium.close());

test(
  "what an administrator changes holds within seconds, and is set back",
  { timeout: 120_000 },
  async () => {
    const host = await newUser("Bo");
    const root = await newUser("Ana");
    makeAdmin(root.username);
    await loginAfterChange(root.username);
    const plan = (people) =>
      call("POST", "/meetings", { token: host.token, body: { title: "Small", max_participants: people } });
    assert.equal((await plan(950)).status, 201);

    const ana = await chromium.person(1, "Ana", { width: 1280, height: 800 });
    await ana.signIn(root, "?then=/admin");
    const { page } = ana;
    await page.getByRole("link", { name: "Limits" }).click();
    const people = page.getByLabel("People in a meeting planned from now on");
    await people.fill("5000");
    await ana.sees("2 to 1000, usually 1000");
    const row = page.getByRole("listitem").filter({ has: people });
    assert.ok(await row.getByRole("button", { name: "Change" }).isDisabled());
    await people.fill("900");
    await row.getByRole("button", { name: "Change" }).click();
    await ana.sees("Changed: People in a meeting planned from now on");
    await until(
      "the limit to hold",
      () => plan(950),
      ({ status, error }) => status === 400 && error === "meeting.max_participants",
    );
    await row.getByRole("button", { name: "Back to the usual" }).click();
    await until(
      "the usual limit to hold",
      () => plan(950),
      ({ status }) => status === 201,
    );
    await page.goto(`${url()}/admin/audit`);
    await ana.sees("limits.change");
  },
);
