import { describe, expect, it } from "vitest";
import { Breakouts, type BreakoutRoom } from "../src/meeting/breakouts";
import { may } from "../src/meeting/roles";
import { MockRest } from "../src/mock/rest";
import { Http } from "../src/rest/http";
import { Meetings } from "../src/rest/meetings";

const CODE = "abc-defg-hij";
const ROOMS = [
  { room: "b_1", name: "One" },
  { room: "b_2", name: "Two" },
];

async function meeting() {
  const rest = new MockRest();
  const host = rest.addUser("host", "secret");
  rest.addMeeting({ meeting_id: CODE, host_id: host.id });
  const meetings = new Meetings(new Http("http://mock.invalid", rest.fetch));
  await meetings.enterAsGuest(CODE, { displayName: "Ana", guestKey: "ana" });
  return { rest, breakouts: new Breakouts(meetings, CODE) };
}

describe("breakout rooms", () => {
  it("are where the node says this person is", async () => {
    const { breakouts } = await meeting();
    const moved: (BreakoutRoom | undefined)[] = [];
    breakouts.on("moved", (room) => moved.push(room));
    breakouts.note({ t: "breakouts", rev: 2, room: "b_2", rooms: ROOMS, choose: true, closes_in: 60_000 });
    expect(breakouts.state.room).toEqual({ id: "b_2", name: "Two" });
    expect(breakouts.state.choose).toBe(true);
    expect(breakouts.state.closesAt).toBeGreaterThan(Date.now() + 50_000);
    breakouts.note({ t: "breakouts", rev: 1, rooms: [] });
    expect(breakouts.state.rooms, "what is older is ignored").toHaveLength(2);
    breakouts.note({ t: "breakouts", rev: 2, rooms: [] });
    expect(breakouts.state).toMatchObject({ rooms: [], room: undefined, closesAt: undefined });
    expect(moved).toEqual([{ id: "b_2", name: "Two" }, undefined]);
  });

  it("are opened, entered, left and closed", async () => {
    const { rest, breakouts } = await meeting();
    await breakouts.open({
      rooms: [
        { name: "One", people: ["u_bo"] },
        { name: "Two", people: [] },
      ],
    });
    expect(breakouts.details?.rooms[0]?.people?.map(({ user_id }) => user_id)).toEqual(["u_bo"]);
    await breakouts.assign([{ who: "u_bo", room: "b_2" }]);
    expect(breakouts.details?.rooms[1]?.people).toHaveLength(1);
    await breakouts.assign([{ who: "u_bo" }]);
    expect(breakouts.details?.rooms[1]?.people).toHaveLength(0);
    await breakouts.enter("b_1");
    expect(breakouts.details?.room).toBe("b_1");
    breakouts.note({ t: "breakouts", rev: 1, room: "b_1", rooms: ROOMS });
    await breakouts.leave();
    expect(breakouts.details?.room).toBeUndefined();
    await breakouts.announce("Five minutes left");
    expect(rest.breakouts.announcements).toEqual(["Five minutes left"]);
    await breakouts.close(60);
    expect(breakouts.details?.closes_at).toBeDefined();
    await breakouts.close();
    expect(breakouts.details?.open).toBe(false);
  });

  it("tell what a host says to everybody", async () => {
    const { breakouts } = await meeting();
    const said: string[] = [];
    breakouts.on("announcement", ({ text, name }) => said.push(`${name}: ${text}`));
    breakouts.note({ t: "announce", text: "Come back", from: "p_1", name: "Ana" });
    expect(said).toEqual(["Ana: Come back"]);
  });

  it("are for hosts and co-hosts to make", () => {
    expect(may("host", "breakouts")).toBe(true);
    expect(may("co-host", "breakouts")).toBe(true);
    expect(may("presenter", "breakouts")).toBe(false);
  });
});
