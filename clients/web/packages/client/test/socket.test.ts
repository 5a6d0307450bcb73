import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Backoff } from "../src/backoff";
import { mockWebSocket } from "../src/mock/socket";
import { SignalingSocket, type SocketState } from "../src/signaling/socket";

function connect(mock: ReturnType<typeof mockWebSocket>) {
  let tickets = 0;
  const protocols: string[][] = [];
  const Spy = class {
    constructor(url: string, offered: string[]) {
      protocols.push(offered);
      return new mock.WebSocket(url, offered);
    }
  } as unknown as new (url: string, protocols: string[]) => WebSocket;
  const socket = new SignalingSocket({
    room: "abc-defg-hij",
    ticket: async () => ({ url: "ws://x", ticket: `t${++tickets}` }),
    WebSocket: Spy,
    backoff: new Backoff(100, 1_000, () => 0),
    random: () => 0.5,
  });
  const states: SocketState[] = [];
  socket.on("state", (state) => states.push(state));
  return { socket, states, protocols };
}

const settle = () => vi.advanceTimersByTimeAsync(1);

describe("the signaling socket", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it("offers the ticket as a subprotocol and joins the room", async () => {
    const heard: unknown[] = [];
    const mock = mockWebSocket((frame) => heard.push(frame));
    const { socket, states, protocols } = connect(mock);
    socket.open();
    await settle();
    expect(protocols).toEqual([["parley.v1", "ticket.t1"]]);
    expect(heard).toMatchObject([{ type: "join", room_id: "abc-defg-hij" }]);
    expect(states).toEqual(["open"]);
  });

  it("comes back after a loss with a new ticket, waiting longer each time", async () => {
    const mock = mockWebSocket();
    const { socket, states, protocols } = connect(mock);
    socket.open();
    await settle();
    mock.network.up = false;
    mock.network.cut();
    await settle();
    expect(socket.state).toBe("waiting");
    await vi.advanceTimersByTimeAsync(100);
    await vi.advanceTimersByTimeAsync(200);
    expect(socket.state).not.toBe("open");
    mock.network.up = true;
    await vi.advanceTimersByTimeAsync(1_000);
    expect(socket.state).toBe("open");
    expect(states[0]).toBe("open");
    expect(new Set(protocols.map((offered) => offered[1])).size).toBe(protocols.length);
  });

  it("rejects what is sent while offline, and what is not acknowledged", async () => {
    const { socket } = connect(mockWebSocket());
    await expect(socket.send({ type: "chat" })).rejects.toMatchObject({ code: "signal.offline" });
  });

  it("keeps the connection alive within the server's ten idle minutes", async () => {
    const heard: { type: string }[] = [];
    const mock = mockWebSocket();
    const { socket } = connect(mock);
    socket.on("frame", (frame) => heard.push(frame));
    socket.open();
    await settle();
    await vi.advanceTimersByTimeAsync(9 * 60_000);
    expect(heard.filter((frame) => frame.type === "pong").length).toBeGreaterThanOrEqual(2);
  });

  it("gives up on a connection that neither opens nor fails, and tries again", async () => {
    const mock = mockWebSocket();
    let attempts = 0;
    const Silent = class {
      readyState = 0;
      constructor(url: string, offered: string[]) {
        if (++attempts > 1) return new mock.WebSocket(url, offered) as never;
      }
      close() {}
    } as unknown as new (url: string, protocols: string[]) => WebSocket;
    const socket = new SignalingSocket({
      room: "r",
      ticket: async () => ({ url: "ws://x", ticket: "t" }),
      WebSocket: Silent,
      backoff: new Backoff(100, 1_000, () => 0),
    });
    socket.open();
    await vi.advanceTimersByTimeAsync(9_000);
    expect(attempts).toBe(2);
    expect(socket.state).toBe("open");
  });

  it("stays closed once closed", async () => {
    const mock = mockWebSocket();
    const { socket } = connect(mock);
    socket.open();
    await settle();
    socket.close();
    await vi.advanceTimersByTimeAsync(10_000);
    expect(mock.network.opened).toBe(1);
  });
});
