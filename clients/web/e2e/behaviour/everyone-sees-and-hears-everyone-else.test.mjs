import { after, test } from "node:test";
import { newMeeting, newUser } from "../harness/api.mjs";
import { openChromium } from "../harness/browsers.mjs";
import { areTogether, gather } from "../harness/person.mjs";

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
    const cy = await chromium.person(3, "Cy", { width: 390, height: 844 });
    await gather(code, user, ana, [bo, cy]);
    await areTogether([ana, bo, cy]);

    // Cy's window is as wide as a phone.
    await cy.pressNamed("React");
    await cy.page.getByRole("menuitem", { name: "Applause" }).click();
    for (const person of [ana, bo]) await person.sees("Cy: Applause");
  },
);
