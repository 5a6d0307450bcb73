import { Emitter } from "../emitter";
import type { Measured } from "../media/quality";
import type { Participant, Roster } from "../meeting/roster";
import type { Source } from "../rest/records";
import type { SignalingSocket } from "../signaling/socket";
import { PairConnection } from "./connection";
import { Crossing, type CrossingHost } from "./crossing";
import { pairOf, type PairFrame } from "./signals";

export interface PairHost extends CrossingHost {
  roomId: string;
  codecs: readonly string[];
  iceServers: () => RTCIceServer[];
  roster: Pick<Roster, "all" | "get">;
  socket: Pick<SignalingSocket, "state" | "send">;
  /** Whether the session with the node is up. */
  connected: () => boolean;
}

export interface PairEvents {
  /** What two people say and show goes directly from one to the other, or not any more. */
  direct: boolean;
}

/** The connection there is, or is to be. */
interface Attempt {
  connection: PairConnection;
  partner: Participant;
  /** From the first moment they are connected. */
  crossing?: Crossing;
}

/** Two who are alone for so long try it. */
const SETTLE_MILLIS = 1_000;
/** After a connection ended, whatever the reason: people come and go in waves. */
const REST_MILLIS = 30_000;
const MOST_FAILURES = 3;
/** How long somebody whom a new session's roster does not list yet may still come into it. */
const GRACE_MILLIS = 10_000;
const MOST_EARLY = 64;

/**
 * Connects two people who are alone in a meeting, so that what they say and show does not pass the node. Both stay in session with the node:
 * the roster, hosts' acts and the way back are there at any moment. Whoever has the lower participant id offers, so two offers never meet.
 */
export class Pair extends Emitter<PairEvents> {
  /** How many offers were made and answered. */
  exchanges = 0;
  private attempt: Attempt | undefined;
  private gathered = false;
  private planned: { other: string; timer: ReturnType<typeof setTimeout> } | undefined;
  private recheck: ReturnType<typeof setTimeout> | undefined;
  private readonly failures = new Map<string, number>();
  private readonly ended = new Set<string>();
  private early: PairFrame[] = [];
  private notBefore = 0;
  private graceUntil = 0;
  private closed = false;

  constructor(private readonly host: PairHost) {
    super();
  }

  get direct(): boolean {
    return this.attempt?.crossing?.direct ?? false;
  }

  /** Whether the node does not hear who speaks. */
  get hearsAlone(): boolean {
    return this.attempt?.crossing?.hearsAlone ?? false;
  }

  get pc(): RTCPeerConnection | undefined {
    return this.attempt?.connection.pc;
  }

  /** The connection and its pictures, the camera's and the screen's. */
  get measured(): Measured | undefined {
    const connection = this.attempt?.connection;
    if (!connection) return undefined;
    const pictures = [connection.receiver("camera"), connection.receiver("screen")];
    return { pc: connection.pc, videoSlots: pictures.filter((receiver) => receiver !== undefined) };
  }

  /** Somebody's picture, where it is taken from the connection. */
  track(participant: string, source: Source): MediaStreamTrack | undefined {
    return participant === this.attempt?.partner.id ? this.attempt.crossing?.track(source) : undefined;
  }

  /** Something changed by which two people may connect, or may not any more. */
  consider(): void {
    if (this.closed) return;
    if (!this.attempt) return this.plan();
    const { partner, crossing } = this.attempt;
    const present = this.host.roster.get(partner.id);
    clearTimeout(this.recheck);
    if (!present) {
      const wait = this.graceUntil - performance.now();
      if (wait <= 0) return this.end();
      this.recheck = setTimeout(() => this.consider(), wait);
      return;
    }
    crossing?.note(present);
    if (this.other()) return;
    if (crossing) crossing.giveBack();
    else this.end();
  }

  /** A new session with the node: its first rosters list people as they come, and it says by itself what it needs. */
  renewed(): void {
    this.gathered = false;
    this.graceUntil = performance.now() + GRACE_MILLIS;
  }

  /** Somebody was removed from the meeting: nothing more is heard of them, whatever they send. */
  removed(userId: string): void {
    if (this.attempt?.partner.userId === userId) this.end();
  }

  /** Whether something at the node needs what everybody sends: a recording, a live analysis. */
  gather(needed: boolean): void {
    this.gathered = needed;
    this.consider();
  }

  /** Takes what somebody's device says to this one over the socket. It may come late, twice and in any order. */
  hear(frame: PairFrame): void {
    if (this.closed) return;
    const id = pairOf(frame) ?? "";
    const { attempt } = this;
    if (attempt?.connection.id === id) {
      if (frame.from === attempt.partner.userId) this.take(attempt.connection, frame);
      return;
    }
    const other = this.other();
    const mayOffer = other && frame.from === other.userId && other.id < this.host.selfId;
    if (!mayOffer || this.ended.has(id) || !this.host.connected()) return;
    if (frame.type !== "offer") {
      this.early = [...this.early, frame].slice(-MOST_EARLY);
      return;
    }
    // Whoever is heard of here offered this before that: it is late.
    if (attempt?.crossing && attempt.connection.open) return;
    this.end();
    if (attempt) this.ended.delete(attempt.connection.id);
    const connection = this.begin(other, id);
    this.take(connection, frame);
    for (const each of this.early.splice(0)) if (pairOf(each) === id) this.take(connection, each);
  }

  close(): void {
    if (this.closed) return;
    this.closed = true;
    this.end();
    clearTimeout(this.planned?.timer);
    this.removeAllListeners();
  }

  /** The other of two who are alone, unless all are to stay with the node. */
  private other(): Participant | undefined {
    const { roster, selfId } = this.host;
    if (this.gathered || roster.all.length !== 2 || !roster.get(selfId)) return undefined;
    return roster.all.find((participant) => participant.id !== selfId);
  }

  private plan(): void {
    const other = this.other();
    const may =
      !this.closed &&
      other !== undefined &&
      this.host.selfId < other.id &&
      this.host.connected() &&
      this.host.socket.state === "open" &&
      (this.failures.get(other.id) ?? 0) < MOST_FAILURES;
    if (may && this.planned?.other === other.id) return;
    clearTimeout(this.planned?.timer);
    this.planned = undefined;
    if (!may) return;
    const wait = Math.max(SETTLE_MILLIS, this.notBefore - performance.now());
    this.planned = { other: other.id, timer: setTimeout(() => void this.offer(other), wait) };
  }

  private async offer(other: Participant): Promise<void> {
    const connection = this.begin(other, newId());
    await connection.offer().catch((thrown: unknown) => connection.fail(String(thrown)));
  }

  private begin(partner: Participant, id: string): PairConnection {
    const { host } = this;
    clearTimeout(this.planned?.timer);
    this.planned = undefined;
    const connection = new PairConnection({
      id,
      iceServers: host.iceServers(),
      codecs: host.codecs,
      tell: (signal) => host.socket.send({ ...signal, room_id: host.roomId, target: partner.id }),
    });
    const attempt: Attempt = { connection, partner };
    this.attempt = attempt;
    connection.on("open", () => this.opened(attempt));
    connection.on("lost", () => {
      if (!attempt.crossing) this.failures.set(partner.id, (this.failures.get(partner.id) ?? 0) + 1);
      this.end();
    });
    host.publishing.besides(connection).catch((thrown: unknown) => connection.fail(String(thrown)));
    return connection;
  }

  private opened(attempt: Attempt): void {
    if (attempt.crossing) return;
    this.exchanges += 1;
    this.failures.delete(attempt.partner.id);
    const crossing = new Crossing(attempt.connection, attempt.partner, this.host);
    attempt.crossing = crossing;
    crossing.on("direct", (direct) => this.emit("direct", direct));
    crossing.on("returned", () => this.end());
    this.consider();
  }

  private take(connection: PairConnection, frame: PairFrame): void {
    connection.take(frame).catch((thrown: unknown) => connection.fail(String(thrown)));
  }

  private end(): void {
    const { attempt } = this;
    if (!attempt) return;
    this.attempt = undefined;
    clearTimeout(this.recheck);
    if (attempt.connection.id) this.ended.add(attempt.connection.id);
    this.notBefore = performance.now() + REST_MILLIS;
    attempt.connection.close();
    if (attempt.crossing) attempt.crossing.close();
    else void this.host.publishing.besides(undefined);
    this.plan();
  }
}

const newId = () =>
  [...crypto.getRandomValues(new Uint8Array(9))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
