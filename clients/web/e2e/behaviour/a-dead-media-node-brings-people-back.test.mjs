import { after, test } from "node:test";
import { newMeeting, newUser } from "../harness/api.mjs";
import { openChromium } from "../harness/browsers.mjs";
import { gather, until } from "../harness/person.mjs";
import { mediaNodes } from "../harness/system.mjs";

const chromium = await openChromium();
after(() => chromium.close());

const BACK_MILLIS = 30_000;

test(
  "when a media node dies, people are told, and see each other again when another takes over",
  { timeout: 180_000, skip: mediaNodes().length === 0 && "the system under test is not on this machine" },
  async () => {
    const user = await newUser("Ana");
    const code = await newMeeting(user);
    const ana = await chromium.person(1, "Ana");
    const bo = await chromium.person(2, "Bo");
    await gather(code, user, ana, [bo]);
    await ana.seesMoving(bo);
    await bo.seesMoving(ana);

    for (const { pid } of mediaNodes()) process.kill(pid, "SIGKILL");
    const died = Date.now();
    await until(
      "Ana to be told",
      () => ana.text(),
      (shown) => shown.includes("The connection is unstable") || shown.includes("Reconnecting"),
    );
    const told = Date.now() - died;
    const back = () => {
      const { connection, diagnostics } = window.parleyTest.meeting;
      return connection.media === "connected" && diagnostics.exchanges > 1;
    };
    await until(
      "both to be connected again",
      async () => [await ana.evaluate(back), await bo.evaluate(back)],
      (both) => both.every(Boolean),
      BACK_MILLIS,
    );
    const connected = Date.now() - died;
    await ana.seesMoving(bo);
    await bo.seesMoving(ana);
    await ana.hears([bo.tone], [ana.tone]);
    console.log(`told after ${told} ms, connected after ${connected} ms, seen after ${Date.now() - died} ms`);
  },
);
