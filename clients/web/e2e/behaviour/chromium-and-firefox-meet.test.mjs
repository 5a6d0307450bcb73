import assert from "node:assert/strict";
import { after, test } from "node:test";
import { newMeeting, newUser } from "../harness/api.mjs";
import { openChromium, openFirefox } from "../harness/browsers.mjs";
import { gather } from "../harness/person.mjs";
import { toneOf } from "../harness/synthetic.mjs";

const [chromium, firefox] = await Promise.all([openChromium(), openFirefox(toneOf(2))]);
after(async () => {
  await chromium.close();
  await firefox.close();
});

test("Chromium and Firefox see and hear each other", { timeout: 240_000 }, async () => {
  const user = await newUser("Ana");
  const code = await newMeeting(user);
  const ana = await chromium.person(1, "Ana");
  const fox = await firefox.person(2, "Fox");
  await gather(code, user, ana, [fox]);
  await Promise.all([
    ana.seesMoving(fox, { timeoutMillis: 90_000 }),
    fox.seesMoving(ana, { timeoutMillis: 90_000 }),
  ]);
  await ana.hears([fox.tone], [ana.tone]);
  await fox.hears([ana.tone], [fox.tone]);
  assert.equal((await fox.counters()).negotiationNeeded, 0);
});
