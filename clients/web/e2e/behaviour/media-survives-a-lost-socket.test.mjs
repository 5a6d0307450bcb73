import { after, test } from "node:test";
import { newMeeting, newUser } from "../harness/api.mjs";
import { openChromium } from "../harness/browsers.mjs";
import { gather, until } from "../harness/person.mjs";

const chromium = await openChromium();
after(() => chromium.close());

const LOST_MILLIS = 30_000;

test(
  "30 seconds without the signaling socket interrupt no media; chat waits and is delivered",
  { timeout: 240_000 },
  async () => {
    const user = await newUser("Ana");
    const code = await newMeeting(user);
    const ana = await chromium.person(1, "Ana");
    const bo = await chromium.person(2, "Bo");
    await gather(code, user, ana, [bo]);
    await ana.seesMoving(bo);
    await until(
      "Bo's socket",
      () => bo.evaluate(() => window.parleyTest.meeting.connection.signaling),
      (s) => s === "open",
    );

    await bo.evaluate(() => window.testSockets.cut());
    await bo.sees("You are still heard. Chat waits for the connection.");
    await bo.evaluate(() => void window.parleyTest.meeting.chat.send("written while away"));
    const end = Date.now() + LOST_MILLIS;
    while (Date.now() < end) {
      await ana.seesMoving(bo, { timeoutMillis: 5_000 });
      await bo.seesMoving(ana, { timeoutMillis: 5_000 });
      await ana.hears([bo.tone], [ana.tone], 5_000);
      await bo.hears([ana.tone], [bo.tone], 5_000);
    }
    await bo.evaluate(() => window.testSockets.heal());
    await until(
      "Bo's message at Ana's",
      () => ana.evaluate(() => window.parleyTest.meeting.chat.messages.map((message) => message.text)),
      (texts) => texts.includes("written while away"),
      45_000,
    );
    await ana.seesMoving(bo);
  },
);
