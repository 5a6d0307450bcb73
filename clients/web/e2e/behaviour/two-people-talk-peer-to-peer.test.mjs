import assert from "node:assert/strict";
import { after, test } from "node:test";
import { call, newMeeting, newUser } from "../harness/api.mjs";
import { openChromium } from "../harness/browsers.mjs";
import { until } from "../harness/person.mjs";

const chromium = await openChromium();
after(() => chromium.close());

const MOST_GAP_MILLIS = 1_000;
const WATCHED_MILLIS = 3_000;
const AVERAGED_MILLIS = 10_000;
const TOLD_MILLIS = 3_000;
const ROUNDED_BPS = 1_000;

const pathOf = (person) => person.evaluate(() => window.parleyTest.meeting.connection.path);
const comesTo = (person, path) =>
  until(
    `${person.name}'s path to be ${path}`,
    () => pathOf(person),
    (seen) => seen === path,
  );
const packets = (person) => person.evaluate(() => window.testProbe.packetsWithNode());
const pause = (millis) => new Promise((done) => setTimeout(done, millis));

const watchGaps = (person, other) =>
  person.evaluate(
    ([name, tone]) => void (window.gapsSoFar = window.testProbe.watchGaps(name, tone)),
    [other.name, other.tone],
  );
const gaps = (person) => person.evaluate(() => window.gapsSoFar());

const remembersRates = (person) =>
  person.evaluate(() => {
    window.told = [];
    window.parleyTest.meeting.on("quality", ({ upBps, downBps }) =>
      window.told.push({ at: Date.now(), up: upBps, down: downBps }),
    );
  });

/** What somebody told all through the last ten seconds that the node takes an average of; undefined before there are such. */
const toldOfLate = (person) =>
  person.evaluate(
    ([averaged, interval]) => {
      const { participantId, connection } = window.parleyTest.meeting;
      const end = Math.floor(Date.now() / averaged) * averaged;
      const from = end - averaged;
      if (connection.path !== "direct" || !window.told.some(({ at }) => at < from)) return undefined;
      // What is told counts until something else is told, and takes a moment to arrive.
      const counted = window.told.filter(({ at }) => at > from - 2 * interval && at <= end);
      return { participantId, from, counted };
    },
    [AVERAGED_MILLIS, TOLD_MILLIS],
  );

/** Two people in a meeting that lets them connect directly, who do. */
async function twoWhoAreAlone() {
  const user = await newUser("Ana");
  const code = await newMeeting(user, { settings: { peer_to_peer: true } });
  const ana = await chromium.person(1, "Ana");
  const bo = await chromium.person(2, "Bo");
  await ana.joinAs(user, code);
  await ana.isIn();
  await bo.joinAsGuest(code);
  await bo.isIn();
  for (const person of [ana, bo]) await comesTo(person, "direct");
  return { user, code, ana, bo };
}

async function seeAndHearEachOther(...people) {
  for (const person of people) {
    const others = people.filter((other) => other !== person);
    for (const other of others) await person.seesMoving(other);
    await person.hears(
      others.map((other) => other.tone),
      [person.tone],
    );
  }
}

test(
  "two people see and hear each other without the node, which takes over within a second when a third joins",
  { timeout: 240_000 },
  async () => {
    const { code, ana, bo } = await twoWhoAreAlone();
    await seeAndHearEachOther(ana, bo);
    for (const person of [ana, bo]) {
      await until(`${person.name} to send nothing to the node`, async () => {
        const before = await packets(person);
        await pause(WATCHED_MILLIS);
        const now = await packets(person);
        return now.sent === before.sent && now.received === before.received;
      });
    }
    const counted = await ana.counters();
    assert.equal(counted.exchanges, 2, "one exchange with the node and one with Bo");

    await watchGaps(ana, bo);
    await watchGaps(bo, ana);
    const cy = await chromium.person(3, "Cy");
    await cy.joinAsGuest(code);
    await cy.isIn();
    for (const person of [ana, bo]) await comesTo(person, "node");
    await seeAndHearEachOther(ana, bo, cy);
    for (const person of [ana, bo]) {
      const longest = await gaps(person);
      console.log(`longest gap of ${person.name}: ${JSON.stringify(longest)} ms`);
      assert.ok(
        longest.picture <= MOST_GAP_MILLIS,
        `${person.name}: a picture stood still for ${longest.picture} ms`,
      );
      assert.ok(longest.sound <= MOST_GAP_MILLIS, `${person.name}: a voice was away for ${longest.sound} ms`);
      const pair = await until(`${person.name}'s connection to be closed`, () =>
        person.evaluate(() => window.parleyTest.meeting.diagnostics.pair === undefined),
      );
      assert.ok(pair);
    }
    const now = await ana.counters();
    assert.deepEqual(now, counted, "the way back costs no exchange");

    await bo.leave();
    await bo.close();
    await seeAndHearEachOther(ana, cy);
  },
);

test(
  "what a host does to one of two who talk peer to peer holds at once, and a lost socket changes nothing",
  { timeout: 240_000 },
  async () => {
    const { user, code, ana, bo } = await twoWhoAreAlone();
    for (const person of [ana, bo]) await remembersRates(person);
    await bo.evaluate(() => window.testSockets.cut());
    await pause(WATCHED_MILLIS);
    await seeAndHearEachOther(ana, bo);
    assert.deepEqual([await pathOf(ana), await pathOf(bo)], ["direct", "direct"]);
    await bo.evaluate(() => window.testSockets.heal());
    const told = await until(
      "both to have told their rates for as long as an average is of",
      () => Promise.all([ana, bo].map(toldOfLate)),
      (both) => both.every(Boolean),
      60_000,
    );

    const userId = await ana.evaluate(
      () => window.parleyTest.meeting.participants.find(({ name }) => name === "Bo").userId,
    );
    await ana.evaluate((id) => window.parleyTest.meeting.host.mute(id), userId);
    await ana.hearsNoMore(bo.tone);
    await bo.pressNamed("Turn microphone on");
    await ana.hears([bo.tone], [ana.tone]);
    assert.equal(await pathOf(ana), "direct");

    await ana.evaluate((id) => window.parleyTest.meeting.host.kick(id), userId);
    await bo.sees("The host removed you from the meeting");
    await until("Ana's connection to be closed", () =>
      ana.evaluate(() => window.parleyTest.meeting.diagnostics.pair === undefined),
    );

    await call("POST", `/meetings/${code}/end`, { token: user.token });
    const kept = await until(
      "the ten seconds they told of to be written, which the minute before them is not",
      async () => {
        const { data } = await call("GET", `/meetings/${code}/quality`, { token: user.token });
        return told.map(({ participantId, from }) =>
          data.samples.find(
            ({ participant_id, at }) => participant_id === participantId && Date.parse(at) === from,
          ),
        );
      },
      (samples) => samples.every(Boolean),
      60_000,
    );
    for (const [index, { counted }] of told.entries()) {
      const sample = kept[index];
      assert.equal(sample.path, "direct", JSON.stringify(sample));
      for (const way of ["up", "down"]) {
        const rates = counted.map((one) => one[way]);
        const bps = sample[`${way}_bps`];
        assert.ok(
          bps > 0 && bps >= Math.min(...rates) - ROUNDED_BPS && bps <= Math.max(...rates) + ROUNDED_BPS,
          JSON.stringify({ way, bps, counted }),
        );
      }
    }
  },
);
