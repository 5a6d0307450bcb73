import assert from "node:assert/strict";
import { after, test } from "node:test";
import { call, guest, join, login, newMeeting, newUser } from "../harness/api.mjs";
import { openChromium } from "../harness/browsers.mjs";
import { gather, until } from "../harness/person.mjs";

const chromium = await openChromium();
after(() => chromium.close());

const hostCall = (host, act, userId) =>
  host.evaluate(([name, id]) => window.parleyTest.meeting.host[name](id), [act, userId]);
const userIdOf = (host, name) =>
  until(`${name} in the roster`, () =>
    host.evaluate((who) => window.parleyTest.meeting.participants.find((p) => p.name === who)?.userId, name),
  );

test("a mute silences, a lock keeps out, a kick removes for good", { timeout: 240_000 }, async () => {
  const user = await newUser("Ana");
  const code = await newMeeting(user);
  const ana = await chromium.person(1, "Ana");
  const bo = await chromium.person(2, "Bo");
  const cy = await chromium.person(3, "Cy");
  await gather(code, user, ana, [bo, cy]);
  await cy.hears([ana.tone, bo.tone], [cy.tone]);

  await hostCall(ana, "mute", await userIdOf(ana, "Bo"));
  await bo.sees("The host turned your microphone off");
  assert.equal(await bo.evaluate(() => window.parleyTest.meeting.isMuted("microphone")), true);
  await cy.hearsNoMore(bo.tone);
  await cy.hears([ana.tone], [cy.tone]);

  await hostCall(ana, "lock", true);
  const outsider = await newUser("Otto");
  assert.equal((await join(code, outsider.token)).error, "meeting.locked");
  await hostCall(ana, "lock", false);
  const admitted = await join(code, outsider.token, { display_name: "Otto" });
  assert.equal(admitted.status, 200);

  const key = await bo.evaluate(() => JSON.parse(localStorage.getItem("parley.preferences")).guestKey);
  await hostCall(ana, "kick", await userIdOf(ana, "Bo"));
  await bo.sees("The host removed you from the meeting");
  await until(
    "Bo to be gone from the stage",
    () => cy.pictures(),
    (all) => all.every((p) => p.name !== "Bo"),
  );
  assert.equal((await guest(code, { display_name: "Bo again", guest_key: key })).error, "meeting.banned");

  await hostCall(ana, "kick", outsider.id);
  assert.equal((await join(code, outsider.token)).error, "meeting.banned");
  assert.equal((await join(code, (await login(outsider.username)).token)).error, "meeting.banned");
  const sdp = await ana.evaluate(async () => {
    const pc = new RTCPeerConnection();
    pc.addTransceiver("audio", { direction: "sendonly" });
    pc.createDataChannel("parley", { negotiated: true, id: 0 });
    const offer = await pc.createOffer();
    pc.close();
    return offer.sdp;
  });
  const media = await call("POST", `/meetings/${code}/media`, {
    token: outsider.token,
    body: { media_token: admitted.data.media_token, sdp, tracks: [{ mid: "0", source: "microphone" }] },
  });
  assert.equal(media.error, "media.not_admitted");
  assert.equal(media.status, 403);

  await ana.seesMoving(cy);
  await cy.seesMoving(ana);
});
