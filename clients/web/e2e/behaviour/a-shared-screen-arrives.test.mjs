import { after, test } from "node:test";
import { newMeeting, newUser } from "../harness/api.mjs";
import { openChromium } from "../harness/browsers.mjs";
import { gather, until } from "../harness/person.mjs";

const chromium = await openChromium();
after(() => chromium.close());

test(
  "a shared screen arrives with its sound, beside the camera, and goes when sharing stops",
  { timeout: 180_000 },
  async () => {
    const user = await newUser("Ana");
    const code = await newMeeting(user);
    const ana = await chromium.person(1, "Ana");
    const bo = await chromium.person(2, "Bo");
    await gather(code, user, ana, [bo]);
    await bo.seesMoving(ana);

    await ana.pressNamed("Share screen");
    await bo.seesMoving(ana, { source: "screen" });
    await bo.seesMoving(ana);
    await bo.hears([ana.tone, ana.screenTone], [bo.tone]);

    await ana.pressNamed("Stop sharing");
    await until(
      "the screen to go",
      () => bo.pictures(),
      (all) => all.every((picture) => picture.source !== "screen"),
    );
    await bo.seesMoving(ana);
  },
);
