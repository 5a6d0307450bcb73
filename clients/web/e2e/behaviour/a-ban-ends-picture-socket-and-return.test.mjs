import assert from "node:assert/strict";
import { after, test } from "node:test";
import { call, join, newMeeting, newUser } from "../harness/api.mjs";
import { openChromium } from "../harness/browsers.mjs";
import { until } from "../harness/person.mjs";
import { makeAdmin, url } from "../harness/system.mjs";

const chromium = await openChromium();
after(() => chromium.close());

test(
  "an admin bans a user mid-meeting: their picture leaves, their socket closes, they cannot return",
  { timeout: 240_000 },
  async () => {
    const host = await newUser("Ana");
    const troll = await newUser("Eve");
    const root = await newUser("Root");
    makeAdmin(root.username);
    const code = await newMeeting(host);
    const ana = await chromium.person(1, "Ana");
    const eve = await chromium.person(2, "Eve");
    const admin = await chromium.person(3, "Root");
    await ana.joinAs(host, code);
    await ana.isIn();
    await eve.joinAs(troll, code);
    await eve.isIn();
    await ana.seesMoving(eve);
    await eve.evaluate(() => {
      window.testClosed = [];
      for (const socket of window.testSockets.all()) {
        socket.addEventListener("close", () => window.testClosed.push(socket.url));
      }
    });
    assert.ok((await eve.evaluate(() => window.testSockets.all().length)) > 0);

    await admin.signIn(root, "?then=/admin");
    await admin.page.getByLabel("Search by name or e-mail").fill(troll.username);
    await admin.page.getByRole("main").getByRole("button", { name: "Search", exact: true }).click();
    await admin.page.getByRole("button", { name: "Ban Eve" }).click();
    await admin.page.getByLabel("Reason").fill("Disturbs meetings");
    await admin.page.getByRole("dialog").getByRole("button", { name: "Ban" }).click();
    await admin.sees("Eve is banned");

    assert.equal((await call("GET", "/profile", { token: troll.token })).error, "auth.revoked");
    await until(
      "Eve to be gone from Ana's stage",
      () => ana.pictures(),
      (all) => all.every((picture) => picture.name !== "Eve"),
      10_000,
    );
    await until(
      "Eve's socket to be closed",
      () => eve.evaluate(() => window.testClosed.length),
      (closed) => closed > 0,
      10_000,
    );
    assert.equal((await join(code, troll.token)).error, "auth.revoked");
    const again = await call("POST", "/login", {
      body: { username: troll.username, password: "Correct-horse-7" },
    });
    assert.equal(again.error, "user.banned");
    await eve.page.goto(`${url()}/m/${code}`);
    await eve.page.goto(`${url()}/sign-in`);
    await eve.signIn(troll);
    await eve.sees("This account is suspended.");

    await admin.page.getByRole("link", { name: "Audit log" }).click();
    await admin.sees("account.ban");
    await admin.sees("Disturbs meetings");
    await admin.page.getByRole("button", { name: "Check the log" }).click();
    await admin.sees("The log holds");
    await ana.isIn();
  },
);
