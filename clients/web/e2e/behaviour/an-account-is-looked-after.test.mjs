import assert from "node:assert/strict";
import { after, test } from "node:test";
import { call, newUser, PASSWORD } from "../harness/api.mjs";
import { openChromium } from "../harness/browsers.mjs";
import { until } from "../harness/person.mjs";
import { url } from "../harness/system.mjs";

const chromium = await openChromium();
after(() => chromium.close());

const openAccount = async (person) => {
  await person.page.getByRole("button", { name: /^Account:/ }).click();
  await person.page.getByRole("menuitem", { name: "Account" }).click();
  await person.sees("Where you are signed in");
};

/** A picture as the browser makes one: larger than the server shows, smaller than it refuses. */
const picture = (person) =>
  person.evaluate(async () => {
    const canvas = Object.assign(document.createElement("canvas"), { width: 900, height: 600 });
    const paint = canvas.getContext("2d");
    paint.fillStyle = "#c81e1e";
    paint.fillRect(0, 0, 900, 600);
    const blob = await new Promise((done) => canvas.toBlob(done, "image/webp"));
    return [...new Uint8Array(await blob.arrayBuffer())];
  });

test("a picture is chosen, shown, and taken off", { timeout: 90_000 }, async () => {
  const user = await newUser("Ana");
  const ana = await chromium.person(1, "Ana");
  await ana.signIn(user);
  await openAccount(ana);

  const buffer = Buffer.from(await picture(ana));
  await ana.page
    .locator("input[type=file]")
    .setInputFiles({ name: "me.webp", mimeType: "image/webp", buffer });
  await ana.sees("Your picture is changed");
  const shown = await until("the picture to be shown", () =>
    ana.evaluate(() => {
      const image = document.querySelector("main img");
      return image?.complete && image.naturalWidth > 0 ? { src: image.src, width: image.naturalWidth } : null;
    }),
  );
  assert.equal(shown.width, 256);
  assert.match(shown.src, new RegExp(`/avatars/${user.id}/a_[0-9a-z]+\\.jpg$`));

  await ana.page.getByRole("button", { name: "Remove the picture" }).click();
  await until("the picture to be gone", () =>
    ana.evaluate(() => document.querySelector("main img") === null),
  );
  assert.equal((await fetch(shown.src)).status, 404);
  await ana.close();
});

test(
  "somebody signs out from elsewhere, changes the password, and deletes the account",
  { timeout: 120_000 },
  async () => {
    const user = await newUser("Bo");
    const here = await chromium.person(1, "Bo");
    const there = await chromium.person(2, "Bo");
    await there.signIn(user);
    await there.page.getByRole("button", { name: /^Account:/ }).waitFor();
    await here.signIn(user);
    await openAccount(here);

    // The test's own session, the other browser and this one.
    const rows = here.page.locator("section[aria-labelledby=sessions] li");
    await until(
      "three sessions",
      () => rows.count(),
      (count) => count === 3,
    );
    await rows
      .filter({ hasText: /Chrom/ })
      .filter({ hasNotText: "This one" })
      .getByRole("button")
      .first()
      .click();
    await here.sees("is signed out");
    await until(
      "two sessions",
      () => rows.count(),
      (count) => count === 2,
    );
    await there.page.goto(`${url()}/account`);
    await there.sees("Sign in to see your account");

    await here.page.getByLabel("Present password").fill(PASSWORD);
    await here.page.getByLabel("New password").fill("Better-horse-8");
    await here.page.getByRole("button", { name: "Change the password" }).click();
    await here.sees("Your password is changed");
    assert.equal((await call("GET", "/sessions", { token: user.token })).error, "auth.invalid");

    await here.page.getByRole("button", { name: "Delete the account" }).click();
    const confirm = here.page.getByLabel("Your password, to be sure it is you");
    await confirm.fill(PASSWORD);
    await here.page.getByRole("button", { name: "Delete for ever" }).click();
    await here.sees("The password is not right.");
    await confirm.fill("Better-horse-8");
    await here.page.getByRole("button", { name: "Delete for ever" }).click();
    await here.sees("Your account is deleted");
    const login = await call("POST", "/login", {
      body: { username: user.username, password: "Better-horse-8" },
    });
    assert.equal(login.error, "auth.credentials");
    await here.close();
    await there.close();
  },
);

test(
  "a forgotten password asks for the address, then for the code of the mail",
  { timeout: 60_000 },
  async () => {
    const user = await newUser("Chen");
    const chen = await chromium.person(1, "Chen");
    await chen.page.goto(`${url()}/sign-in`);
    await chen.page.getByRole("link", { name: "Forgot your password?" }).click();
    await chen.page.getByLabel("E-mail").fill(`${user.username}@example.org`);
    await chen.page.getByRole("button", { name: "Send the code" }).click();
    await chen.sees("a code is on its way");

    await chen.page.getByLabel("Code from the mail").fill("0000-0000");
    await chen.page.getByLabel("New password").fill("Better-horse-8");
    await chen.page.getByRole("button", { name: "Set the password" }).click();
    await chen.sees("This code is wrong or over.");
    await chen.close();
  },
);
