import assert from "node:assert/strict";
import { after, test } from "node:test";
import { newMeeting, newUser } from "../harness/api.mjs";
import { openChromium } from "../harness/browsers.mjs";
import { gather, until } from "../harness/person.mjs";

const chromium = await openChromium();
after(() => chromium.close());

test(
  "a pinned person's picture grows to a larger layer, and another's shrinks",
  { timeout: 180_000 },
  async () => {
    const user = await newUser("Ana");
    const code = await newMeeting(user);
    const sources = { width: 1280, height: 720, fps: 10 };
    const ana = await chromium.person(1, "Ana", { width: 640, height: 480 });
    const bo = await chromium.person(2, "Bo", { sources });
    const cy = await chromium.person(3, "Cy", { sources });
    await gather(code, user, ana, [bo, cy]);
    await ana.seesMoving([bo, cy]);

    const widthOf = async (name) => {
      const tile = (await ana.pictures()).find(
        (picture) => picture.name === name && picture.source === "camera",
      );
      return tile?.shown ? tile.width : 0;
    };
    const small = await until(
      "Bo's picture to settle on a small layer",
      () => widthOf("Bo"),
      (width) => width > 0 && width <= 640,
      60_000,
    );
    await ana.page.setViewportSize({ width: 1600, height: 900 });
    await ana.pressNamed("Pin Bo");
    const large = await until(
      "Bo's picture on a larger layer",
      () => widthOf("Bo"),
      (width) => width > small,
      60_000,
    );
    await ana.seesMoving([bo, cy]);
    const other = await until(
      "Cy's picture on a small layer",
      () => widthOf("Cy"),
      (width) => width > 0 && width < large,
      60_000,
    );
    assert.ok(other < large);
    await ana.pressNamed("Unpin");
    await ana.page.setViewportSize({ width: 480, height: 400 });
    await until(
      "Bo's picture back on a small layer",
      () => widthOf("Bo"),
      (width) => width > 0 && width < large,
      60_000,
    );
    await ana.seesMoving(bo);
  },
);
