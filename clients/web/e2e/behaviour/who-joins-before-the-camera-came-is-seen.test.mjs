import { after, test } from "node:test";
import { newMeeting, newUser } from "../harness/api.mjs";
import { openChromium } from "../harness/browsers.mjs";

const chromium = await openChromium();
after(() => chromium.close());

/** The devices of a machine that takes its time: they come only once the page says so. */
function devicesThatWait() {
  const open = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
  const allowed = new Promise((allow) => (window.letDevicesCome = allow));
  const value = async (constraints) => {
    await allowed;
    return open(constraints);
  };
  Object.defineProperty(navigator.mediaDevices, "getUserMedia", { value });
}

test(
  "who presses Join before the camera and microphone came is seen and heard all the same",
  { timeout: 120_000 },
  async () => {
    const user = await newUser("Ana");
    const code = await newMeeting(user);
    const ana = await chromium.person(1, "Ana");
    await ana.joinAs(user, code);
    await ana.isIn();

    const quick = await chromium.person(2, "Quick");
    await quick.page.addInitScript(devicesThatWait);
    await quick.joinAsGuest(code);
    await quick.isIn();
    await quick.evaluate(() => window.letDevicesCome());
    await ana.seesMoving(quick);
    await ana.hears([quick.tone], [ana.tone]);
  },
);
