import assert from "node:assert/strict";
import { availableParallelism } from "node:os";
import { after, test } from "node:test";
import { newMeeting, newUser } from "../harness/api.mjs";
import { openChromium } from "../harness/browsers.mjs";
import { until } from "../harness/person.mjs";

const chromium = await openChromium();
after(() => chromium.close());

const perAgent = Number(process.env.NODE_ROOM_AGENT_PARTICIPANTS ?? Number.MAX_SAFE_INTEGER);
const skip =
  (perAgent > 3 && "NODE_ROOM_AGENT_PARTICIPANTS of the system under test is not known to be 3 or less") ||
  (availableParallelism() < 2 && "one core, one media agent");

/** The port that the node's answer names: each media agent has its own. */
const agentOf = (person) =>
  person.evaluate(() => {
    const { sdp } = window.parleyTest.meeting.diagnostics.session.pc.remoteDescription;
    return /^a=candidate:(?:\S+ ){5}(\d+) /m.exec(sdp)[1];
  });

/** Frames decoded so far in all video slots. */
const framesOf = (person) =>
  person.evaluate(async () => {
    const stats = await window.parleyTest.meeting.diagnostics.session.pc.getStats();
    return [...stats.values()]
      .filter((each) => each.type === "inbound-rtp" && each.kind === "video")
      .reduce((sum, each) => sum + (each.framesDecoded ?? 0), 0);
  });

test(
  "five people on two media agents see and hear each other as on one, layers and screens included",
  { timeout: 420_000, skip },
  async () => {
    const user = await newUser("Ana");
    const code = await newMeeting(user);
    const sources = { fps: 8 };
    const ana = await chromium.person(1, "Ana", { sources });
    const bo = await chromium.person(2, "Bo", { sources });
    const cy = await chromium.person(3, "Cy", { sources });
    const di = await chromium.person(4, "Di", { sources });
    const ed = await chromium.person(5, "Ed", { sources: { ...sources, width: 1280, height: 720 } });
    const people = [ana, bo, cy, di, ed];
    const [, ...guests] = people;
    await Promise.all([ana.joinAs(user, code), ...guests.map((guest) => guest.open(code))]);
    await ana.isIn();
    for (const guest of guests) {
      await guest.pressJoin();
      await guest.isIn();
    }
    const before = new Map();
    for (const person of people) before.set(person, await person.counters());

    const agents = await Promise.all(people.map(agentOf));
    assert.equal(new Set(agents).size, 2, `agents by port: ${agents}`);
    const far = people.filter((_, i) => agents[i] !== agents[0]);
    assert.ok(far.includes(ed), "who came last is on the other agent");

    const others = (person) => people.filter((each) => each !== person);
    await Promise.all(people.map((person) => person.seesMoving(others(person), { timeoutMillis: 90_000 })));
    const grow = async (person) => {
      const frames = await framesOf(person);
      await until(
        `${person.name}'s frames to grow from ${frames}`,
        () => framesOf(person),
        (now) => now > frames + 20,
      );
    };
    await Promise.all(people.map(grow));

    // There are three slots for sound: with two silent everybody hears all others, over there and here.
    await bo.pressNamed("Turn microphone off");
    await cy.pressNamed("Turn microphone off");
    const hearSpeakersAlone = async (person) => {
      await person.hearsNoMore([bo.tone, cy.tone], 30_000);
      const speakers = [ana, di, ed].filter((speaker) => speaker !== person);
      await person.hears(
        speakers.map((speaker) => speaker.tone),
        [person.tone],
      );
    };
    await Promise.all(people.map(hearSpeakersAlone));

    await ed.pressNamed("Share screen");
    const seeTheScreen = (person) => person.seesMoving(ed, { source: "screen", timeoutMillis: 90_000 });
    await Promise.all([ana, bo, di].map(seeTheScreen));
    await ed.pressNamed("Stop sharing");
    await until(
      "the screen to go",
      () => ana.pictures(),
      (all) => all.every((picture) => picture.source !== "screen"),
    );

    const widthOfEd = async () => {
      const tile = (await ana.pictures()).find(
        (picture) => picture.name === "Ed" && picture.source === "camera",
      );
      return tile?.shown ? tile.width : 0;
    };
    await ana.page.setViewportSize({ width: 640, height: 480 });
    const small = await until(
      "Ed's picture on a small layer",
      widthOfEd,
      (width) => width > 0 && width <= 640,
      60_000,
    );
    await ana.page.setViewportSize({ width: 1600, height: 900 });
    await ana.pressNamed("Pin Ed");
    await until("Ed's picture on a larger layer", widthOfEd, (width) => width > small, 60_000);
    await ana.seesMoving(ed);

    await ed.leave();
    await until(
      "Ed's tile to go",
      () => ana.pictures(),
      (all) => all.every((picture) => picture.name !== "Ed"),
    );
    await ana.seesMoving(di);
    await di.seesMoving(ana);

    for (const person of people.slice(0, 4)) {
      const now = await person.counters();
      assert.equal(now.negotiationNeeded, 0, `${person.name}: negotiationneeded`);
      assert.equal(now.setRemoteDescription, before.get(person).setRemoteDescription, `${person.name}`);
      assert.equal(now.exchanges, 1, `${person.name}: exchanges`);
    }
  },
);
