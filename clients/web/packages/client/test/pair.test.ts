import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Playback } from "../src/media/playback";
import { Publishing } from "../src/media/publishing";
import { WaysMeter, type Quality } from "../src/media/quality";
import type { RosterEntry } from "../src/media/messages";
import { Roster } from "../src/meeting/roster";
import { Pair } from "../src/pair/pair";
import type { PairFrame } from "../src/pair/signals";
import type { Source } from "../src/rest/records";
import { FakeReceiver, PeerNetwork, track } from "./peers";

/** What the socket does with a frame: how many times it is handed on, and after how many milliseconds. */
type Carry = (frame: PairFrame, count: number) => number[];

/** A meeting in which every person has a session with a node that brings what the others send it. */
class Room {
  readonly network = new PeerNetwork();
  readonly people: Person[] = [];
  carry: Carry = () => [0];
  private rev = 0;
  private frames = 0;

  constructor() {
    this.network.install();
  }

  join(id: string): Person {
    const person = new Person(this, id, this.people.length + 1);
    this.people.push(person);
    this.tell();
    return person;
  }

  leave(person: Person): void {
    person.pair.close();
    this.people.splice(this.people.indexOf(person), 1);
    this.tell();
  }

  /** Everybody hears who is here. */
  tell(): void {
    this.rev += 1;
    const participants = this.people.map((person) => person.entry);
    for (const person of this.people)
      person.hearRoster({ t: "roster", rev: this.rev, full: true, participants });
  }

  relay(from: Person, target: string, said: Record<string, unknown>): void {
    const { target: _, id: __, ...frame } = said;
    const told = { ...frame, from: from.userId } as unknown as PairFrame;
    for (const millis of this.carry(told, ++this.frames)) {
      setTimeout(() => this.people.find(({ id }) => id === target)?.pair.hear(told), millis);
    }
  }
}

class Person {
  readonly userId: string;
  readonly roster: Roster;
  readonly publishing = new Publishing(() => true);
  readonly playback = new Playback();
  readonly atNode = new Map<Source, MediaStreamTrack | null>();
  readonly audioSlots: FakeReceiver[];
  readonly pictureSlots = new Map<string, FakeReceiver>();
  readonly socket = { state: "open" as "open" | "waiting", send: async (said: object) => this.send(said) };
  readonly muted = new Set<Source>(["screen", "screen-audio"]);
  /** Whether the node brings anything to this person. */
  nodeBrings = true;
  connected = true;
  pair: Pair;
  voices = 0;

  constructor(
    private readonly room: Room,
    readonly id: string,
    private readonly csrc: number,
  ) {
    this.userId = `u_${id}`;
    this.roster = new Roster(id);
    this.audioSlots = room.people.map((other) => this.slotOf(other, "microphone"));
    void this.publishing.bind({ publish: async (source, sent) => void this.atNode.set(source, sent) });
    this.playback.bind({ audioSlots: this.audioSlots } as never);
    this.pair = this.newPair();
    for (const other of room.people) {
      other.audioSlots.push(other.slotOf(this, "microphone"));
      other.playback.bind({ audioSlots: other.audioSlots } as never);
    }
    void this.publishing.put("microphone", track("audio"));
    void this.publishing.put("camera", track("video"));
  }

  newPair(): Pair {
    return (this.pair = new Pair({
      selfId: this.id,
      roomId: "abc-defg-hij",
      codecs: ["audio/opus", "video/VP8"],
      iceServers: () => [],
      roster: this.roster,
      socket: this.socket as never,
      publishing: this.publishing,
      playback: this.playback,
      views: { refresh: () => undefined, receiverOf: (id, source) => this.picture(id, source) as never },
      audioSlots: () => this.audioSlots as never,
      connected: () => this.connected,
      voices: () => (this.voices += 1),
    }));
  }

  get entry(): RosterEntry {
    return {
      participant: this.id,
      user: this.userId,
      name: this.id,
      role: "participant",
      csrc: this.csrc,
      sources: (["microphone", "camera", "screen", "screen-audio"] as const).map((source) => ({
        source,
        muted: this.muted.has(source),
      })),
      hand: false,
      connection: "good",
    };
  }

  hearRoster(message: Parameters<Roster["apply"]>[0]): void {
    this.roster.apply(message);
    this.pair.consider();
  }

  /** Whether the other's voice is heard, by one way and not by two. */
  hears(other: Person): number {
    const slot = this.audioSlots.find((receiver) => receiver.owner === other.csrc);
    const direct = this.directReceiver("microphone");
    return [slot, direct].filter(
      (receiver) => receiver?.comesIn && this.playback.audible.includes(receiver.track),
    ).length;
  }

  /** Whether the other's camera moves on screen. */
  sees(other: Person): boolean {
    const direct = this.pair.track(other.id, "camera");
    if (direct) return this.directReceiver("camera")!.comesIn;
    return this.picture(other.id, "camera")?.comesIn ?? false;
  }

  private directReceiver(source: Source): FakeReceiver | undefined {
    const line = ["microphone", "camera", "screen", "screen-audio"].indexOf(source);
    return this.pair.pc?.getTransceivers()[line]?.receiver as unknown as FakeReceiver | undefined;
  }

  private picture(id: string, source: Source): FakeReceiver | null | undefined {
    const other = this.room.people.find((person) => person.id === id);
    if (!other || source !== "camera") return undefined;
    const key = `${id}/${source}`;
    let slot = this.pictureSlots.get(key);
    if (!slot) this.pictureSlots.set(key, (slot = this.slotOf(other, source)));
    return slot.comesIn ? slot : null;
  }

  private slotOf(other: Person, source: Source): FakeReceiver {
    const kind = source === "microphone" ? "audio" : "video";
    return new FakeReceiver(kind, () => this.nodeBrings && Boolean(other.atNode.get(source)), other.csrc);
  }

  private send(said: object): void {
    if (this.socket.state !== "open") throw new Error("signal.offline");
    const frame = said as Record<string, unknown>;
    this.room.relay(this, String(frame["target"]), frame);
  }
}

const after = (millis: number) => vi.advanceTimersByTimeAsync(millis);

/** Lets time pass and holds at every moment that the two hear and see each other. */
async function undisturbed(millis: number, a: Person, b: Person): Promise<void> {
  for (let passed = 0; passed < millis; passed += 20) {
    await after(20);
    for (const [one, other] of [
      [a, b],
      [b, a],
    ] as const) {
      expect([one.hears(other), one.sees(other)], `${one.id} of ${other.id} after ${passed} ms`).toEqual([
        1,
        true,
      ]);
    }
  }
}

const sent = (person: Person) =>
  [...person.atNode].filter(([, carried]) => carried).map(([source]) => source);

describe("two people alone", () => {
  let room: Room;
  let ana: Person;
  let bo: Person;

  beforeEach(() => {
    vi.useFakeTimers();
    room = new Room();
    ana = room.join("p_1");
    bo = room.join("p_2");
  });

  afterEach(() => {
    for (const person of room.people) person.pair.close();
    vi.useRealTimers();
    vi.unstubAllGlobals();
  });

  const bothDirect = () => [ana.pair.direct, bo.pair.direct];

  it("connect without anybody missing anything, and the node gets nothing more", async () => {
    await undisturbed(4_000, ana, bo);
    expect(bothDirect()).toEqual([true, true]);
    expect([ana.pair.exchanges, bo.pair.exchanges]).toEqual([1, 1]);
    expect([sent(ana), sent(bo)]).toEqual([[], []]);
    expect(ana.pair.track("p_2", "camera")).toBe(ana.pair.pc?.getTransceivers()[1]?.receiver.track);
    expect(ana.voices).toBeGreaterThan(0);
  });

  it("go back to the node when a third comes, without anybody missing anything", async () => {
    await after(4_000);
    const cleo = room.join("p_3");
    await undisturbed(3_000, ana, bo);
    expect(bothDirect()).toEqual([false, false]);
    expect(room.network.open).toEqual([]);
    expect([sent(ana), sent(bo)]).toEqual([
      ["microphone", "camera"],
      ["microphone", "camera"],
    ]);
    expect([ana, bo].map((person) => [person.hears(cleo), person.sees(cleo)])).toEqual([
      [1, true],
      [1, true],
    ]);
    expect([cleo.hears(ana), cleo.hears(bo)]).toEqual([1, 1]);
  });

  it("are heard by the third while they still hear each other directly", async () => {
    await after(4_000);
    ana.nodeBrings = false;
    const cleo = room.join("p_3");
    await after(500);
    expect([cleo.hears(ana), cleo.hears(bo)]).toEqual([1, 1]);
    expect([ana.hears(bo), bo.hears(ana)]).toEqual([1, 1]);
    expect(bo.hears(cleo)).toBe(1);
    await after(6_000);
    expect(room.network.open).toEqual([]);
  });

  it("are told how the way in use does, also by the first reading of a connection and of the next one", async () => {
    const node = { pc: new RTCPeerConnection(), videoSlots: [] };
    const meter = new WaysMeter({
      node: () => node,
      pair: () => ana.pair.measured,
      direct: () => ana.pair.direct,
    });
    ana.pair.on("direct", () => void meter.changed());
    const rates = async () => {
      const { upBps, downBps } = (await meter.read()) as Quality;
      return [upBps, downBps];
    };
    const becomesDirect = async (direct: boolean) => {
      while (ana.pair.direct !== direct) await after(20);
      await after(200);
    };
    expect(await rates()).toEqual([0, 0]);
    await becomesDirect(true);
    expect(await rates()).toEqual([1_000_000, 2_000_000]);
    const first = ana.pair.pc;
    const cleo = room.join("p_3");
    await becomesDirect(false);
    expect(await rates()).toEqual([0, 0]);
    room.leave(cleo);
    await becomesDirect(true);
    expect(ana.pair.pc).not.toBe(first);
    expect(await rates()).toEqual([1_000_000, 2_000_000]);
  });

  it("do not connect again at once after the third went", async () => {
    await after(4_000);
    const cleo = room.join("p_3");
    await after(2_000);
    room.leave(cleo);
    await undisturbed(20_000, ana, bo);
    expect(bothDirect()).toEqual([false, false]);
    await after(15_000);
    expect(bothDirect()).toEqual([true, true]);
    expect(ana.pair.exchanges).toBe(2);
  });

  it("stay with the node, or go back to it, while a recording or a live analysis needs them there", async () => {
    await after(4_000);
    ana.pair.gather(true);
    await undisturbed(3_000, ana, bo);
    expect(room.network.open).toEqual([]);
    await after(60_000);
    expect(bothDirect()).toEqual([false, false]);
    ana.pair.gather(false);
    await after(40_000);
    expect(bothDirect()).toEqual([true, true]);
  });

  it("switch cameras, screens and microphones on and off without an exchange", async () => {
    await after(4_000);
    await bo.publishing.setCamera(false);
    bo.muted.add("camera");
    room.tell();
    await after(500);
    expect(ana.pair.track("p_2", "camera")).toBeUndefined();
    await bo.publishing.put("camera", track("video"));
    await bo.publishing.put("screen", track("video"));
    bo.muted.delete("camera");
    bo.muted.delete("screen");
    room.tell();
    await after(500);
    expect([ana.sees(bo), Boolean(ana.pair.track("p_2", "screen"))]).toEqual([true, true]);
    expect(sent(bo)).toEqual([]);
    expect(ana.pair.exchanges).toBe(1);
  });

  it("neither hear nor see what the roster calls muted, whatever comes in", async () => {
    await after(4_000);
    bo.muted.add("microphone").add("camera");
    room.tell();
    expect([ana.hears(bo), ana.pair.track("p_2", "camera")]).toEqual([0, undefined]);
    await after(5_000);
    expect([ana.hears(bo), ana.pair.track("p_2", "camera")]).toEqual([0, undefined]);
  });

  it("part at once when one leaves, or is removed, whatever that one goes on sending", async () => {
    await after(4_000);
    room.people.splice(1, 1);
    room.tell();
    expect(room.network.peers[0]!.connectionState).toBe("closed");
    expect(ana.playback.audible.length).toBe(ana.audioSlots.length);
    room.people.push(bo);
    room.tell();
    await after(40_000);
    expect(bothDirect()).toEqual([true, true]);
    ana.pair.removed("u_p_2");
    expect(ana.pair.direct).toBe(false);
    room.people.splice(1, 1);
  });

  it("are not parted by a node that was lost, while its successor's roster fills", async () => {
    await after(4_000);
    ana.pair.renewed();
    ana.hearRoster({ t: "roster", rev: 1, full: true, participants: [ana.entry] });
    await after(3_000);
    expect(ana.pair.direct).toBe(true);
    ana.hearRoster({ t: "roster", rev: 2, full: true, participants: [ana.entry, bo.entry] });
    await after(20_000);
    expect(bothDirect()).toEqual([true, true]);
    ana.pair.renewed();
    ana.hearRoster({ t: "roster", rev: 3, full: true, participants: [ana.entry] });
    await after(11_000);
    expect(ana.pair.direct).toBe(false);
  });

  it("do without the socket once they are connected, and wait for it before", async () => {
    room.leave(bo);
    ana.socket.state = "waiting";
    bo = room.join("p_2");
    await after(10_000);
    expect(bothDirect()).toEqual([false, false]);
    ana.socket.state = "open";
    ana.pair.consider();
    await after(3_000);
    expect(bothDirect()).toEqual([true, true]);
    ana.socket.state = bo.socket.state = "waiting";
    for (const person of [ana, bo]) person.pair.consider();
    await undisturbed(30_000, ana, bo);
    expect(bothDirect()).toEqual([true, true]);
  });

  it("hear each other by the node again when the connection breaks, and directly when it was only a moment", async () => {
    await after(4_000);
    room.network.up = false;
    await after(3_500);
    expect([ana.hears(bo), bo.hears(ana), ana.sees(bo), bo.sees(ana)]).toEqual([1, 1, true, true]);
    expect(bothDirect()).toEqual([false, false]);
    room.network.up = true;
    await after(2_000);
    expect(bothDirect()).toEqual([true, true]);
    expect(ana.pair.exchanges).toBe(1);
    room.network.up = false;
    await after(20_000);
    expect(room.network.open).toEqual([]);
    expect([ana.hears(bo), bo.hears(ana)]).toEqual([1, 1]);
  });

  it("find each other again when one loads the page anew", async () => {
    await after(4_000);
    for (const peer of room.network.open.slice(1)) peer.vanish();
    bo.pair.close();
    await bo.publishing.besides(undefined);
    bo.newPair();
    bo.pair.consider();
    await after(4_000);
    expect([ana.hears(bo), bo.hears(ana)]).toEqual([1, 1]);
    await after(60_000);
    expect(bothDirect()).toEqual([true, true]);
  });

  it("stay with the node where no path is found, and try three times", async () => {
    room.network.up = false;
    for (let minute = 0; minute < 5; minute++) await undisturbed(60_000, ana, bo);
    expect(room.network.peers.length).toBe(6);
    expect(room.network.open).toEqual([]);
    expect([sent(ana).length, sent(bo).length]).toEqual([2, 2]);
  });

  it("pass over what others say", async () => {
    const sdp = "v=0\r\na=parley-pair:x\r\nm=audio 9\r\n";
    bo.pair.hear({ type: "offer", room_id: "r", from: "u_p_9", sdp });
    ana.pair.hear({ type: "offer", room_id: "r", from: "u_p_2", sdp });
    expect(room.network.peers).toEqual([]);
    await after(4_000);
    const named = ana.pair.pc;
    ana.pair.hear({ type: "answer", room_id: "r", from: "u_p_9", sdp });
    bo.pair.hear({ type: "candidate", room_id: "r", from: "u_p_1", candidate: null as never });
    await after(1_000);
    expect([ana.pair.pc, ...bothDirect()]).toEqual([named, true, true]);
  });

  it("refuse an offer of other lines and stay with the node", async () => {
    bo.pair.hear({
      type: "offer",
      room_id: "r",
      from: "u_p_1",
      sdp: "v=0\r\na=parley-pair:x\r\nm=audio 9\r\n",
    });
    bo.pair.hear({ type: "offer", room_id: "r", from: "u_p_1", sdp: "nonsense" });
    await after(100);
    expect(room.network.open).toEqual([]);
    await undisturbed(4_000, ana, bo);
    expect(bothDirect()).toEqual([true, true]);
  });
});

describe("frames on the socket", () => {
  let room: Room;

  beforeEach(() => {
    vi.useFakeTimers();
    room = new Room();
  });

  afterEach(() => {
    for (const person of room.people) person.pair.close();
    vi.useRealTimers();
    vi.unstubAllGlobals();
  });

  const stories: [string, Carry][] = [
    ["may be lost: the first offer", (frame, count) => (count === 1 && frame.type === "offer" ? [] : [0])],
    ["may be lost: every second one", (_, count) => (count % 2 === 0 ? [] : [0])],
    ["may come twice", () => [0, 40]],
    ["may overtake each other", (frame) => [frame.type === "candidate" ? 0 : 300]],
    ["may be late by seconds", (_, count) => [count * 700]],
  ];

  for (const [name, carry] of stories) {
    it(name, async () => {
      room.carry = carry;
      const ana = room.join("p_1");
      const bo = room.join("p_2");
      await undisturbed(14_000, ana, bo);
      expect([ana.pair.direct, bo.pair.direct]).toEqual([true, true]);
      expect([ana.pair.exchanges, bo.pair.exchanges]).toEqual([1, 1]);
    });
  }

  it("of a connection that was given up do not reach the next one", async () => {
    const kept: PairFrame[] = [];
    room.carry = (frame) => {
      kept.push(frame);
      return [];
    };
    const ana = room.join("p_1");
    const bo = room.join("p_2");
    await after(20_000);
    expect(room.network.open).toEqual([]);
    const old = kept.splice(0);
    room.carry = () => [50];
    await after(27_000);
    for (const frame of old) bo.pair.hear(frame);
    await undisturbed(5_000, ana, bo);
    expect([ana.pair.direct, bo.pair.direct]).toEqual([true, true]);
    for (const frame of old) bo.pair.hear(frame);
    await undisturbed(1_000, ana, bo);
    expect([ana.pair.direct, bo.pair.direct]).toEqual([true, true]);
  });
});
