import { after, test } from "node:test";
import { newMeeting, newUser } from "../harness/api.mjs";
import { openChromium } from "../harness/browsers.mjs";
import { gather } from "../harness/person.mjs";

const chromium = await openChromium();
after(() => chromium.close());

test(
  "who comes late sees all cameras and the screen that was shared before",
  { timeout: 180_000 },
  async () => {
    const user = await newUser("Ana");
    const code = await newMeeting(user);
    const ana = await chromium.person(1, "Ana");
    const bo = await chromium.person(2, "Bo");
    await gather(code, user, ana, [bo]);
    await ana.pressNamed("Share screen");
    await bo.seesMoving(ana, { source: "screen" });

    const late = await chromium.person(3, "Late");
    await late.joinAsGuest(code);
    await late.isIn();
    await late.seesMoving(ana, { source: "screen" });
    await late.seesMoving([ana, bo]);
    await late.hears([ana.tone, bo.tone], [late.tone]);
    await bo.seesMoving(late);
  },
);
