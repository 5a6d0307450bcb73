import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Backoff } from "../src/backoff";
import { mockWebSocket } from "../src/mock/socket";
import type { ServerFrame } from "../src/signaling/frames";
import { SignalingSocket, type SocketOptions, type SocketState } from "../src/signaling/socket";

const MINUTE = 60_000;
/** How long a connection is used here, and how long the one before is heard as well. */
const USED = 10 * MINUTE;
const LINGER = 10_000;
/** A test that has the server keep an answer back gives it this one, which is none. */
const HELD = { type: "held" };

type Said = { type: string; id: string; [field: string]: unknown };

type Options = { [Name in keyof SocketOptions]?: SocketOptions[Name] | undefined };

function connect(options: Options = {}, script?: (said: Said, ticket: string) => unknown) {
  const said: [ticket: string, type: string][] = [];
  let last: Said | undefined;
  const { WebSocket, network } = mockWebSocket((frame, _say, { ticket }) => {
    last = frame as Said;
    said.push([ticket, last.type]);
    return script?.(last, ticket);
  });
  let tickets = 0;
  const socket = new SignalingSocket({
    room: "abc-defg-hij",
    ticket: async () => ({ url: "ws://x", ticket: `t${++tickets}` }),
    WebSocket,
    backoff: new Backoff(100, 1_000, () => 0),
    rollMillis: USED,
    rollBackoff: new Backoff(1_000, 4_000, () => 0),
    random: () => 0.5,
    ...options,
  } as SocketOptions);
  const states: SocketState[] = [];
  const frames: ServerFrame[] = [];
  let moves = 0;
  socket.on("state", (state) => states.push(state));
  socket.on("frame", (frame) => "id" in frame || frames.push(frame));
  socket.on("moved", () => (moves += 1));
  socket.open();
  return { socket, network, said, states, frames, moves: () => moves, last: () => last! };
}

const pass = (millis = 1) => vi.advanceTimersByTimeAsync(millis);
const notice = (id: string) => ({ type: "notification", notification: { id }, unread: 1 });
const noticed = (frames: ServerFrame[]) =>
  frames.map((frame) => (frame.type === "notification" ? frame.notification?.id : frame.type));

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe("a connection that grows old", () => {
  it.each([
    [0, 105],
    [0.5, 110],
    [1, 115],
  ])("is replaced after 110 minutes, five less or more by chance: %d", async (chance, minutes) => {
    const { network } = connect({ rollMillis: undefined, random: () => chance });
    await pass(minutes * MINUTE - 10);
    expect(network.opened).toBe(1);
    await pass(20);
    expect(network.opened).toBe(2);
  });

  it("stays until the next one has joined with a ticket of its own, and nothing looks lost", async () => {
    const { socket, network, said, states, moves } = connect();
    await pass(USED - 10);
    said.splice(0);
    expect(network.tickets).toEqual(["t1"]);
    await pass(20);
    expect(network.tickets).toEqual(["t1", "t2"]);
    await socket.send({ type: "chat" });
    expect(said).toEqual([
      ["t2", "join"],
      ["t2", "chat"],
    ]);
    await pass(LINGER - 100);
    expect([network.tickets, moves()]).toEqual([["t1", "t2"], 0]);
    await pass(100);
    expect([network.tickets, moves(), states]).toEqual([["t2"], 1, ["open"]]);
    await pass(USED);
    expect([network.tickets, states]).toEqual([["t3"], ["open"]]);
  });

  it("still brings the answers to what was said on it", async () => {
    const { socket, network, said, last } = connect({}, ({ type }) => (type === "chat" ? HELD : undefined));
    await pass(USED - 1_000);
    const answer = socket.command({ type: "chat" });
    const { id } = await pass().then(last);
    await pass(2_000);
    expect(network.tickets).toEqual(["t1", "t2"]);
    network.say({ type: "ack", id, seq: 41 }, "t1");
    expect(await answer).toMatchObject({ seq: 41 });
    expect(said.filter(([, type]) => type === "chat")).toEqual([["t1", "chat"]]);
  });

  it("goes only when what is told at the move has been answered on the new one", async () => {
    const open: string[][] = [];
    const { socket, network, last } = connect({}, ({ type }) => (type === "presence" ? HELD : undefined));
    socket.on(
      "moved",
      () => void socket.command({ type: "presence" }).then(() => open.push(network.tickets)),
    );
    await pass(USED + LINGER + 1_000);
    expect(network.tickets).toEqual(["t1", "t2"]);
    network.say({ type: "presence", id: last().id, people: [] }, "t2");
    await pass();
    expect([open, network.tickets]).toEqual([[["t1", "t2"]], ["t2"]]);
  });

  it.each([
    [1, 2],
    [9, 6],
  ])(
    "goes when that was acknowledged, or refused too often: refused %d times",
    async (refusals, tellings) => {
      let refused = 0;
      const busy = { type: "error", code: "store.unavailable", message: "away" };
      const { socket, network, states, moves } = connect({}, ({ type }) =>
        type === "presence" && ++refused <= refusals ? busy : undefined,
      );
      socket.on("moved", () => void socket.command({ type: "presence" }).catch(() => undefined));
      await pass(USED + tellings * LINGER - 100);
      expect(network.tickets).toEqual(["t1", "t2"]);
      await pass(200);
      expect([network.tickets, moves(), states]).toEqual([["t2"], tellings, ["open"]]);
    },
  );

  it("lets what comes on both be heard once, and what comes on either be heard", async () => {
    const { network, frames } = connect();
    await pass(USED + 10);
    network.say(notice("both"));
    network.say(notice("old"), "t1");
    network.say(notice("new"), "t2");
    network.say({ type: "lobby", room_id: "r" });
    network.say({ type: "lobby", room_id: "r" });
    network.say(notice("late"), "t2");
    await pass(LINGER / 2);
    network.say(notice("late"), "t1");
    expect(noticed(frames)).toEqual(["both", "old", "new", "lobby", "lobby", "late"]);
    await pass(LINGER);
    network.say(notice("late"));
    expect(noticed(frames).at(-1)).toBe("late");
    expect(frames).toHaveLength(7);
  });

  it("stays when the next one does not come, which is tried again, ever less often", async () => {
    const { socket, network, states, moves } = connect();
    await pass(USED - 10);
    network.up = false;
    await pass(20 + 1_000 + 2_000);
    expect([network.tickets, network.opened]).toEqual([["t1"], 1]);
    expect(await socket.send({ type: "chat" })).toBeGreaterThan(0);
    network.up = true;
    await pass(3_900);
    expect(network.opened).toBe(1);
    await pass(200);
    expect(network.tickets).toEqual(["t1", "t5"]);
    await pass(LINGER);
    expect([network.tickets, states, moves()]).toEqual([["t5"], ["open"], 1]);
  });

  it("stays when the server has no ticket, or does not let the next one join", async () => {
    let tickets = 0;
    const ticket = async () => {
      if (++tickets === 2) throw new Error("away");
      return { url: "ws://x", ticket: `t${tickets}` };
    };
    const refused = { type: "error", code: "store.unavailable", message: "away" };
    const { network, said, states } = connect({ ticket }, ({ type }, from) =>
      type === "join" && from === "t3" ? refused : undefined,
    );
    await pass(USED + 1_500);
    expect(said.at(-1)).toEqual(["t3", "join"]);
    expect(network.tickets).toEqual(["t1"]);
    await pass(2_000);
    expect(network.tickets).toEqual(["t1", "t4"]);
    expect(states).toEqual(["open"]);
  });

  it("comes back as after any loss when it is lost before the next one has joined", async () => {
    const { socket, network, states } = connect({}, ({ type }, from) =>
      type === "join" && from === "t2" ? HELD : undefined,
    );
    await pass(USED + 10);
    expect(network.tickets).toEqual(["t1", "t2"]);
    network.cut("t1");
    await pass();
    expect([network.tickets, socket.state]).toEqual([[], "waiting"]);
    await pass(200);
    expect([network.tickets, states]).toEqual([["t3"], ["open", "waiting", "open"]]);
    await pass(USED - 100);
    expect(network.tickets).toEqual(["t3", "t4"]);
  });

  it("does not disturb the way back when its ticket comes after it was lost", async () => {
    let tickets = 0;
    let give: (() => void) | undefined;
    const ticket = async () => {
      const issued = { url: "ws://x", ticket: `t${++tickets}` };
      if (tickets === 2) await new Promise<void>((resolve) => (give = resolve));
      return issued;
    };
    const { network } = connect({ ticket });
    await pass(USED + 10);
    network.cut("t1");
    await pass(200);
    expect(network.tickets).toEqual(["t3"]);
    give!();
    await pass(MINUTE);
    expect([network.tickets, network.opened]).toEqual([["t3"], 2]);
  });

  it("is not missed when it is lost after the move: what was said on it fails at once, to be said again", async () => {
    const { socket, network, states, moves } = connect({}, ({ type }) =>
      type === "chat" ? HELD : undefined,
    );
    await pass(USED - 1_000);
    const answer = socket.command({ type: "chat" }).catch(({ code }) => code as string);
    await pass(2_000);
    network.cut("t1");
    expect(await answer).toBe("signal.offline");
    expect([network.tickets, states, moves()]).toEqual([["t2"], ["open"], 1]);
    await pass(LINGER);
    expect(moves()).toBe(1);
  });

  it("takes over again when the new one is lost at once", async () => {
    const { socket, network, said, states, moves } = connect();
    await pass(USED + 100);
    network.cut("t2");
    await pass();
    expect([network.tickets, states, moves()]).toEqual([["t1"], ["open"], 1]);
    await socket.send({ type: "chat" });
    expect(said.at(-1)).toEqual(["t1", "chat"]);
    await pass(1_000 + LINGER);
    expect([network.tickets, states, moves()]).toEqual([["t3"], ["open"], 2]);
  });

  it("is closed with the new one when the socket is", async () => {
    const { socket, network } = connect();
    await pass(USED + 100);
    expect(network.tickets).toEqual(["t1", "t2"]);
    socket.close();
    await pass(3 * USED);
    expect([network.tickets, network.opened]).toEqual([[], 2]);
  });

  it("is lost with the new one when the network is", async () => {
    const { socket, network, states } = connect();
    await pass(USED + 100);
    socket.interrupt();
    await pass(200);
    expect([network.tickets, states]).toEqual([["t3"], ["open", "waiting", "open"]]);
  });
});
