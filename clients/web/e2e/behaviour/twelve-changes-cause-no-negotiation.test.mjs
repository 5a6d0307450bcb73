import assert from "node:assert/strict";
import { after, test } from "node:test";
import { newMeeting, newUser } from "../harness/api.mjs";
import { openChromium } from "../harness/browsers.mjs";
import { gather } from "../harness/person.mjs";

const chromium = await openChromium();
after(() => chromium.close());

test(
  "twelve joins, leaves, shares and layout changes cause no SDP exchange",
  { timeout: 240_000 },
  async () => {
    const user = await newUser("Ana");
    const code = await newMeeting(user);
    const ana = await chromium.person(1, "Ana");
    const bo = await chromium.person(2, "Bo");
    await gather(code, user, ana, [bo]);
    await ana.seesMoving(bo);
    await bo.seesMoving(ana);
    const before = { ana: await ana.counters(), bo: await bo.counters() };

    let changes = 0;
    const change = async (act) => {
      await act();
      changes += 1;
    };
    let cy = await chromium.person(3, "Cy");
    await change(() => cy.joinAsGuest(code));
    await cy.isIn();
    await ana.seesMoving(cy);
    await change(() => ana.pressNamed("Share screen"));
    await bo.seesMoving(ana, { source: "screen" });
    await change(() => bo.pressNamed("Turn camera off"));
    await change(() => ana.pressNamed("Pin Cy"));
    await change(() => bo.pressNamed("Turn camera on"));
    await ana.seesMoving(bo);
    await change(() => ana.pressNamed("Unpin"));
    await change(() => ana.pressNamed("Stop sharing"));
    await change(() => cy.leave());
    await cy.close();
    await change(() => ana.page.setViewportSize({ width: 480, height: 800 }));
    await change(() => bo.pressNamed("Turn microphone off"));
    await change(() => bo.pressNamed("Turn microphone on"));
    cy = await chromium.person(4, "Di");
    await change(() => cy.joinAsGuest(code));
    await cy.isIn();
    await ana.seesMoving(cy);
    await bo.seesMoving(ana);

    assert.equal(changes, 12);
    for (const [name, person] of [
      ["ana", ana],
      ["bo", bo],
    ]) {
      const now = await person.counters();
      assert.equal(now.negotiationNeeded, 0, `${name}: negotiationneeded`);
      assert.equal(
        now.setRemoteDescription - before[name].setRemoteDescription,
        0,
        `${name}: setRemoteDescription`,
      );
      assert.equal(now.exchanges, 1, `${name}: exchanges`);
    }
  },
);
