import { after, test } from "node:test";
import { newMeeting, newUser } from "../harness/api.mjs";
import { openChromium } from "../harness/browsers.mjs";

const chromium = await openChromium();
after(() => chromium.close());

test(
  "three people see each other's moving pictures and hear each other's tones, never their own",
  { timeout: 180_000 },
  async () => {
    const user = await newUser("Ana");
    const code = await newMeeting(user);
    const ana = await chromium.person(1, "Ana");
    const bo = await chromium.person(2, "Bo");
    const cy = await chromium.person(3, "Cy");
    const people = [ana, bo, cy];
    await ana.joinAs(user, code);
    await ana.isIn();
    for (const guest of [bo, cy]) {
      await guest.joinAsGuest(code);
      await guest.isIn();
    }
    for (const person of people) {
      const others = people.filter((other) => other !== person);
      for (const other of others) await person.seesMoving(other);
      await person.hears(
        others.map((other) => other.tone),
        [person.tone],
      );
    }
  },
);
