// Twenty joins in Chromium: how large and how fast the offer is, and the time from the click to the first decoded frame.
// One JSON object a line; exit 3 when a target is missed.
import { newMeeting, newUser } from "./harness/api.mjs";
import { openChromium } from "./harness/browsers.mjs";
import { until } from "./harness/person.mjs";
import { startSystem, url } from "./harness/system.mjs";

const JOINS = 20;
const WARM_UP = 2;

/** Resolves with the milliseconds from the click to the first decoded frame of somebody else. */
function firstFrame() {
  return new Promise((resolve) => {
    const look = () => {
      const clicked = window.parleyTest?.clickedAt;
      const self = window.parleyTest?.meeting?.participantId;
      if (clicked !== undefined && self) {
        for (const video of document.querySelectorAll(
          `[data-participant]:not([data-participant="${self}"]) video`,
        )) {
          if (video.srcObject && video.getVideoPlaybackQuality().totalVideoFrames > 0) {
            return resolve(performance.now() - clicked);
          }
        }
      }
      requestAnimationFrame(look);
    };
    look();
  });
}

const percentile = (values, share) => values.toSorted((a, b) => a - b)[Math.ceil(values.length * share) - 1];

const stop = await startSystem();
const chromium = await openChromium();
let held = true;
try {
  const user = await newUser("Ana");
  const code = await newMeeting(user);
  const ana = await chromium.person(1, "Ana");
  await ana.joinAs(user, code);
  await ana.isIn();
  const joins = [];
  for (let round = 0; round < JOINS + WARM_UP; round++) {
    const guest = await chromium.person(2, `Guest ${round}`);
    await guest.page.goto(`${url()}/m/${code}?diagnostics=1`, { waitUntil: "networkidle" });
    await guest.page.locator("input[autocomplete=name]").fill(guest.name);
    // A person looks at the preview before pressing Join; the app uses that time.
    await guest.page.waitForTimeout(1_200);
    await guest.page.locator("main form button[type=submit]").click();
    const millis = await guest.page.evaluate(firstFrame);
    const { offerBytes, offerMillis } = await guest.evaluate(() => {
      const { offerBytes, offerMillis } = window.parleyTest.meeting.diagnostics;
      return { offerBytes, offerMillis };
    });
    if (round >= WARM_UP) joins.push({ millis, offerBytes, offerMillis });
    await guest.leave();
    await guest.close();
    await until(
      "the guest to be gone",
      () => ana.evaluate(() => window.parleyTest.meeting.participants.length),
      (n) => n === 1,
    );
  }
  const print = (metric, value, unit, target = null) => {
    const rounded = Math.round(value * 1000) / 1000;
    const ok = target === null || rounded <= target;
    held &&= ok;
    console.log(
      JSON.stringify({
        bench: "join",
        profile: "chromium",
        server: "parley",
        metric,
        value: rounded,
        unit,
        target,
        held: ok,
      }),
    );
  };
  const of = (field) => joins.map((join) => join[field]);
  print("offer_bytes", percentile(of("offerBytes"), 0.5), "bytes");
  print("offer_ms", percentile(of("offerMillis"), 0.5), "ms");
  print("first_frame_p50", percentile(of("millis"), 0.5) / 1000, "s", 0.5);
  print("first_frame_p95", percentile(of("millis"), 0.95) / 1000, "s", 1.0);
} finally {
  await chromium.close();
  stop();
}
process.exit(held ? 0 : 3);
