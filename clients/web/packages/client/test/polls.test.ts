import { describe, expect, it } from "vitest";
import { Polls } from "../src/meeting/polls";
import { may } from "../src/meeting/roles";
import { MockRest } from "../src/mock/rest";
import { Http } from "../src/rest/http";
import { Meetings } from "../src/rest/meetings";

async function meeting() {
  const rest = new MockRest();
  const host = rest.addUser("host", "secret");
  rest.addMeeting({ meeting_id: "abc-defg-hij", host_id: host.id });
  const at = async (name: string) => {
    const meetings = new Meetings(new Http("http://mock.invalid", rest.fetch));
    await meetings.enterAsGuest("abc-defg-hij", { displayName: name, guestKey: name });
    return meetings;
  };
  return { rest, at };
}

describe("polls", () => {
  it("are told to the others, who look and hear of a new one", async () => {
    const { at } = await meeting();
    const others = new Polls(await at("bo"), "abc-defg-hij", () => undefined);
    await others.refresh();
    const heard: string[] = [];
    others.on("poll", (poll) => heard.push(poll.question));
    const told: string[] = [];
    const host = new Polls(await at("ana"), "abc-defg-hij", (topic) => {
      told.push(topic);
      others.note(topic);
    });
    await host.ask({ question: "Lunch?", options: ["Now", "Later"] });
    await expect.poll(() => others.all.length).toBe(1);
    expect(told).toEqual(["poll"]);
    expect(heard).toEqual(["Lunch?"]);
    others.note("something else");
    expect(others.all).toHaveLength(1);
  });

  it("keep one vote a person, which may be changed until the poll is closed", async () => {
    const { at } = await meeting();
    const ana = new Polls(await at("ana"), "abc-defg-hij", () => undefined);
    const bo = new Polls(await at("bo"), "abc-defg-hij", () => undefined);
    await ana.ask({ question: "Lunch?", options: ["Now", "Later"] });
    await bo.refresh();
    const id = bo.all[0]!.id;
    await bo.vote(id, [0]);
    await bo.vote(id, [1]);
    expect(bo.all[0]).toMatchObject({ mine: [1], votes: 1 });
    expect(bo.all[0]!.results).toBeUndefined();
    await ana.close(id);
    await bo.refresh();
    expect(bo.all[0]!.results).toEqual([{ count: 0 }, { count: 1 }]);
    await expect(bo.vote(id, [0])).rejects.toMatchObject({ code: "poll.closed" });
  });
});

describe("roles", () => {
  it("allow what the server allows", () => {
    expect(may("host", "end")).toBe(true);
    expect(may("co-host", "moderate")).toBe(true);
    expect(may("co-host", "end")).toBe(false);
    expect(may("co-host", "appoint")).toBe(false);
    expect(may("guest", "speak")).toBe(true);
    expect(may("presenter", "moderate")).toBe(false);
    expect(may("viewer", "chat")).toBe(false);
  });
});
