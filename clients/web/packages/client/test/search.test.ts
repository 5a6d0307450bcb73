import { afterEach, describe, expect, it } from "vitest";
import { Parley } from "../src";
import { MockRest, mockSystem } from "../src/mock";

/** A mock system with somebody signed in, who wrote and keeps something. */
async function somebody(): Promise<{ parley: Parley; rest: MockRest; asked: string[] }> {
  const system = mockSystem({ people: [] });
  const { rest } = system;
  const ana = rest.addUser("ana", "Secret-123", "Ana");
  const bo = rest.addUser("bo", "Secret-123", "Bo");
  rest.addMeeting({ meeting_id: "abc-defg-hij", title: "Harbour review", host_id: ana.id });
  rest.addMeeting({ meeting_id: "xyz-defg-hij", title: "Harbour of others", host_id: bo.id });
  rest.files.add(ana.id, "Harbour plan.pdf", 1_000, "application/pdf");
  rest.files.add(bo.id, "Tides.pdf", 1_000, "application/pdf", { conversations: ["c_1"] });
  const asked: string[] = [];
  const parley = new Parley({
    url: "http://mock.invalid",
    fetch: (input, init) => {
      asked.push(new URL(input).pathname + new URL(input).search);
      return rest.fetch(input, init);
    },
    WebSocket: system.WebSocket,
  });
  await parley.account.login("ana", "Secret-123");
  const { conversation_id } = rest.messages.answer(
    "POST",
    "/conversations",
    new URLSearchParams(),
    { kind: "direct", user_id: bo.id },
    { user: ana.id, name: "Ana" },
  ) as { conversation_id: string };
  rest.messages.say(conversation_id, { user_id: bo.id, name: "Bo" }, "See you at the harbour");
  return { parley, rest, asked };
}

describe("search", () => {
  let here: Awaited<ReturnType<typeof somebody>> | undefined;
  afterEach(async () => (await here?.parley.conversations())?.close());

  it("asks for each kind by itself", async () => {
    here = await somebody();
    const search = await here.parley.search();
    const [messages, files, meetings] = await Promise.all([
      search.messages("harbour"),
      search.files("harbour"),
      search.meetings("harbour"),
    ]);
    expect(messages.found.map(({ message }) => message.text)).toEqual(["See you at the harbour"]);
    expect(messages.found[0]!.conversation.record?.kind).toBe("direct");
    expect(files.found.map(({ file }) => file.name)).toEqual(["Harbour plan.pdf"]);
    expect(meetings.found.map(({ title }) => title)).toEqual(["Harbour review"]);
  });

  it("says who sent a file, and where it is", async () => {
    here = await somebody();
    const search = await here.parley.search();
    const { found } = await search.files("bo tides");
    expect(found).toMatchObject([{ from: { name: "Bo" }, conversation_id: "c_1" }]);
  });

  it("asks for the next part by the cursor, whatever is in the words", async () => {
    here = await somebody();
    const search = await here.parley.search();
    await search.files("a&limit=9 会议", { cursor: "Mj/+", limit: 5 });
    const [asked, ...more] = here.asked
      .map((url) => url.split("?"))
      .filter(([path]) => path!.endsWith("/search/files"));
    expect(Object.fromEntries(new URLSearchParams(asked![1]))).toEqual({
      q: "a&limit=9 会议",
      cursor: "Mj/+",
      limit: "5",
    });
    expect(more).toEqual([]);
  });
});
