import { Emitter } from "../emitter";
import { Arrivals, ownerOf } from "../media/arrivals";
import type { Voice } from "../media/messages";
import type { Playback } from "../media/playback";
import type { Publishing } from "../media/publishing";
import type { Participant } from "../meeting/roster";
import type { Views } from "../meeting/views";
import type { Source } from "../rest/records";
import type { PairConnection } from "./connection";
import { PairLevels } from "./levels";
import { SOURCES, type PairState } from "./words";

/** Where what two people say and show is sent, heard and seen. */
export interface CrossingHost {
  selfId: string;
  publishing: Pick<Publishing, "besides" | "spare">;
  playback: Pick<Playback, "besides" | "hush">;
  views: Pick<Views, "refresh" | "receiverOf">;
  /** The receive audio slots of the present session with the node. */
  audioSlots: () => readonly RTCRtpReceiver[];
  /** Who speaks, while the node does not hear it. */
  voices: (voices: readonly Voice[]) => void;
}

export interface CrossingEvents {
  /** Something of the other one comes directly, or nothing does any more. */
  direct: boolean;
  /** Both are back with the node. */
  returned: void;
}

/** What the node has not brought by then it does not have. */
const RETURN_MILLIS = 5_000;
const LOOK_MILLIS = 100;
const SAY_LOOKS = 10;
const LEVEL_LOOKS = 5;
const NOTHING: PairState = { t: "state", taken: [], leaving: false };

/**
 * Which way each source goes between two people who are connected. A source is taken from the other one once it comes in from there, and
 * from the node again once it comes in from there; until then it goes both ways. So nothing is missed on either way.
 */
export class Crossing extends Emitter<CrossingEvents> {
  private readonly taken = new Set<Source>();
  private readonly arrivals = new Arrivals();
  private readonly levels: PairLevels;
  private readonly looking: ReturnType<typeof setInterval>;
  private theirs = NOTHING;
  private returningSince: number | undefined;
  private looks = 0;
  private applied = "";
  private wasDirect = false;
  private closed = false;

  /** @param partner the other one, as the roster says now */
  constructor(
    private readonly connection: PairConnection,
    private partner: Participant,
    private readonly host: CrossingHost,
  ) {
    super();
    this.levels = new PairLevels(connection.pc);
    const sounds = [connection.receiver("microphone"), connection.receiver("screen-audio")];
    host.playback.besides(sounds.filter((receiver) => receiver !== undefined));
    connection.on("silent", () => this.apply());
    connection.on("state", (state) => {
      this.theirs = state;
      if (state.leaving) this.giveBack();
      this.apply();
    });
    this.looking = setInterval(() => this.look(), LOOK_MILLIS);
    this.apply();
    this.say();
  }

  /** Whether anything of the other one comes directly now. */
  get direct(): boolean {
    return this.live && this.taken.size > 0;
  }

  /** Whether the node does not hear the other one. */
  get hearsAlone(): boolean {
    return this.live && this.taken.has("microphone");
  }

  /** A picture of the other one that is taken from here. What the roster calls muted is not shown, whatever comes in. */
  track(source: Source): MediaStreamTrack | undefined {
    return this.taken.has(source) && this.isOn(source) ? this.connection.receiver(source)?.track : undefined;
  }

  /** The roster says something new of the other one. */
  note(partner: Participant): void {
    this.partner = partner;
    this.apply();
  }

  /** Goes back to the node: from now on everything goes there as well, and what comes from there is taken. */
  giveBack(): void {
    if (this.returningSince !== undefined) return;
    this.returningSince = performance.now();
    this.apply();
  }

  /** Ends it at once, with what is still taken. */
  close(): void {
    if (this.closed) return;
    this.closed = true;
    clearInterval(this.looking);
    this.taken.clear();
    const { publishing, playback, views } = this.host;
    void publishing.besides(undefined);
    void publishing.spare(new Set()).catch(gone);
    playback.hush(undefined);
    playback.besides([]);
    views.refresh();
    if (this.wasDirect) this.emit("direct", (this.wasDirect = false));
    this.removeAllListeners();
  }

  private get live(): boolean {
    return !this.closed && this.connection.open && this.returningSince === undefined;
  }

  /** Whether the roster says that the other one sends this. */
  private isOn(source: Source): boolean {
    return source === "screen-audio" ? this.partner.screen : this.partner[source];
  }

  private look(): void {
    this.looks += 1;
    for (const source of SOURCES) {
      const receiver = this.connection.receiver(source);
      if (!receiver || !this.arrivals.moved(receiver)) continue;
      this.connection.heard();
      if (this.live) this.taken.add(source);
    }
    const byNode = this.broughtByNode();
    if (this.live) this.forget((source) => isPicture(source) && !this.isOn(source));
    else this.release(byNode);
    this.apply();
    if (this.looks % SAY_LOOKS === 0) this.say();
    if (this.looks % LEVEL_LOOKS === 0) void this.tellVoices();
    const back = this.returningSince !== undefined && this.taken.size === 0 && this.theirs.taken.length === 0;
    if (back) this.emit("returned", undefined);
  }

  /** Which of the other's sources the node brings; a picture that nobody looks at counts as brought. */
  private broughtByNode(): ReadonlySet<Source> {
    const { partner, host, arrivals } = this;
    const heard = host
      .audioSlots()
      .map((slot) => arrivals.moved(slot, partner.csrc))
      .some(Boolean);
    const brought = SOURCES.filter((source) => {
      if (!isPicture(source)) return heard;
      const slot = host.views.receiverOf(partner.id, source);
      return slot === undefined || (slot !== null && arrivals.moved(slot, partner.csrc));
    });
    return new Set(brought);
  }

  /** What the node brings is not taken from here any more. */
  private release(byNode: ReadonlySet<Source>): void {
    const since = this.returningSince;
    const late = since !== undefined && performance.now() - since > RETURN_MILLIS;
    if (late) this.theirs = { ...this.theirs, taken: [] };
    this.forget((source) => late || !this.isOn(source) || byNode.has(source));
  }

  private forget(which: (source: Source) => boolean): void {
    for (const source of [...this.taken]) if (which(source)) this.taken.delete(source);
  }

  /** Makes what is sent, shown and heard follow what is taken by whom. */
  private apply(): void {
    if (this.closed) return;
    const { host, taken, live } = this;
    const spared = live && !this.theirs.leaving ? this.theirs.taken : [];
    const now = JSON.stringify([spared, [...taken].sort(), live, SOURCES.map((source) => this.isOn(source))]);
    if (now !== this.applied) {
      this.applied = now;
      void host.publishing.spare(new Set(spared)).catch(gone);
      host.views.refresh();
      this.say();
    }
    host.playback.hush((receiver) => this.isHushed(receiver));
    if (this.direct === this.wasDirect) return;
    this.wasDirect = this.direct;
    this.emit("direct", this.wasDirect);
  }

  private say(): void {
    const leaving = this.returningSince !== undefined;
    this.connection.say({ t: "state", taken: [...this.taken], leaving });
  }

  /** What comes both ways is heard by one of them. */
  private isHushed(receiver: RTCRtpReceiver): boolean {
    const { connection, taken, partner } = this;
    const source = SOURCES.find((candidate) => connection.receiver(candidate) === receiver);
    if (source) return !taken.has(source) || !this.isOn(source);
    if (!taken.has("microphone") && !taken.has("screen-audio")) return false;
    if (this.live) return true;
    const owner = ownerOf(receiver);
    return owner === undefined || owner === partner.csrc;
  }

  private async tellVoices(): Promise<void> {
    if (!this.hearsAlone) return;
    const { mine, theirs } = await this.levels.read();
    if (!this.hearsAlone) return;
    this.host.voices([
      { slot: -1, participant: this.host.selfId, ...mine },
      { slot: -1, participant: this.partner.id, ...theirs },
    ]);
  }
}

const isPicture = (source: Source) => source === "camera" || source === "screen";

/** A session that was closed meanwhile: the next one is bound with what is due. */
const gone = () => undefined;
