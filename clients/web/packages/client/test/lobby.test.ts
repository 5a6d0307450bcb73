import { describe, expect, it } from "vitest";
import { LobbyEar } from "../src/signaling/lobby";

class FakeSocket {
  static last: FakeSocket | undefined;
  onmessage: ((event: { data: string }) => void) | undefined;
  closed = false;
  constructor(
    readonly url: string,
    readonly protocols: string[],
  ) {
    FakeSocket.last = this;
  }
  close(): void {
    this.closed = true;
  }
  say(frame: object): void {
    this.onmessage?.({ data: JSON.stringify(frame) });
  }
}

const ear = () =>
  new LobbyEar("abc-defg-hij", {
    ticket: async () => ({ url: "ws://mock.invalid", ticket: "t1" }),
    WebSocket: FakeSocket as unknown as new (url: string, protocols: string[]) => WebSocket,
  });

const LONG_MILLIS = 600_000;

describe("whoever waits in the lobby", () => {
  it("is woken when a host decides, and by nothing else", async () => {
    const listening = ear();
    await listening.open();
    const socket = FakeSocket.last!;
    expect(socket.protocols).toEqual(["parley.v1", "ticket.t1"]);
    let woken = false;
    const waits = listening.next(LONG_MILLIS).then(() => (woken = true));
    socket.onmessage?.({ data: "not json" });
    socket.say({ type: "admitted", room_id: "zzz-zzzz-zzz" });
    socket.say({ type: "meeting", room_id: "abc-defg-hij", what: "lock" });
    await Promise.resolve();
    expect(woken).toBe(false);
    socket.say({ type: "admitted", room_id: "abc-defg-hij" });
    await waits;
    socket.say({ type: "denied", room_id: "abc-defg-hij" });
    await listening.next(LONG_MILLIS);
    listening.close();
    expect(socket.closed).toBe(true);
  });

  it("asks now and then where no socket comes", async () => {
    const listening = new LobbyEar("abc-defg-hij", {
      ticket: () => Promise.reject(new Error("no ticket")),
    });
    await listening.open();
    await listening.next(1);
    listening.close();
  });

  it("stops waiting when they turn away", async () => {
    const listening = ear();
    const away = new AbortController();
    const waits = listening.next(LONG_MILLIS, away.signal);
    away.abort();
    await expect(waits).rejects.toBeDefined();
  });
});
